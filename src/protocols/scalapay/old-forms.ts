import type { FastifyInstance, RouteHandlerMethod } from 'fastify'

/**
 * Registers a path below `/v2`, and unseen by the documentation the same with `/v1` and without any version: shipped clients ask
 * there, one of them only for the void that must not be lost (scalapay.md 11.2).
 */
export function registerOldForms(
  scope: FastifyInstance,
  method: 'GET' | 'POST',
  path: string,
  schema: object,
  handler: RouteHandlerMethod,
): void {
  scope.route({ method, url: `/v2${path}`, schema, handler })
  for (const url of [path, `/v1${path}`]) scope.route({ method, url, schema: { hide: true }, handler })
}
