import { setTimeout as pause } from 'node:timers/promises'
import { kupayToken, scalapayMerchantKey, secondScalapayMerchantKey } from '../../src/main/fixtures.ts'
import { withDatabase } from '../support/crash/crash-books.ts'
import { addSeats } from '../support/crash/crash-card-books.ts'
import { aRandomPayment, type CardPayment, simulatedPath } from '../support/crash/crash-card-payments.ts'
import type { Random } from '../support/crash/crash-random.ts'
import { anOrder } from '../support/payments/orders.ts'
import { aKupayPayment } from '../support/protocols/kupay.ts'
import { type Answered, type Attack, bearer, haveDaysPassed, type Question } from './ask.ts'

/** An order of a shop that repeats each step until it is answered, and all that it heard. */
export type Sold = {
  readonly reference: string
  token: string
  captured: number
  refunded: number
  /** a step was refused, or the attack was over: the books are compared with what was acknowledged before */
  isCut: boolean
  readonly heard: string[]
}

/** Repeats the question until it is answered with anything but 503. Undefined when the attack is over before that. */
async function insist(
  { ask, over }: Attack,
  name: string,
  question: Question,
  heard: string[] = [],
): Promise<Answered | undefined> {
  for (;;) {
    const answer = await ask(name, question)
    const said = answer === 'lost' ? answer : `${answer.status} ${answer.text.slice(0, 300)}`
    heard.push(`${new Date().toISOString()} ${question.path} ${said}`)
    if (answer !== 'lost' && answer.status !== 503) return answer
    if (over.aborted) return undefined
    await pause(300)
  }
}

/** Creates, pays, captures and refunds in part, or voids, again and again; a refused step surprises unless time explains it. */
export async function sellOrders(attack: Attack, random: Random, shop: number, sold: Sold[]): Promise<void> {
  for (let number = 1; !attack.over.aborted; number++) {
    const order: Sold = {
      reference: `shop-${shop}-${number}`,
      token: '',
      captured: 0,
      refunded: 0,
      isCut: true,
      heard: [],
    }
    sold.push(order)
    await sellOne(attack, random, order)
    await pause(random.between(300, 1_500))
  }
}

async function sellOne(attack: Attack, random: Random, order: Sold): Promise<void> {
  const { tally, days } = attack
  const before = days.moves
  const step = async (name: string, path: string, body: object): Promise<Answered | undefined> => {
    const headers = { ...bearer(scalapayMerchantKey), 'idempotency-key': `${order.reference}-${name}` }
    const answer = await insist(attack, `shop ${name}`, { path, body, headers }, order.heard)
    if (answer === undefined || answer.status === 200) return answer
    if (haveDaysPassed(attack, before) && /expired|not found|authoriz|precondition|pre_condition/i.test(answer.text))
      tally.count('refused because days had passed')
    else tally.surprise(`shop ${name} refused: ${answer.status}`, order)
    return undefined
  }
  const product = random.pick(['pay-in-3', 'pay-in-4', 'later'])
  const made = await step('create', '/v2/orders', anOrder({ merchantReference: order.reference, product }))
  if (!made) return
  order.token = JSON.parse(made.text).token
  const paid = await pay(attack, order, before)
  if (!paid) return
  if (random.chance(15)) {
    if (await step('void', `/v2/payments/${order.token}/void`, {})) order.isCut = false
    return
  }
  if (!(await step('capture', '/v2/payments/capture', { token: order.token }))) return
  order.captured = 9_000
  const refundAmount = { amount: '12.34', currency: 'EUR' }
  if (random.chance(70)) {
    if (!(await step('refund', `/v2/payments/${order.token}/refund`, { refundAmount }))) return
    order.refunded = 1_234
  }
  order.isCut = false
}

/**
 * The page's part, which has no key: asked until the order says that it is authorized. What a kill left in doubt is decided by a job,
 * and the card is tried again after it.
 */
