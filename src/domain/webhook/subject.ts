import type { MerchantId, PaymentId } from '../../kernel/ids.ts'
import type { SourceEvent, SourceKind } from '../ledger/source.ts'
import type { PaymentEvent } from '../payment/event.ts'
import type { Payment } from '../payment/payment.ts'

/** What never changes about a payment, so that a message rendered for its tenth attempt has the bytes of the first. */
export type PaymentFacts = Pick<Payment, 'merchantId' | 'id' | 'protocol' | 'product' | 'currency'>

/** What a message tells of: an event of a payment (a test is told as if it were one), or of a source of another kind. */
export type WebhookSubject =
  | {
      readonly kind: 'payment'
      readonly merchantId: MerchantId
      readonly id: PaymentId
      readonly payment: PaymentFacts
      readonly event: PaymentEvent
    }
  | {
      readonly kind: Exclude<SourceKind, 'payment' | 'test'>
      readonly merchantId: MerchantId
      readonly id: string
      readonly event: SourceEvent
    }
