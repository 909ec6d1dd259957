import type { FastifyReply, FastifyRequest, HookHandlerDoneFunction } from 'fastify'
import type { App } from '../../../app/app.ts'
import { parseUuid, type Uuid } from '../../../domain/catalogue/model/uuid.ts'
import type { MerchantTerms } from '../../../domain/merchant/terms.ts'
import { notFound, unauthorized } from './errors.ts'

/** Whose key came with the request, and which of its organizations the path names. */
export type Caller = { readonly merchant: MerchantTerms; readonly organization: Uuid }

declare module 'fastify' {
  interface FastifyRequest {
    /** set before any handler of the organization's routes runs */
    salescloudCaller: Caller
  }
}

const bearer = /^bearer ([\x21-\x7e]{1,512})$/i

type OnRequest = (request: FastifyRequest, reply: FastifyReply, done: HookHandlerDoneFunction) => void

/** Lets a request through that carries an organization's key, before its body is read. */
export function authenticate(app: App): OnRequest {
  return (request, _reply, done) => {
    callerOf(app, request).then((caller) => {
      request.salescloudCaller = caller
      done()
    }, done)
  }
}

/** A useless key is 401; another merchant's organization is answered like an unknown one. */
async function callerOf(app: App, request: FastifyRequest): Promise<Caller> {
  const key = bearer.exec(request.headers.authorization ?? '')?.[1]
  const credentials = key === undefined ? undefined : await app.merchants.byKey(key)
  if (credentials?.protocol !== 'salescloud' || credentials.kind !== 'admin') throw unauthorized
  const { merchant } = credentials
  const organization = parseUuid((request.params as { organization: string }).organization)
  const isOwn =
    organization && (await app.organizations.organization.isOwnedBy({ merchantId: merchant.id, organization }))
  if (!isOwn) throw notFound('organization')
  return { merchant, organization }
}
