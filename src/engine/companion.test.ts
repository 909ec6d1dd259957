import assert from 'node:assert/strict'
import { beforeEach, test } from 'node:test'
import { testDatabase } from '../../test/support/database.ts'
import { accepted, addMerchant, createOrder, reasonOf, run, testEngine } from '../../test/support/payments/engine.ts'
import { aNewPayment, someTime } from '../../test/support/payments/factories.ts'
import { checkLedger } from '../app/payment/check-ledger.ts'
import { findPayment } from '../db/payment/payments.ts'
import type { Transfer } from '../domain/ledger/transfer.ts'
import { EUR } from '../kernel/currency.ts'
import { newCommandId } from '../kernel/ids.ts'
import type { Attachment } from './attachment.ts'
import type { Companion } from './companion.ts'

/*
 * A companion of the test's own: each payment may take one of a number of tickets, which are rows of a table of its own.
 */

const { url, pool, change } = await testDatabase()
await change('create table ticket (number integer primary key, payment_id text)')
await pool.query('insert into ticket select generate_series(1, 5)')
const loads: number[] = []

/** A ticket that the companion refuses by a reason that is none of the action's. */
const misnamed = 99

type TicketAttachment = Attachment & { readonly number: number }

function ticketOf(command: { readonly attachments?: readonly Attachment[] }): TicketAttachment | undefined {
  return command.attachments?.find((each): each is TicketAttachment => each.companion === 'tickets')
}

const tickets: Companion = {
  name: 'tickets',
  concerns: (command) => ticketOf(command) !== undefined,
  load: async (carriers, send) => {
    loads.push(carriers.length)
    const numbers = carriers.map(({ command }) => ticketOf(command)?.number)
    const text = 'select number from ticket where number = any($1) and payment_id is null order by number for update'
    const { rows } = await send((sender) => sender.query<{ number: number }>(text, [numbers]))
    const free = new Set(rows.map((row) => row.number))
    const taken: { number: number | undefined; paymentId: string }[] = []
    return {
      refuse: ({ command }) => {
        const number = ticketOf(command)?.number ?? 0
        // Nobody who creates an order has words for a sold-out event: a companion that says so is wrong.
        if (number === misnamed) return { reason: 'sold_out', left: free.size }
        return free.has(number) ? undefined : { reason: 'key_reused' }
      },
      keep: ({ command, paymentId }) => {
        const number = ticketOf(command)?.number
        free.delete(number ?? 0)
        taken.push({ number, paymentId })
      },
      statements: () =>
        taken.map(({ number, paymentId }) => ({
          name: 'take_ticket',
          text: 'update ticket set payment_id = $2 where number = $1',
          values: [number, paymentId],
        })),
      entries: () => ({
        events: taken.map((each) => ({
          ...soldTo(each),
          commandId: newCommandId(),
          announcedAs: 'captured',
          details: '{"a":1}',
          event: sold,
        })),
        transfers: taken.map((each) => ({ ...soldTo(each), sequence: 1, line: 0, transfer: price, at: someTime })),
      }),
    }
  },
}

const sold = {
  ...{
    sequence: 1,
    kind: 'sold',
    state: 'sold',
    amount: 5n,
    total: null,
    merchantReference: null,
    note: null,
    at: someTime,
  },
}
const price: Transfer = {
  ...{ kind: 'capture', debit: 'shopper_receivable', credit: 'merchant_payable', currency: EUR, amount: 5n },
}

function soldTo({ paymentId }: { paymentId: string }) {
  return { merchantId: merchant.id, sourceKind: 'payout', sourceId: `ticket-${paymentId}` } as const
}

const engine = testEngine(url, { companions: [tickets] })
const merchant = await addMerchant(pool)
const create = { kind: 'create', ...aNewPayment() } as const

function ticket(number: number): { attachments: TicketAttachment[] } {
  return { attachments: [{ companion: 'tickets', weight: 0, number }] }
}

