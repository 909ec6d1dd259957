import { claimOrders, type ShopperOrder } from '../../db/shopper/checkouts.ts'
import type { ShopperId } from '../../domain/shopper/shopper.ts'
import type { Attachment } from '../attachment.ts'
import type { Command } from '../command.ts'
import type { Companion, CompanionPart } from '../companion.ts'

const name = 'shopper_orders'

type ShopperAttachment = Attachment & { readonly shopperId: ShopperId }

/** The shopper who starts an attempt to authorize an order. */
export function orderOfShopper(shopperId: ShopperId): ShopperAttachment {
  return { companion: name, weight: 0, shopperId }
}

/** Whose an order is, written with the attempt that authorizes it: there is no authorized order without a shopper. */
export const shopperOrders: Companion = {
  name,
  concerns: (command) => shopperOf(command) !== undefined,
  load: async () => claims(),
}

function shopperOf({ attachments }: Command): ShopperId | undefined {
  const found = attachments?.find((each): each is ShopperAttachment => each.companion === name)
  return found?.shopperId
}

/** The last claim of an order in a batch is the only one: a statement must not change a row twice. */
function claims(): CompanionPart {
  const orders = new Map<string, ShopperOrder>()
  return {
    keep: ({ command, paymentId }, { now }) => {
      const shopperId = shopperOf(command)
      const merchantId = command.merchant.id
      if (shopperId) orders.set(`${merchantId}/${paymentId}`, { merchantId, paymentId, shopperId, at: now })
    },
    statements: () => (orders.size > 0 ? [claimOrders([...orders.values()])] : []),
  }
}
