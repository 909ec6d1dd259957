import type { OrderContents, SoldLine } from '../../../domain/catalogue/model/order-contents.ts'
import type { Uuid } from '../../../domain/catalogue/model/uuid.ts'
import { instantFromMillis } from '../../../kernel/instant.ts'

/** What `detailsOf` wrote. An order that named no items has no lines. */
type Written = {
  readonly lines?: readonly WrittenLine[]
  readonly appliedDiscounts?: readonly { readonly name: string | null; readonly amount: number }[]
  readonly delivery?: { readonly title: string; readonly price: number } | null
}

type WrittenLine = {
  readonly uuid: Uuid
  readonly title: string
  readonly quantity: number
  readonly unitPrice: number
  readonly startsAt: string | null
  readonly variations: readonly { readonly title: string }[]
}

/** Reads what is kept beside a payment, JSON text that this program wrote. */
export function contentsOf(details: string): OrderContents {
  const { lines = [], appliedDiscounts = [], delivery } = JSON.parse(details) as Written
  return {
    lines: lines.map(lineOf),
    discounts: appliedDiscounts.map(({ name, amount }) => ({ name, amount: BigInt(amount) })),
    delivery: delivery ? { name: delivery.title, price: BigInt(delivery.price) } : null,
  }
}

function lineOf({ uuid, title, quantity, unitPrice, startsAt, variations }: WrittenLine): SoldLine {
  return {
    ...{ product: uuid, name: title, quantity },
    variations: variations.map((each) => each.title),
    unitPrice: BigInt(unitPrice),
    startsAt: startsAt === null ? null : instantFromMillis(Date.parse(startsAt)),
  }
}
