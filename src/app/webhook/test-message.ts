import type pg from 'pg'
import { listApiKeys } from '../../db/merchant/api-keys.ts'
import { insertTestMessage, newestOrderShape, type OrderShape } from '../../db/webhook/test-messages.ts'
import type { MerchantTerms } from '../../domain/merchant/terms.ts'
import type { WebhookEvent } from '../../domain/webhook/event-name.ts'
import type { WebhookRenderers } from '../../domain/webhook/renderer.ts'
import { sampleEvent } from '../../domain/webhook/sample-event.ts'
import { currencyOf } from '../../kernel/currency.ts'
import { newCommandId, newPaymentId } from '../../kernel/ids.ts'
import type { Instant } from '../../kernel/instant.ts'
import { ok, type Result, refuse } from '../../kernel/result.ts'

export type TestRefusal = 'unknown' | 'no_words'

type Test = {
  readonly merchant: MerchantTerms
  readonly endpointId: string
  readonly name: WebhookEvent
  readonly at: Instant
}

/**
 * Sends one endpoint what it would be sent of an order like the merchant's newest one: the same words, the same signatures, about a token that
 * no order has. `no_words` when the merchant's API says nothing of such an event.
 */
export async function sendTestMessage(
  client: pg.PoolClient,
  renderers: WebhookRenderers,
  { merchant, endpointId, name, at }: Test,
): Promise<Result<string, TestRefusal>> {
  const shape = (await newestOrderShape(client, merchant.id)) ?? (await usualShape(client, merchant))
  const sourceId = newPaymentId(merchant.prefix)
  const event = sampleEvent(name)
  const renderer = shape && renderers[shape.protocol]
  if (!shape || !renderer?.sends.includes(name)) return refuse('no_words')
  const kept = renderer.wantsDetails.includes(name) ? shape : { ...shape, request: null }
  const { total } = shape
  const sample = { ...event, sequence: 1, amount: total, total, merchantReference: 'TEST', note: null, at }
  const facts = { ...kept, merchantId: merchant.id, id: sourceId }
  if (renderer.render(facts, sample, kept.request) === null) return refuse('no_words')
  const message = { merchantId: merchant.id, endpointId, sourceId, name, event, shape: kept }
  const id = await insertTestMessage(client, { ...message, commandId: newCommandId(), at })
  return id === undefined ? refuse('unknown') : ok(id)
}

/** Of a merchant without any order: the API that it has a key for, and an amount that any order could have. */
async function usualShape(client: pg.PoolClient, merchant: MerchantTerms): Promise<OrderShape | undefined> {
  const [key] = await listApiKeys(client, merchant.id)
  const currency = currencyOf(merchant.currency)
  if (!key || !currency) return undefined
  return {
    protocol: key.protocol,
    product: merchant.products[0]?.product ?? '',
    currency,
    total: 9_000n,
    request: null,
  }
}
