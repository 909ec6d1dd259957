import type { FastifyReply, FastifyRequest } from 'fastify'
import type { App } from '../../../app/app.ts'
import type { OrderCursor, OrderWithTransactions } from '../../../app/organization/own-organization.ts'
import { parsePaymentId } from '../../../kernel/ids.ts'
import { instantFromMicros } from '../../../kernel/instant.ts'
import { invalid, notFound } from './errors.ts'
import { orderPages, queryText, readLimit } from './paging.ts'
import { orderSummary, orderText } from './render.ts'

type Handler = (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply>

/** Newest first. `next` is the cursor of the following page, null on the last one. */
export function listOrders(app: App): Handler {
  return async (request, reply) => {
    const { merchant, organization } = request.salescloudCaller
    const limit = readLimit(request, orderPages)
    const before = readCursor(request)
    const requestId = queryText(request, 'requestId')
    const found = await app.organizations.organization.listOrders({
      merchantId: merchant.id,
      organization,
      limit: limit + 1,
      ...(before && { before }),
      ...(requestId !== undefined && { requestId }),
    })
    const orders = found.slice(0, limit)
    const last = orders.at(-1)
    const next = found.length > limit && last ? cursorText(last) : null
    return sendText(reply, JSON.stringify({ orders: orders.map(orderSummary), next }))
  }
}

/** One order with its transactions. */
export function getOrder(app: App): Handler {
  return async (request, reply) => sendText(reply, orderText(await orderOf(app, request)))
}

/** The order that the path names. Throws `Refused` when the organization has none. */
export async function orderOf(app: App, request: FastifyRequest): Promise<OrderWithTransactions> {
  const { merchant, organization } = request.salescloudCaller
  const paymentId = parsePaymentId((request.params as { payment: string }).payment)
  const order =
    paymentId && (await app.organizations.organization.findOrder({ merchantId: merchant.id, organization, paymentId }))
  if (!order) throw notFound('order')
  return order
}

export function sendText(reply: FastifyReply, text: string): FastifyReply {
  return reply.header('content-type', 'application/json; charset=utf-8').header('cache-control', 'no-store').send(text)
}

function cursorText({ createdAt, paymentId }: OrderCursor): string {
  return `${createdAt}_${paymentId}`
}

function readCursor(request: FastifyRequest): OrderCursor | undefined {
  const value = queryText(request, 'cursor')
  if (value === undefined) return undefined
  const [, micros = '', id = ''] = /^(\d{1,17})_(\w+)$/.exec(value) ?? []
  const paymentId = parsePaymentId(id)
  if (!paymentId) throw invalid('The parameter cursor must be the next of an earlier page.')
  return { createdAt: instantFromMicros(BigInt(micros)), paymentId }
}
