import type { ProtocolProfile } from '../../app/protocol-profile.ts'
import { buyerOf } from './buyer.ts'
import { orderFrequency } from './order-frequency.ts'
import { orderView } from './order-view.ts'
import { wireCurrency } from './orders/amount.ts'
import { returnUrls } from './return-urls.ts'
import { scalapayWebhooks } from './webhooks/webhook-renderer.ts'

export const scalapayProfile: ProtocolProfile = {
  name: 'scalapay',
  title: 'Scalapay',
  currencies: [wireCurrency],
  keys: { prefix: 'sp', kinds: ['merchant', 'device'], signing: 'merchant' },
  returnUrls,
  orderFrequency,
  buyerOf,
  orderView,
  orderContents: null,
  walletLinks: null,
  webhooks: scalapayWebhooks,
}
