import { randomUUID } from 'node:crypto'
import type pg from 'pg'
import { findCallbackSecret, insertCallbackEndpoint } from '../../db/webhook/payment-callbacks.ts'
import type { WebhookEvent } from '../../domain/webhook/event-name.ts'
import type { Clock } from '../../kernel/clock.ts'
import type { MerchantId } from '../../kernel/ids.ts'
import { outageAsUnavailable } from '../shared/outage.ts'
import type { Sealer } from '../shared/seal.ts'

/** What stands behind the addresses that payments bring along. All throw `Unavailable` when the database is away. */
export type PaymentCallbacks = {
  /** Must have been called once before a payment of the merchant brings an address along: what nothing stands behind is told nothing. */
  readonly prepare: (merchantId: MerchantId) => Promise<void>
  /** `whsec_...`, what the merchant's callbacks are signed with by Standard Webhooks */
  readonly secret: (merchantId: MerchantId) => Promise<string>
}

/** `events` are those that callbacks are told of. */
export function createPaymentCallbacks(parts: {
  readonly pool: pg.Pool
  readonly clock: Clock
  readonly sealer: Sealer
  readonly newSecret: () => string
  readonly events: readonly WebhookEvent[]
}): PaymentCallbacks {
  const { pool, clock, sealer, events } = parts
  /** merchants whose endpoint exists: it is never taken away */
  const ready = new Set<MerchantId>()

  async function prepare(merchantId: MerchantId): Promise<void> {
    if (ready.has(merchantId)) return
    const secret = sealer.seal(parts.newSecret())
    const endpoint = { merchantId, id: randomUUID(), secret, events, createdAt: clock.now() }
    await outageAsUnavailable(insertCallbackEndpoint(pool, endpoint))
    if (ready.size >= 100_000) ready.clear()
    ready.add(merchantId)
  }

  async function secret(merchantId: MerchantId): Promise<string> {
    await prepare(merchantId)
    const sealed = await outageAsUnavailable(findCallbackSecret(pool, merchantId))
    if (!sealed) throw new Error('an endpoint that was prepared exists')
    return sealer.open(sealed)
  }

  return { prepare, secret }
}
