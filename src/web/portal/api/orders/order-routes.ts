import { Type } from 'typebox'
import type { ScanPlace } from '../../../../app/payment/find-orders.ts'
import type { Payment } from '../../../../domain/payment/payment.ts'
import type { MerchantId, PaymentId } from '../../../../kernel/ids.ts'
import { parsePaymentId } from '../../../../kernel/ids.ts'
import { instantFromMicros } from '../../../../kernel/instant.ts'
import type { PortalApp } from '../../portal-app.ts'
import { Refused, route } from '../route.ts'
import { done, ofMerchant, ofOrder } from '../shapes.ts'
import { filterOf, orderFilter } from './order-filter.ts'
import { orderPageSchema, pageOf } from './order-page-view.ts'
import { listedOrder, listedOrderSchema } from './order-view.ts'

const pageSize = 50

/** The order list over every API, its search, an order's own page, and the staff's notes. */
export function orderRoutes(app: PortalApp) {
  const { findOrders, orderPages } = app.orders
  const listed = async (merchantId: MerchantId, payments: readonly Payment[]) => {
    const buyers = await findOrders.buyers(merchantId, payments)
    return payments.map((payment) => listedOrder(payment, buyers.get(payment.id)))
  }
  return [
    route({
      method: 'GET',
      url: '/merchants/{merchant}/orders',
      access: { to: 'merchant', permission: 'view_orders' },
      summary: 'Orders under a filter, newest first',
      schemas: {
        params: ofMerchant,
        query: Type.Intersect([orderFilter, Type.Object({ after: Type.Optional(Type.String({ maxLength: 80 })) })]),
        answer: Type.Object({
          orders: Type.Array(listedOrderSchema),
          next: Type.Union([Type.String(), Type.Null()], {
            description:
              '`after` of the next page; null on the last. A page may hold fewer than fifty, or none, and still have a next.',
          }),
        }),
      },
      handle: async ({ query, caller: { merchantId, timeZone } }) => {
        const after = query.after === undefined ? null : placeOf(query.after)
        const scan = await findOrders.list({ ...filterOf(query, timeZone), merchantId, after, limit: pageSize })
        return { orders: await listed(merchantId, scan.payments), next: scan.next && textOf(scan.next) }
      },
    }),
    route({
      method: 'GET',
      url: '/merchants/{merchant}/orders/search',
      access: { to: 'merchant', permission: 'view_orders' },
      summary: 'Orders by token, reference, e-mail address, hash of a transaction or amount',
      schemas: {
        params: ofMerchant,
        query: Type.Object({ text: Type.String({ minLength: 1, maxLength: 254 }) }),
        answer: Type.Object({ orders: Type.Array(listedOrderSchema) }),
      },
      handle: async ({ query, caller: { merchantId } }) => {
        const merchant = await app.merchants.byId(merchantId)
        if (!merchant) throw new Refused(404, 'unknown_shop', 'There is no such shop.')
        const found = await findOrders.search({ merchantId, text: query.text, currency: merchant.currency })
        return { orders: await listed(merchantId, found) }
      },
    }),
    route({
      method: 'GET',
      url: '/merchants/{merchant}/orders/{token}',
      access: { to: 'merchant', permission: 'view_orders' },
      summary: 'Everything that is known of one order',
      schemas: { params: ofOrder, answer: orderPageSchema },
      handle: async ({ params, caller: { merchantId } }) => {
        const found = await orderPages.read(merchantId, tokenOf(params.token))
        if (!found) throw unknownOrder()
        return pageOf(found)
      },
    }),
    route({
      method: 'POST',
      url: '/merchants/{merchant}/orders/{token}/notes',
      access: { to: 'merchant', permission: 'write_notes' },
      summary: 'Keep a note with an order, for the staff',
      schemas: {
        params: ofOrder,
        body: Type.Object({ text: Type.String({ minLength: 1, maxLength: 2_000 }) }),
        answer: done,
      },
      handle: async ({ params, body, caller: { merchantId, who } }) => {
        const isKept = await orderPages.addNote(merchantId, tokenOf(params.token), who.user.name, body.text)
        if (!isKept) throw unknownOrder()
        return { ok: true as const }
      },
    }),
  ] as const
}

function unknownOrder(): Refused {
  return new Refused(404, 'unknown_payment', 'There is no such order.')
}

/** Throws when the text is not an order's token. */
function tokenOf(text: string): PaymentId {
  const token = parsePaymentId(text)
  if (token === undefined) throw unknownOrder()
  return token
}

function placeOf(text: string): ScanPlace {
  const [micros = '', token = ''] = text.split('.')
  const paymentId = parsePaymentId(token)
  if (!/^\d{1,18}$/.test(micros) || paymentId === undefined)
    throw new Refused(400, 'unknown_place', 'This is not a place in the list: begin again at its start.')
  return { createdAt: instantFromMicros(BigInt(micros)), paymentId }
}

function textOf({ createdAt, paymentId }: ScanPlace): string {
  return `${createdAt}.${paymentId}`
}
