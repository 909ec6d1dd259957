import { insertUnpaidOrders, type UnpaidOrder } from '../../db/shop/unpaid-orders.ts'
import type { Attachment } from '../attachment.ts'
import type { Command } from '../command.ts'
import type { Companion } from '../companion.ts'

const name = 'unpaid_order'

/** The request belongs to an order that waits in a shop, and may have to be called off there when nothing comes. */
export const unpaidOrderAttachment: Attachment = { companion: name, weight: 40 }

/** Requests to look at once their time is up, kept with them. */
export const unpaidOrder: Companion = {
  name,
  concerns: isUnpaidOrder,
  load: async () => {
    const kept: UnpaidOrder[] = []
    return {
      keep: (_, { payment: { merchantId, id, expiresAt } }) => {
        if (expiresAt !== null) kept.push({ merchantId, paymentId: id, dueAt: expiresAt })
      },
      statements: () => (kept.length > 0 ? [insertUnpaidOrders(kept)] : []),
    }
  },
}

function isUnpaidOrder({ attachments }: Command): boolean {
  return attachments?.some((each) => each.companion === name) ?? false
}
