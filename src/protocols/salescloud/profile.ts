import type { ProtocolProfile } from '../../app/protocol-profile.ts'
import { contentsOf } from './payments/order-contents.ts'

/** Everything is answered in the request itself: no page for the shopper, and nothing to tell later. */
export const salescloudProfile: ProtocolProfile = {
  name: 'salescloud',
  title: 'SalesCloud',
  currencies: null,
  keys: { prefix: 'sc', kinds: ['admin'], signing: null },
  returnUrls: null,
  orderFrequency: null,
  buyerOf: null,
  orderView: null,
  orderContents: contentsOf,
  walletLinks: null,
  webhooks: null,
}
