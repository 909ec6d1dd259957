import type { FastifyRequest } from 'fastify'
import type { App } from '../../../app/app.ts'
import { parseUuid, type Uuid } from '../../../domain/catalogue/model/uuid.ts'
import type { MerchantTerms } from '../../../domain/merchant/terms.ts'
import { bearerOf } from '../../../http/request/bearer-key.ts'
import { ok, type Result, refuse } from '../../../kernel/result.ts'
import { admit } from '../../shared/admit.ts'
import { notFound, type Refusal, refusal, sendRefusal } from '../../shared/refusal.ts'

/** Whose key came with the request, and which of its organizations the path names. */
export type Caller = { readonly merchant: MerchantTerms; readonly organization: Uuid }

declare module 'fastify' {
  interface FastifyRequest {
    /** set before any handler of the organization's routes runs */
    salescloudCaller: Caller
  }
}

/** Lets a request through that carries an organization's key, before its body is read. */
export function authenticate(app: App): ReturnType<typeof admit> {
  return admit({
    find: (request) => callerOf(app, request),
    keep: (request, caller) => {
      request.salescloudCaller = caller
      request.servedMerchant = caller.merchant.id
    },
    refuse: sendRefusal,
  })
}

/** A useless key is 401; another merchant's organization is answered like an unknown one. */
async function callerOf(app: App, request: FastifyRequest): Promise<Result<Caller, Refusal>> {
  const key = bearerOf(request)
  const credentials = key === undefined ? undefined : await app.merchants.byKey(key)
  if (credentials?.protocol !== 'salescloud' || credentials.kind !== 'admin') return refuse(unauthorized)
  const { merchant } = credentials
  const organization = parseUuid((request.params as { organization: string }).organization)
  const isOwn =
    organization && (await app.organizations.organization.isOwnedBy({ merchantId: merchant.id, organization }))
  return isOwn ? ok({ merchant, organization }) : refuse(notFound('organization'))
}

const unauthorized = refusal(401, 'unauthorized', 'The key of the organization is needed: Authorization: Bearer <key>.')
