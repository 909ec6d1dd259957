import type { CatalogueOrder } from '../../../domain/catalogue/model/catalogue-order.ts'
import type { PricedLine, PricedOrder } from '../../../domain/catalogue/pricing/priced-order.ts'
import { isoOf } from '../../../kernel/instant.ts'
import type { Target } from '../target.ts'
import type { PaymentBody } from './parse-payment.ts'

/** What is kept beside the payment: the order as it was priced, and every optional property as it was sent. */
export function orderOf({ address }: Target, body: PaymentBody, priced: PricedOrder): CatalogueOrder {
  return {
    organization: address.organization.uuid,
    channel: address.channel.uuid,
    instance: address.instance.uuid,
    requestId: body.requestId,
    details: detailsOf(body, priced),
    reservations: priced.reservations,
    couponUse: priced.couponUse,
  }
}

/** JSON text; all amounts are whole numbers of the smallest unit. `details`, where the card is, has no way in here. */
function detailsOf({ kept }: PaymentBody, priced: PricedOrder): string {
  const summary = JSON.stringify({
    priced: priced.isPriced,
    subtotal: Number(priced.subtotal),
    discountTotal: Number(priced.discountTotal),
    delivery: priced.delivery && { ...priced.delivery, price: Number(priced.delivery.price) },
    total: Number(priced.total),
    lines: priced.lines.map(lineOf),
    appliedDiscounts: priced.discounts.map((discount) => ({ ...discount, amount: Number(discount.amount) })),
  })
  const asSent = kept.map(({ name, text }) => `${JSON.stringify(name)}:${text}`)
  return `${summary.slice(0, -1)},"asSent":{${asSent.join(',')}}}`
}

function lineOf(line: PricedLine): object {
  return {
    uuid: line.product.uuid,
    title: line.product.title,
    quantity: line.quantity,
    unitPrice: Number(line.unitPrice),
    gross: Number(line.gross),
    startsAt: line.startsAt && isoOf(line.startsAt),
    endsAt: line.endsAt && isoOf(line.endsAt),
    variations: line.variations.map(({ uuid, type, title, priceChange }) => ({
      uuid,
      type,
      title,
      priceChange: Number(priceChange),
    })),
  }
}

/** For a request that was made before and is only answered again: nothing of it is written a second time. */
export function noOrder({ address }: Target, requestId: string): CatalogueOrder {
  return {
    organization: address.organization.uuid,
    channel: address.channel.uuid,
    instance: address.instance.uuid,
    requestId,
    details: '{}',
    reservations: [],
    couponUse: null,
  }
}
