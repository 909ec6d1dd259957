import assert from 'node:assert/strict'
import { anOrder } from '../payments/orders.ts'
import type { Client } from './crash-client.ts'
import type { Random } from './crash-random.ts'

/** An order whose every step is one that the shop is told of by webhook. */
export type Order = {
  readonly reference: string
  readonly steps: readonly Step[]
  token: string
  /** steps that were acknowledged */
  done: number
  /** the step after those was sent and nothing is known of it */
  isUnanswered: boolean
}

type Step = {
  readonly path: (token: string) => string
  readonly body: (token: string) => object
  readonly tells: string
}

export type Till = {
  readonly client: Client
  readonly random: Random
  /** of all tills together */
  readonly orders: Order[]
  readonly onAnswer: () => void
}

/** Takes orders on or makes new ones, a step at a time, until an answer is lost. */
export async function sell(till: Till): Promise<void> {
  for (;;) {
    const order = takeOpen(till) ?? begin(till)
    const step = order.steps[order.done] as Step
    order.isUnanswered = true
    const answer = await till.client.post(step.path(order.token), JSON.stringify(step.body(order.token)))
    if (answer === 'lost') return
    till.onAnswer()
    assert.equal(answer.status, 200, answer.body)
    if (order.done === 0) order.token = JSON.parse(answer.body).token
    order.done += 1
    order.isUnanswered = false
  }
}

/** Orders of earlier rounds too: their events lie before and after a crash. One whose last answer was lost stays as it is. */
function takeOpen({ orders, random }: Till): Order | undefined {
  const open = orders.filter(({ isUnanswered, done, steps }) => !isUnanswered && done < steps.length)
  return open.length > 0 && random.chance(80) ? random.pick(open) : undefined
}

function begin({ orders, random }: Till): Order {
  const reference = `order-${orders.length}`
  const steps: Step[] = [
    { path: () => '/v2/orders', body: () => anOrder({ merchantReference: reference }), tells: 'created' },
    { path: authorization, body: () => ({ cardNumber: '4242424242424242' }), tells: 'authorized' },
    { path: () => '/v2/payments/capture', body: (token) => ({ token }), tells: 'charged' },
    { path: refund, body: () => amount('30.00'), tells: 'partially_refunded' },
    { path: refund, body: () => amount('60.00'), tells: 'refunded' },
  ]
  const order = { reference, steps: steps.slice(0, random.between(1, 5)), token: '', done: 0, isUnanswered: false }
  orders.push(order)
  return order
}

function authorization(token: string): string {
  return `/sandbox/orders/${token}/authorize`
}

function refund(token: string): string {
  return `/v2/payments/${token}/refund`
}

function amount(text: string): object {
  return { refundAmount: { amount: text, currency: 'EUR' } }
}
