import type pg from 'pg'
import { createPaymentReader } from '../../../src/app/payment/payment-reader.ts'
import type { PaymentRequests } from '../../../src/app/payment-request/payment-request.ts'
import { createPaymentRequests } from '../../../src/app/payment-request/payment-requests.ts'
import type { Sealer } from '../../../src/app/shared/seal.ts'
import { createPaymentCallbacks } from '../../../src/app/webhook/payment-callbacks.ts'
import type { Engine } from '../../../src/engine/command.ts'
import { newSecret } from '../../../src/http/outgoing/standard-webhooks.ts'
import type { Clock } from '../../../src/kernel/clock.ts'
import { callbackEvents } from '../../../src/protocols/kupay/callbacks.ts'

/** The real use case on a test's own engine and database. */
export function testPaymentRequests(parts: {
  readonly pool: pg.Pool
  readonly engine: Engine
  readonly clock: Clock
  readonly sealer: Sealer
}): PaymentRequests {
  const callbacks = createPaymentCallbacks({ ...parts, newSecret, events: callbackEvents })
  return createPaymentRequests({ ...parts, payments: createPaymentReader(parts.pool), callbacks })
}
