import type { FastifyRequest } from 'fastify'
import type { Origin } from '../../app/user/sessions.ts'
import { clientAddress, countedAs } from '../../http/request/client-address.ts'
import type { PortalApp } from './portal-app.ts'

/** Where a request comes from, as sessions and the audit log keep it. */
export function originOf(request: FastifyRequest, { isBehindProxy }: PortalApp): Origin {
  const address = countedAs(clientAddress(request, isBehindProxy))
  return { address, agent: String(request.headers['user-agent'] ?? '') }
}
