import assert from 'node:assert/strict'
import type pg from 'pg'
import { checkLedger } from '../../../src/app/payment/check-ledger.ts'
import type { PaymentState } from '../../../src/domain/payment/state.ts'
import type { BookLine } from '../../../src/rails/card/valitor/simulator/book.ts'
import { answersOf, type CardPayment } from './crash-card-payments.ts'
import type { Answer } from './crash-client.ts'

type Attempt = {
  readonly id: string
  readonly purpose: string
  readonly state: 'pending' | 'succeeded' | 'declined'
  readonly amount: string
  readonly reference: string | null
  readonly code: string | null
}

type Found = {
  readonly tag: string
  readonly state: PaymentState
  readonly total: string
  readonly attempts: Attempt[]
}

/**
 * Compares the acquirer's own book with ours, reference by reference, and both with what the shops were told. Nothing may
 * be on its way any more.
 */
export async function compareCardBooks(
  pool: pg.Pool,
  book: readonly BookLine[],
  payments: readonly CardPayment[],
): Promise<void> {
  const found = Map.groupBy(await findPayments(pool), ({ tag }) => tag)
  const lines = new Map(book.map((line) => [line.reference, line]))
  const attempts = [...found.values()].flat().flatMap((payment) => payment.attempts)
  for (const attempt of attempts) compareAttempt(attempt, lines.get(attempt.id))
  const ours = new Set(attempts.map(({ id }) => id))
  const unknown = book.filter(({ reference }) => !ours.has(reference))
  assert.deepEqual(unknown, [], 'the acquirer was called without a record')
  for (const payment of payments) comparePayment(payment, found.get(payment.tag) ?? [], lines)
}

function compareAttempt({ id, state, amount, reference, code }: Attempt, line: BookLine | undefined): void {
  const where = `attempt ${id}`
  assert.notEqual(state, 'pending', `${where} is settled`)
  if (state === 'succeeded') {
    assert.equal(line?.code, '00', `${where} is approved in the acquirer's book`)
    assert.deepEqual([line.minor, String(line.transaction)], [amount, reference?.split('-')[0]], where)
    return
  }
  assert.notEqual(line?.code, '00', `${where} is not approved in the acquirer's book`)
  if (line && line.state === 'declined') assert.equal(code, line.code, `${where} has the acquirer's code`)
}

function comparePayment(payment: CardPayment, found: readonly Found[], lines: ReadonlyMap<string, BookLine>): void {
  const { tag, amount } = payment
  assert(found.length <= 1, `${tag} was made ${found.length} times`)
  const [made] = found
  const sales = (made?.attempts ?? []).flatMap(({ id }) => lines.get(id) ?? []).filter(isSale)
  const kept = sales.reduce((sum, { minor, refunded, state }) => {
    return state === 'approved' ? sum + Number(minor) - Number(refunded) : sum
  }, 0)
  assert.equal(kept, made?.state === 'captured' ? amount : 0, `${tag} (${made?.state}) moved once or not at all`)
  if (made) assert.deepEqual([Number(made.total), ['captured', 'failed'].includes(made.state)], [amount, true], tag)
  const answers = answersOf(payment)
  compareAnswers(tag, answers, made?.state)
  if (answers.length > 0 && payment.heard.every((each) => each !== 'lost' && each.status === 404))
    assert.deepEqual(sales, [], `${tag} was told that nothing was requested`)
}

function isSale({ operation }: BookLine): boolean {
  return operation === 'NETGREIDSLA'
}

/** What was said once is said again, byte for byte; 404 only for a call that requested nothing. */
function compareAnswers(tag: string, answers: readonly Answer[], state: PaymentState | undefined): void {
  const settled = answers.filter(({ status }) => status === 200)
  assert(
    answers.every(({ status }) => status === 200 || status === 404),
    `${tag} is answered 200 or 404`,
  )
  assert(new Set(settled.map(({ body }) => body)).size <= 1, `${tag} is answered the same each time`)
  for (const { body } of settled.slice(0, 1)) {
    assert.equal(JSON.parse(body).success, state === 'captured', `${tag} (${state}) was answered ${body}`)
  }
}

/** Seats that are taken are those that are held, and those that are held are those that were sold. */
export async function compareSeats(pool: pg.Pool, payments: readonly CardPayment[]): Promise<void> {
  const { rows } = await pool.query<{ taken: string; held: string; sold: string[] | null }>(
    `select (select sum(taken) from event_capacity)::text as taken,
       (select coalesce(sum(quantity), 0) from catalogue_hold where product_uuid is not null)::text as held,
       (select array_agg(o.details::text) from catalogue_order o
          join payment p using (merchant_id, payment_id) where p.state = 'captured') as sold`,
  )
  const [row] = rows
  const sold = new Set(row?.sold?.map(tagOf))
  const seats = payments.reduce((sum, { tag, seats: wanted }) => (sold.has(tag) ? sum + wanted : sum), 0)
  assert.deepEqual([Number(row?.taken), Number(row?.held)], [seats, seats], 'seats taken are seats sold')
}

/** Seats for as long as the rounds go on, and not for all who want one. */
export async function addSeats(pool: pg.Pool, capacity: number): Promise<void> {
  await pool.query('update event_capacity set capacity = greatest(capacity, $1)', [capacity])
}

export async function proveLedger(pool: pg.Pool): Promise<void> {
  const { discrepancies } = await checkLedger(pool)
  assert.deepEqual(discrepancies, [])
}

async function findPayments(pool: pg.Pool): Promise<Found[]> {
  const { rows } = await pool.query<Omit<Found, 'attempts' | 'tag'> & { attempts: string; details: string }>(
    `select o.details::text as details, p.state, p.total::text,
       json_agg(json_build_object('id', a.attempt_id, 'purpose', a.purpose, 'state', a.state,
         'amount', a.amount::text, 'reference', a.rail_reference, 'code', a.code))::text as attempts
     from catalogue_order o join payment p using (merchant_id, payment_id)
       join attempt a using (merchant_id, payment_id)
     group by o.merchant_id, o.payment_id, o.details::text, p.state, p.total`,
  )
  return rows.map(({ details, ...row }) => ({
    ...row,
    tag: tagOf(details),
    attempts: JSON.parse(row.attempts) as Attempt[],
  }))
}

/** What the shop calls the payment. Read here: half a pair of surrogates in a comment is JSON, but not to PostgreSQL. */
function tagOf(details: string): string {
  return JSON.parse(details).asSent?.comment
}