async function pay(attack: Attack, order: Sold, before: number): Promise<boolean> {
  for (let tries = 0; tries < 200; tries++) {
    const path = `/sandbox/orders/${order.token}/authorize`
    const headers = bearer(scalapayMerchantKey)
    if (!(await insist(attack, 'shop pay', { path, body: { cardNumber: '4242424242424242' }, headers }, order.heard)))
      return false
    const seen = await insist(
      attack,
      'shop look',
      { method: 'GET', path: `/v2/payments/${order.token}`, headers },
      order.heard,
    )
    if (!seen) return false
    const { status } = JSON.parse(seen.text) as { status?: string }
    if (status === 'authorized') return true
    if (status === 'expired' && haveDaysPassed(attack, before)) return false
    await pause(500)
  }
  attack.tally.surprise('an order could not be paid in 200 tries', order)
  return false
}

/** Requests of card payments, each repeated until it is answered, some once more under the same `requestId`. */
export async function sellByCard(attack: Attack, random: Random, sold: CardPayment[]): Promise<void> {
  await withSeats(attack)
  for (let number = 1; !attack.over.aborted; number++) {
    const payment = aRandomPayment(random, `card-${number}`)
    sold.push(payment)
    const times = payment.hasRequestId ? random.between(1, 2) : 1
    for (let each = 0; each < times; each++) {
      const question = { path: simulatedPath, body: payment.body }
      const answer = payment.hasRequestId
        ? await insist(attack, 'card payment', question)
        : await attack.ask('card payment without a requestId', question)
      const heard =
        answer === undefined || answer === 'lost'
          ? 'lost'
          : { status: answer.status, body: answer.text, isReplay: false, retryAfter: undefined }
      payment.heard.push(heard)
    }
    await pause(random.between(100, 900))
  }
}

/** Tried until the database has a moment. */
async function withSeats({ attacked, over }: Attack): Promise<void> {
  while (!over.aborted) {
    const url = await attacked.databaseUrl()
    const isDone = await withDatabase(url, (pool) => addSeats(pool, 4_000)).then(
      () => true,
      () => false,
    )
    if (isDone) return
    await pause(500)
  }
}

export type ChainSale = { readonly id: string; readonly payment: string }

/** Payment requests to a wallet, paid on the local chain. */
export async function sellOnChain(attack: Attack, random: Random, callback: string, sold: ChainSale[]): Promise<void> {
  const headers = bearer(kupayToken)
  for (let number = 1; !attack.over.aborted; number++) {
    const id = `chain-${number}`
    const body = aKupayPayment({ id, order_number: id, amount: random.between(1, 9_999) / 100, callback_url: callback })
    const made = await insist(attack, 'chain create', { path: '/v1/payment/create', body, headers })
    if (made?.status === 200) {
      const payment = String(JSON.parse(made.text).payment_id)
      const paid = await insist(attack, 'chain pay', {
        path: `/sandbox/payments/${payment}/pay`,
        body: { chainId: 321 },
        headers: { ...headers, 'idempotency-key': id },
      })
      if (paid?.status === 200) sold.push({ id, payment })
    }
    await pause(random.between(500, 2_000))
  }
}

/** The merchant that is not attacked: how long it waits for an order. */
export async function watchOtherMerchant({ attacked, tally, ask, over }: Attack): Promise<void> {
  for (let number = 1; !over.aborted; number++) {
    const hurts = attacked.hurts()
    const before = performance.now()
    const body = anOrder({ merchantReference: `other-${number}` })
    const answer = await ask('other merchant create', {
      path: '/v2/orders',
      body,
      headers: bearer(secondScalapayMerchantKey),
    })
    if (hurts !== undefined && hurts === attacked.hurts() && answer !== 'lost' && answer.status === 200)
      tally.measure('another merchant waits for an order, ms', performance.now() - before)
    await pause(400)
  }
}
