import { createHmac, hkdfSync } from 'node:crypto'
import type pg from 'pg'
import { findResponses } from '../../db/payment/payment-batch.ts'
import type { CatalogueOrder } from '../../domain/catalogue/model/catalogue-order.ts'
import type { Card } from '../../domain/payment/card.ts'
import type { Protocol } from '../../domain/payment/payment.ts'
import type { Engine } from '../../engine/command.ts'
import type { AcquirerDirectory } from '../../rails/rail.ts'
import { acquirerKey } from '../attempt/acquirer-directory.ts'
import { createReadSettled } from '../attempt/read-settled.ts'
import {
  createRequestPayment,
  operationOf,
  type PaymentRequest,
  type RequestPaymentParts,
  type RequestResult,
} from '../attempt/request-payment.ts'
import { createReturnPayment, type ReturnPayment } from '../attempt/return-payment.ts'
import type { ImportFile } from '../catalogue/import-file.ts'
import { createPriceOrder, type PriceOrder } from '../catalogue/price-order.ts'
import { outageAsUnavailable } from '../shared/outage.ts'
import type { Sealer } from '../shared/seal.ts'
import { createFindAddress, type FindAddress, type InstanceAddress } from './instance-addresses.ts'
import { createOwnOrganization, type OwnOrganization } from './own-organization.ts'

/** The caller's reference for one payment, with a keyed hash of everything that decides what the request means. */
export type RequestClaim = { readonly key: string; readonly bodyHash: Buffer }

/** A payment request that was found right. `order` says what it is for. */
export type RequestedPayment = {
  readonly address: InstanceAddress
  readonly amount: bigint
  readonly card: Card
  readonly order: CatalogueOrder
  readonly claim: RequestClaim | undefined
}

export type PayResult = RequestResult | { readonly kind: 'no_acquirer' }

/** What organizations that sell through payment method instances need of the program. */
export type Organizations = {
  readonly findAddress: FindAddress
  readonly priceOrder: PriceOrder
  /** HMAC-SHA256 under a key of this server: a plain hash of a body with a card in it could be guessed */
  readonly hashRequest: (...parts: readonly (string | Uint8Array)[]) => Buffer
  /** the body hash that a reference was used with on this instance; undefined when it was not */
  readonly claimedWith: (address: InstanceAddress, requestId: string) => Promise<Buffer | undefined>
  /** `Unavailable` is thrown only when no payment was requested (request-payment.ts). */
  readonly pay: (payment: RequestedPayment) => Promise<PayResult>
  readonly returnPayment: ReturnPayment
  readonly organization: OwnOrganization
}

export type OrganizationsParts = {
  readonly importFile: ImportFile
  /** the merchant API whose payments these are */
  readonly protocol: Protocol
  readonly pool: pg.Pool
  readonly engine: Engine
  readonly acquirers: AcquirerDirectory
  readonly sealer: Sealer
  /** 32 bytes, the same in every process that shares the database */
  readonly secretKey: Uint8Array
  readonly deadlines?: Pick<RequestPaymentParts, 'acquirerDeadlineMs' | 'deadlineMs'>
  readonly onBug?: NonNullable<RequestPaymentParts['onBug']>
}

export function createOrganizations(parts: OrganizationsParts): Organizations {
  const { protocol, pool, engine, acquirers, sealer, deadlines, onBug } = parts
  const requestPayment = createRequestPayment({
    engine,
    readSettled: createReadSettled(pool),
    ...deadlines,
    ...(onBug && { onBug }),
  })
  return {
    findAddress: createFindAddress(pool),
    priceOrder: createPriceOrder(pool),
    hashRequest: createHashRequest(parts.secretKey, protocol),
    claimedWith: async ({ merchantId, instance }, key) => {
      const claims = [{ merchantId, operation: operationOf(protocol, instance.uuid), key }]
      return (await outageAsUnavailable(findResponses(pool, claims)))[0]?.bodyHash
    },
    pay: async (payment) => {
      const { instance, merchantId } = payment.address
      const key = acquirerKey(instance.acquirer, instance.accountId)
      const acquirer = await acquirers(key, merchantId)
      return acquirer ? await requestPayment(requestOf(protocol, payment, acquirer, key)) : { kind: 'no_acquirer' }
    },
    returnPayment: createReturnPayment({ engine, pool, acquirers, ...returnDeadline(deadlines) }),
    organization: createOwnOrganization(pool, sealer, parts.importFile),
  }
}

function requestOf(
  protocol: Protocol,
  { address, amount, card, order, claim }: RequestedPayment,
  acquirer: PaymentRequest['acquirer'],
  key: string,
): PaymentRequest {
  const { merchant, instance } = address
  const { namespace: product, currency } = instance
  return {
    merchant,
    protocol,
    product,
    currency,
    total: amount,
    order,
    card,
    acquirer,
    acquirerKey: key,
    ...(claim && { claim }),
  }
}

function returnDeadline(deadlines: OrganizationsParts['deadlines']): { deadlineMs?: number } {
  return deadlines?.acquirerDeadlineMs === undefined ? {} : { deadlineMs: deadlines.acquirerDeadlineMs }
}

/** Each part goes in with its length before it, so that no two lists of parts are the same bytes. */
function createHashRequest(secretKey: Uint8Array, protocol: Protocol): Organizations['hashRequest'] {
  const key = Buffer.from(hkdfSync('sha256', secretKey, '', `tercet ${protocol} request`, 32))
  return (...parts) => {
    const bytes = parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : part))
    const framed = bytes.flatMap((part) => [Buffer.from(`${part.length}\n`), part])
    // In one piece: each call into the library costs as much as hashing a whole small body.
    return createHmac('sha256', key).update(Buffer.concat(framed)).digest()
  }
}
