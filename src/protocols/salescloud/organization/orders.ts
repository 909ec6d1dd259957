import type { FastifyRequest } from 'fastify'
import type { App } from '../../../app/app.ts'
import type { OrderCursor, OrderWithTransactions } from '../../../app/organization/own-organization.ts'
import { parsePaymentId } from '../../../kernel/ids.ts'
import { instantFromMicros } from '../../../kernel/instant.ts'
import { allOf, ok, type Result, refuse } from '../../../kernel/result.ts'
import { answer } from '../../shared/handler.ts'
import { pageOf, queryLimit, queryText } from '../../shared/paging.ts'
import { notFound, type Refusal } from '../../shared/refusal.ts'
import { organizationHandler } from './answer.ts'
import { badCursor, orderPages } from './paging.ts'
import { orderSummary, orderText } from './render.ts'

type Handler = ReturnType<typeof organizationHandler>

/** Newest first. `next` is the cursor of the following page, null on the last one. */
export function listOrders(app: App): Handler {
  return organizationHandler(async (request) => {
    const { merchant, organization } = request.salescloudCaller
    const asked = allOf({
      limit: queryLimit(request, orderPages),
      before: readCursor(request),
      requestId: queryText(request, 'requestId'),
    })
    if (!asked.ok) return asked
    const { limit, before, requestId } = asked.value
    const found = await app.organizations.organization.listOrders({
      merchantId: merchant.id,
      organization,
      limit: limit + 1,
      ...(before && { before }),
      ...(requestId !== undefined && { requestId }),
    })
    const { entries, last } = pageOf(found, limit)
    return answer({ orders: entries.map(orderSummary), next: last ? cursorText(last) : null })
  })
}

/** One order with its transactions. */
export function getOrder(app: App): Handler {
  return organizationHandler(async (request) => {
    const order = await orderOf(app, request)
    return order.ok ? answer(orderText(order.value)) : order
  })
}

/** The order that the path names, if the organization has it. */
export async function orderOf(app: App, request: FastifyRequest): Promise<Result<OrderWithTransactions, Refusal>> {
  const { merchant, organization } = request.salescloudCaller
  const paymentId = parsePaymentId((request.params as { payment: string }).payment)
  const order =
    paymentId && (await app.organizations.organization.findOrder({ merchantId: merchant.id, organization, paymentId }))
  return order ? ok(order) : refuse(notFound('order'))
}

function cursorText({ createdAt, paymentId }: OrderCursor): string {
  return `${createdAt}_${paymentId}`
}

function readCursor(request: FastifyRequest): Result<OrderCursor | undefined, Refusal> {
  const text = queryText(request, 'cursor')
  if (!text.ok || text.value === undefined) return text.ok ? ok(undefined) : text
  const [, micros = '', id = ''] = /^(\d{1,17})_(\w+)$/.exec(text.value) ?? []
  const paymentId = parsePaymentId(id)
  return paymentId ? ok({ createdAt: instantFromMicros(BigInt(micros)), paymentId }) : refuse(badCursor)
}
