import type { Companion } from '../engine/companion.ts'
import { catalogueStock } from '../engine/companions/catalogue-stock.ts'
import { chainCredits } from '../engine/companions/chain-credits.ts'
import { instalmentPlans } from '../engine/companions/instalment-plans.ts'
import { outgoingMessages } from '../engine/companions/outgoing-messages.ts'
import { paymentCallback } from '../engine/companions/payment-callback.ts'
import { shopperNews } from '../engine/companions/shopper-news.ts'
import { shopperOrders } from '../engine/companions/shopper-orders.ts'
import { unpaidOrder } from '../engine/companions/unpaid-order.ts'

/** What travels in the transactions of payments, in the order in which each batch locks its rows. */
export const companions: readonly Companion[] = [
  catalogueStock,
  shopperOrders,
  instalmentPlans,
  paymentCallback,
  unpaidOrder,
  chainCredits,
  outgoingMessages,
  shopperNews,
]
