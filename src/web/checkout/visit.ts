import type { FastifyReply, FastifyRequest } from 'fastify'
import type { App } from '../../app/app.ts'
import { type Visitor, visitorOf } from '../shared/sign-in/visitor.ts'
import { findOrder, type Order } from './order.ts'
import { type Setting, settingOf } from './setting.ts'

/** One request of somebody who looks at an order. */
export type Visit = {
  readonly order: Order
  readonly setting: Setting
  readonly visitor: Visitor
  /** the order's page: `/checkout/ABCD12345678`, below whatever a proxy adds */
  readonly home: string
  /** somebody else has authorized the order, or is about to */
  readonly isSomebodyElses: boolean
}

/** Undefined for whatever is not a token of an order with a checkout. */
export async function visitOf(
  app: App,
  token: string,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<Visit | undefined> {
  const order = await findOrder(app, token)
  if (!order) return undefined
  const visitor = await visitorOf(app, request, reply)
  const { payment, merchant, details, brand } = order
  const own = `/checkout/${payment.id}`
  // The oldest form of the address has the token in its query; links to the page itself use the other one.
  const setting = { ...settingOf(app, request, details.language ?? brand.language ?? undefined), here: own }
  const owner =
    payment.pendingAttempt || order.stage !== 'open' ? await app.shoppers.orderShopper(merchant.id, payment.id) : null
  const isSomebodyElses = owner !== null && owner !== visitor.session?.shopper.id
  return { order, setting, visitor, home: `${setting.root}${own}`, isSomebodyElses }
}
