import type { Payment } from '../../../../domain/payment/payment.ts'
import { type Instant, millisOf } from '../../../../kernel/instant.ts'
import { decimalOf, money } from '../../../../kernel/money.ts'
import type { PortalApp } from '../../portal-app.ts'
import { csvSchema, type Exports, sendCsv } from '../csv.ts'
import { route } from '../route.ts'
import { ofMerchant } from '../shapes.ts'
import { filterOf, orderFilter } from './order-filter.ts'
import { statusOf } from './order-status.ts'
import { cardText } from './order-view.ts'

/** The order list as a file. */
export function exportRoutes(app: PortalApp, exporting: Exports) {
  return [
    route({
      method: 'GET',
      url: '/merchants/{merchant}/orders.csv',
      access: { to: 'merchant', permission: 'export_orders' },
      summary: 'Every order under a filter as CSV, newest first',
      schemas: {
        params: ofMerchant,
        query: orderFilter,
        answer: csvSchema,
      },
      handle: async ({ query, reply, caller: { merchantId, timeZone, by } }) => {
        const filter = filterOf(query, timeZone)
        const entry = { merchantId, ...by, action: 'export_orders', subject: 'orders.csv', before: null, after: query }
        return await exporting(async () => {
          await app.users.auditLog.record(entry)
          const pages = app.orders.findOrders.walk({ ...filter, merchantId })
          return sendCsv(reply, 'orders.csv', columnsIn(timeZone), rowsOf(pages, timeZone))
        })
      },
    }),
  ] as const
}

async function* rowsOf(pages: AsyncIterable<readonly Payment[]>, timeZone: string) {
  const timeOf = clockIn(timeZone)
  for await (const page of pages) yield page.map((payment) => rowOf(payment, timeOf))
}

function columnsIn(timeZone: string): readonly string[] {
  return [
    ...['order', 'reference', 'processor_reference', 'status', 'api', 'product', 'currency', 'amount', 'captured'],
    ...['refunded', 'card', `created (${timeZone})`, `captured at (${timeZone})`],
  ]
}

function rowOf(payment: Payment, timeOf: (at: Instant) => string): readonly (string | null)[] {
  const amount = (minor: bigint) => decimalOf(money(payment.currency, minor))
  return [
    ...[payment.id, payment.merchantReference, payment.processorReference, statusOf[payment.state], payment.protocol],
    ...[payment.product, payment.currency, amount(payment.total), amount(payment.captured), amount(payment.refunded)],
    ...[cardText(payment), timeOf(payment.createdAt), payment.capturedAt && timeOf(payment.capturedAt)],
  ]
}

/** `2026-11-25 10:04:59`: what every spreadsheet reads as a time. */
function clockIn(timeZone: string): (at: Instant) => string {
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' })
  return (at) => format.format(millisOf(at))
}
