import type { FastifyRequest } from 'fastify'
import { answering, type Handled } from '../../shared/handler.ts'

/** A handler of these routes, whose answers nobody between may keep. */
export function organizationHandler(
  handle: (request: FastifyRequest) => Promise<Handled>,
): ReturnType<typeof answering> {
  return answering(handle, { 'cache-control': 'no-store' })
}
