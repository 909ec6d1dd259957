import { createHash } from 'node:crypto'
import type { PaymentRequest } from '../../../src/app/attempt/request-payment.ts'
import type { CatalogueOrder } from '../../../src/domain/catalogue/model/catalogue-order.ts'
import type { Uuid } from '../../../src/domain/catalogue/model/uuid.ts'
import { ISK } from '../../../src/kernel/currency.ts'
import { aCard } from './factories.ts'

/** The payment method's namespace of `aPaymentRequest`: a product that its merchant must have. */
export const cardProduct = { product: 'valitor_greidslugatt', minimum: 1n, maximum: 1_000_000n }

/** An order of nothing that could run out. */
export const plainOrder: CatalogueOrder = {
  organization: '3f8b2c1e-9a47-4d6b-8e21-5c7f0a1b2d34' as Uuid,
  channel: 'a1c9e7d2-4b58-4f3a-b6d0-92e8c7f51a60' as Uuid,
  instance: '5b2e9f04-7c31-4a8d-91f6-d3a0b8c4e275' as Uuid,
  requestId: null,
  details: '{}',
  reservations: [],
  couponUse: null,
}

/** 1000 kr with a card that the sandbox approves. */
export function aPaymentRequest(
  given: Pick<PaymentRequest, 'merchant' | 'acquirer'> & Partial<PaymentRequest>,
): PaymentRequest {
  const { product } = cardProduct
  const protocol = 'salescloud'
  return {
    protocol,
    product,
    currency: ISK,
    total: 1_000n,
    order: plainOrder,
    card: aCard(),
    acquirerKey: 'sandbox',
    ...given,
  }
}

export function aClaim(key: string): { key: string; bodyHash: Buffer } {
  return { key, bodyHash: createHash('sha256').update(key).digest() }
}
