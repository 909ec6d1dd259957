import { execFile } from 'node:child_process'
import { createReadStream } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as pause } from 'node:timers/promises'
import { promisify } from 'node:util'
import type pg from 'pg'
import { compareCardBooks, compareSeats } from '../support/crash/crash-card-books.ts'
import type { CardPayment } from '../support/crash/crash-card-payments.ts'
import { assertSigned, type Shop } from '../support/crash/crash-webhooks.ts'
import { everyRow } from '../support/every-row.ts'
import type { Attacked } from './attacked.ts'
import { ownCard } from './hostile.ts'
import type { ChainSale, Sold } from './shops.ts'
import type { Tally } from './tally.ts'

const run = promisify(execFile)
const program = join(import.meta.dirname, '../../src/cli/tercet.js')

export type Told = {
  readonly orders: readonly Sold[]
  readonly cards: readonly CardPayment[]
  readonly chain: readonly ChainSale[]
  readonly receiver: Shop
  readonly secret: string
  readonly apiKey: string
}

/** Every proof there is, each by itself: one that fails surprises, and the others are made all the same. */
export async function proveBooks(attacked: Attacked, pool: pg.Pool, told: Told, tally: Tally): Promise<void> {
  const proofs: Readonly<Record<string, () => Promise<unknown>>> = {
    'the ledger agrees with every payment': () => checkByCommand(attacked),
    'every acknowledged order is there once, as it was answered': () => compareOrders(pool, told.orders, tally),
    'the acquirer and we have the same book': () => compareWithAcquirer(attacked, pool, told.cards, tally),
    'every payment on the chain is there once, and paid': () => compareChain(pool, told.chain, tally),
    'every final state was told at least once, signed': () => compareWebhooks(told, tally),
    'no card number is in any table or log': () => findCards(attacked, pool),
  }
  for (const [name, proof] of Object.entries(proofs)) {
    try {
      const what = await proof()
      tally.count(`proved: ${name}${typeof what === 'string' ? ` (${what})` : ''}`)
    } catch (error) {
      tally.surprise(`not proved: ${name}`, error instanceof Error ? error.message : error)
    }
  }
}

async function checkByCommand({ data }: Attacked): Promise<string> {
  const env = { PATH: process.env.PATH, TERCET_DATA: data }
  const { stdout } = await run(process.execPath, [program, 'ledger', 'check'], { env, maxBuffer: 2 ** 26 })
  return stdout.trim().split('\n').at(-1) ?? ''
}

async function compareOrders(pool: pg.Pool, orders: readonly Sold[], tally: Tally): Promise<string> {
  const { rows } = await pool.query<Omit<Sold, 'heard' | 'isCut'>>(
    `select merchant_reference as reference, payment_id as token, captured::int, refunded::int from payment
      where merchant_reference like 'shop-%'`,
  )
  const found = Map.groupBy(rows, ({ reference }) => reference)
  for (const order of orders) {
    const all = found.get(order.reference) ?? []
    const [one] = all
    const isThere = order.token === '' ? all.length <= 1 : all.length === 1 && one?.token === order.token
    // What was asked for last and never answered may have happened or not.
    const isAsTold = order.isCut
      ? Number(one?.captured ?? 0) >= order.captured && Number(one?.refunded ?? 0) >= order.refunded
      : one?.captured === order.captured && one.refunded === order.refunded
    if (!isThere || !isAsTold) tally.surprise('an order is not as it was answered', { order, all })
  }
  return `${orders.length} orders`
}

async function compareWithAcquirer(
  attacked: Attacked,
  pool: pg.Pool,
  cards: readonly CardPayment[],
  tally: Tally,
): Promise<string> {
  const answer = await fetch(`${(await attacked.simulator()).url}/control/book`)
  const { entries } = (await answer.json()) as { entries: Parameters<typeof compareCardBooks>[1] }
  await compareCardBooks(pool, entries, cards)
  await compareSeats(pool, cards)
  tally.count('lines of the acquirer’s book', entries.length)
  return `${cards.length} card payments`
}

async function compareChain(pool: pg.Pool, sales: readonly ChainSale[], tally: Tally): Promise<string> {
  const { rows } = await pool.query<{ id: string; state: string }>(
    `select payment_id as id, state from payment where payment_id = any($1)`,
    [sales.map(({ payment }) => payment)],
  )
  const states = new Map(rows.map(({ id, state }) => [id, state]))
  for (const { payment } of sales)
    if (states.get(payment) !== 'captured')
      tally.surprise('a payment on the chain is not paid', { payment, state: states.get(payment) })
  return `${sales.length} payments`
}

async function compareWebhooks({ orders, receiver, secret, apiKey }: Told, tally: Tally): Promise<string> {
  const heard = Map.groupBy(receiver.arrivals, ({ token }) => token)
  let final = 0
  for (const order of orders.filter(({ isCut, token }) => !isCut && token !== '')) {
    const wanted =
      order.captured === 0
        ? ['refunded_not_charged']
        : ['charged', ...(order.refunded > 0 ? ['partially_refunded'] : [])]
    const arrived = (heard.get(order.token) ?? []).filter(({ answered }) => answered === 200)
    for (const status of wanted) {
      final += 1
      if (!arrived.some((each) => each.status === status))
        tally.surprise('a final state was never told', { order, status })
    }
  }
  for (const arrival of receiver.arrivals.filter(({ token }) => token?.startsWith('SHOP')).slice(-2_000))
    assertSigned(arrival, secret, apiKey)
  tally.count('webhooks received', receiver.arrivals.length)
  return `${final} states`
}

/** Waits until no message is on its way any more: the receiver answers everything by now. A minute without any progress surprises. */
export async function awaitMessages(pool: pg.Pool, tally: Tally): Promise<void> {
  const left = `select count(*)::int as left from webhook_message m
    where state = 'pending' and source_id like 'SHOP%'`
  let fewest = Number.POSITIVE_INFINITY
  for (let idle = 0; idle < 60; idle++) {
    const { rows } = await pool.query<{ left: number }>(left)
    const now = rows[0]?.left ?? 0
    if (now === 0) return
    if (now < fewest) idle = 0
    fewest = Math.min(fewest, now)
    await pause(1_000)
  }
  tally.surprise('webhooks are still on their way', { fewest })
}

async function findCards({ log, errors, data }: Attacked, pool: pg.Pool): Promise<string> {
  const secret = new RegExp([...ownCard].join('[ -]?'))
  for (const { name, text } of await everyRow(pool))
    if (secret.test(text)) throw new Error(`a card number is in ${name}`)
  let lines = 0
  for (const file of [log, errors, join(data, 'postgres.log')])
    for await (const line of createInterface({ input: createReadStream(file) })) {
      lines += 1
      if (secret.test(line)) throw new Error(`a card number is in ${file}, line ${lines}`)
    }
  return `${lines} lines of logs`
}
