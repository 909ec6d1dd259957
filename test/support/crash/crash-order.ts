import { EUR } from '../../../src/kernel/currency.ts'
import { decimalOf } from '../../../src/kernel/money.ts'
import { anOrder } from '../payments/orders.ts'
import type { Random } from './crash-random.ts'

/** `kind amount` as the database has it; minor units, no amount for events about none. */
export type EventText = string

/** One call of a shop about one order. */
export type Step = {
  readonly path: (token: string) => string
  readonly body: (token: string) => string
  /** undefined: sent without an Idempotency-Key */
  readonly key: string | undefined
  /** what it must leave behind, once */
  readonly events: readonly EventText[]
  /** what it may also leave behind when nobody was told how it ended */
  readonly halfDone: readonly (readonly EventText[])[]
}

/** One order of the workload: what it is to go through, and what the shop has been told so far. */
export type Order = {
  /** whose it is: the number of a cell of the cluster */
  readonly cell: number
  /** the merchant's reference, unique and never changed: finds the order without its token */
  readonly reference: string
  readonly steps: readonly Step[]
  token: string | undefined
  /** answers of the steps that were acknowledged, in order; null where only the database knows that it happened */
  readonly answers: (string | null)[]
  /** the next step was sent and nothing is known of it */
  isUnanswered: boolean
  /** nothing more will be asked of it */
  isOver: boolean
}

/** A random life: create, authorize, then captures, delays, references, refunds or a void, with and without keys. */
export function aRandomOrder(random: Random, reference: string, cell = 0): Order {
  const steps = lifeOf(random, reference)
  return { cell, reference, steps, token: undefined, answers: [], isUnanswered: false, isOver: false }
}

/** The events that the acknowledged steps must have left, each exactly once. */
export function eventsOf({ steps, answers }: Order): readonly EventText[] {
  return steps.slice(0, answers.length).flatMap((step) => step.events)
}

type NewStep = { readonly path: (token: string) => string; readonly body?: object; readonly events: EventText[] }

function lifeOf(random: Random, reference: string): Step[] {
  const total = random.between(500, 90_000)
  const order = anOrder({ totalAmount: amount(total), merchantReference: reference })
  const steps: Step[] = []
  const add = ({ path, body = {}, events }: NewStep) => {
    const key = random.chance(85) ? `${reference}/${steps.length}` : undefined
    const text = (token: string) => JSON.stringify(path(token) === '/v2/payments/capture' ? { token, ...body } : body)
    steps.push({ path, body: text, key, events, halfDone: [] })
  }
  add({ path: () => '/v2/orders', body: order, events: [`created ${total}`] })
  if (random.chance(30)) add(references(reference, random))
  steps.push(authorization(total))
  if (random.chance(15)) add({ path: on('void'), events: [`voided ${total}`] })
  else if (random.chance(45)) addDelayed(add, random, total)
  else addCaptured(add, random, total)
  if (random.chance(30)) add(references(reference, random))
  return steps
}

type Add = (step: NewStep) => void

function addCaptured(add: Add, random: Random, total: number): void {
  const captured = random.chance(50) ? total : random.between(1, total)
  const body = captured === total && random.chance(50) ? {} : { amount: amount(captured) }
  add({ path: () => '/v2/payments/capture', body, events: [`captured ${captured}`] })
  addRefunds(add, random, captured)
}

function addDelayed(add: Add, random: Random, total: number): void {
  add({ path: on('delay'), events: ['delayed'] })
  let open = total
  let captured = 0
  for (let parts = random.between(0, 3); parts > 0 && open > 2; parts--) {
    const part = random.between(1, open - 1)
    open -= part
    if (random.chance(25)) {
      add({ path: on('delay/refund'), body: { refundAmount: amount(part) }, events: [`reduced ${part}`] })
    } else {
      captured += part
      add({ path: on('delay/capture'), body: { amount: amount(part) }, events: [`part_captured ${part}`] })
    }
  }
  add({ path: on('delay/void'), events: [`closed ${captured}`] })
  if (captured > 0) addRefunds(add, random, captured)
}

function addRefunds(add: Add, random: Random, captured: number): void {
  let open = captured
  for (let refunds = random.between(0, 3); refunds > 0 && open > 0; refunds--) {
    const refund = random.between(1, open)
    open -= refund
    add({ path: on('refund'), body: { refundAmount: amount(refund) }, events: [`refunded ${refund}`] })
  }
}

function references(reference: string, random: Random): NewStep {
  const body = { merchantReference: reference, merchantProcessorReference: `p-${random.between(1, 1e9)}` }
  return { path: (token) => `/v2/orders/${token}`, body, events: ['references_updated'] }
}

/** Two commits around the acquirer's answer and no key: it may be found half done, and is then left as it stands. */
function authorization(total: number): Step {
  // How much is held, the plan decides.
  const started = 'attempt_started'
  return {
    path: (token) => `/sandbox/orders/${token}/authorize`,
    body: () => '{"cardNumber":"4242424242424242"}',
    key: undefined,
    events: [started, `authorized ${total}`],
    halfDone: [[started], [started, `attempt_declined ${total}`]],
  }
}

function on(operation: string): (token: string) => string {
  return (token) => `/v2/payments/${token}/${operation}`
}

function amount(minor: number): object {
  return { amount: decimalOf({ currency: EUR, minor: BigInt(minor) }), currency: 'EUR' }
}
