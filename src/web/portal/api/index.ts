import cookie from '@fastify/cookie'
import type { FastifyInstance, HTTPMethods } from 'fastify'
import { clientAddress } from '../../../http/request/client-address.ts'
import { originOf } from '../origin.ts'
import type { PortalApp } from '../portal-app.ts'
import { sendThrown } from './errors.ts'
import { admit } from './guard.ts'
import type { ApiRoute, Schemas } from './route.ts'
import { Refused } from './route.ts'
import { portalRoutes } from './routes.ts'

/** The largest body of most routes: one that takes a file says its own. */
const usualBodyLimit = 65_536

/** `/portal/api`: JSON in and out, a cookie for who it is, and nothing that the public APIs cannot refuse. */
export async function registerPortalApi(scope: FastifyInstance, app: PortalApp): Promise<void> {
  scope.removeAllContentTypeParsers()
  scope.addContentTypeParser('application/json', { parseAs: 'string' }, scope.getDefaultJsonParser('error', 'error'))
  await scope.register(cookie)
  scope.setErrorHandler(sendThrown)
  scope.addHook('onRequest', (_request, reply, done) => {
    reply.headers({ 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' })
    done()
  })
  // Browsers that listen would keep a server that stops from its end.
  scope.addHook('preClose', (done) => {
    app.live.close()
    done()
  })
  for (const route of portalRoutes(app)) addRoute(scope, app, route as unknown as ApiRoute)
  scope.all('/portal/api/*', () => {
    throw new Refused(404, 'not_found', 'There is no such call.')
  })
}

function addRoute(
  scope: FastifyInstance,
  app: PortalApp,
  { method, url, access, summary, bodyLimit = usualBodyLimit, schemas, handle }: ApiRoute,
): void {
  scope.route({
    method: method as HTTPMethods,
    url: `/portal/api${url.replaceAll(/\{(\w+)\}/g, ':$1')}`,
    bodyLimit,
    // The API documentation is for merchants' developers: these calls are the portal's own.
    schema: { hide: true, summary, ...schemaOf(schemas) },
    // Before the body is read: whoever is not let in costs nothing.
    onRequest: async (request) => {
      const address = clientAddress(request, app.isBehindProxy)
      request.caller = await admit(app, request, access, address)
      request.origin = originOf(request, app)
    },
    handler: async (request, reply) => {
      const { params, query, body, caller, origin } = request
      return await handle({ params, query, body, caller, origin, reply } as Parameters<typeof handle>[0])
    },
  })
}

function schemaOf({ params, query, body, answer }: Schemas) {
  return {
    ...(params && { params }),
    ...(query && { querystring: query }),
    ...(body && { body }),
    response: { 200: answer },
  }
}
