import assert from 'node:assert/strict'
import { beforeEach, test } from 'node:test'
import { testDatabase } from '../../test/support/database.ts'
import { accepted, addMerchant, createOrder, reasonOf, run, testEngine } from '../../test/support/payments/engine.ts'
import { aNewPayment } from '../../test/support/payments/factories.ts'
import { findPayment } from '../db/payment/payments.ts'
import type { Attachment } from './attachment.ts'
import type { Companion } from './companion.ts'

/*
 * A companion of the test's own: each payment may take one of a number of tickets, which are rows of a table of its own.
 */

const { url, pool } = await testDatabase()
await pool.query(`create table ticket (number integer primary key, payment_id text);
  insert into ticket select generate_series(1, 4)`)
const loads: number[] = []

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
      refuse: ({ command }) =>
        free.has(ticketOf(command)?.number ?? 0) ? undefined : { reason: 'sold_out', left: free.size },
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
    }
  },
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

test('lets a companion refuse what the payment would allow, and changes nothing then', async () => {
  const replies = await Promise.all([1, 2].map(() => run(engine, merchant, null, create, ticket(2))))
  assert.deepEqual(replies.map(reasonOf).toSorted(), ['accepted', 'sold_out'])
  const id = await createOrder(engine, merchant)
  const before = await findPayment(pool, merchant.id, id)
  assert.equal(
    reasonOf(await run(engine, merchant, id, { kind: 'update_references', merchantReference: 'no' }, ticket(2))),
    'sold_out',
  )
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