async function holderOf(number: number): Promise<string | null | undefined> {
  const { rows } = await pool.query<{ payment_id: string | null }>('select payment_id from ticket where number = $1', [
    number,
  ])
  return rows[0]?.payment_id
}

beforeEach(() => loads.splice(0))

test('writes what a companion keeps in the transaction of the payment', async () => {
  const { payment } = accepted(await run(engine, merchant, null, create, ticket(1)))
  assert.equal(await holderOf(1), payment.id)
})

test('writes movements and events of another source in the same transaction, announced to endpoints', async () => {
  await pool.query(
    `insert into webhook_endpoint (merchant_id, endpoint_id, kind, url, secret, created_at)
     values ($1, gen_random_uuid(), 'http', 'http://shop.test', '', now())`,
    [merchant.id],
  )
  const { payment } = accepted(await run(engine, merchant, null, create, ticket(5)))
  const { rows } = await pool.query(
    `select m.event, e.kind, e.amount, t.amount as moved from webhook_message m
     join event e using (merchant_id, source_kind, source_id, sequence)
     join transfer t using (merchant_id, source_kind, source_id, sequence)
     where m.merchant_id = $1 and source_kind = 'o' and source_id = $2`,
    [merchant.id, `ticket-${payment.id}`],
  )
  assert.deepEqual(rows, [{ event: 'captured', kind: 'sold', amount: 5n, moved: 5n }])
  const [found, ...others] = (await checkLedger(pool, merchant.id)).discrepancies.filter(
    (each) => each.sourceId === `ticket-${payment.id}`,
  )
  // Nothing proves a payout's books here, so its movements are named instead of believed.
  assert.deepEqual([found?.name, others.length], ['transfers_without_source', 0])
})

test('lets a companion refuse what the payment would allow, and changes nothing then', async () => {
  const replies = await Promise.all([1, 2].map(() => run(engine, merchant, null, create, ticket(2))))
  assert.deepEqual(replies.map(reasonOf).toSorted(), ['accepted', 'key_reused'])
  const id = await createOrder(engine, merchant)
  const before = await findPayment(pool, merchant.id, id)
  assert.equal(
    reasonOf(await run(engine, merchant, id, { kind: 'update_references', merchantReference: 'no' }, ticket(2))),
    'key_reused',
  )
  assert.deepEqual(await findPayment(pool, merchant.id, id), before)
})

test('takes a refusal that is none of the action for a bug, and changes nothing then', async () => {
  const id = await createOrder(engine, merchant)
  const before = await findPayment(pool, merchant.id, id)
  const update = { kind: 'update_references', merchantReference: 'no' } as const
  await assert.rejects(run(engine, merchant, id, update, ticket(misnamed)), /a reason of the action's own/)
  assert.deepEqual(await findPayment(pool, merchant.id, id), before)
})

test('keeps nothing for a command that its payment refuses', async () => {
  const id = await createOrder(engine, merchant)
  assert.equal(reasonOf(await run(engine, merchant, id, { kind: 'capture' }, ticket(3))), 'wrong_state')
  assert.equal(await holderOf(3), null)
})

test('looks under lock at a payment that concerns a companion, whatever its command has last seen', async () => {
  const id = await createOrder(engine, merchant)
  const lastSeen = accepted(
    await run(engine, merchant, id, { kind: 'update_references', merchantReference: 'a' }),
  ).payment
  await run(engine, merchant, id, { kind: 'update_references', merchantReference: 'b' })
  const action = { kind: 'update_references', processorReference: 'p' } as const
  const reply = accepted(await run(engine, merchant, id, action, { lastSeen, ...ticket(4) }))
  assert.equal(reply.payment.merchantReference, 'b')
  assert.equal(loads.length, 1)
})

test('asks nothing of a companion that no command concerns', async () => {
  await createOrder(engine, merchant)
  assert.deepEqual(loads, [])
})

test('refuses an attachment that no companion reads', async () => {
  const attachments = [{ companion: 'nobody', weight: 0 }]
  await assert.rejects(run(engine, merchant, null, create, { attachments }), /no companion is named nobody/)
})
