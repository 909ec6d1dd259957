import assert from 'node:assert/strict'
import { test } from 'node:test'
import { testDatabase } from '../../../test/support/database.ts'
import type { OutgoingMessage, SendOutcome } from '../../app/message/message-transport.ts'
import { createSealer } from '../../app/shared/seal.ts'
import { insertMessages } from '../../db/message/insert-messages.ts'
import { listMessages } from '../../db/message/list-messages.ts'
import { timestampText } from '../../db/wire/connection.ts'
import type { NewMessage } from '../../domain/message/message.ts'
import { systemNow } from '../../kernel/clock.ts'
import { day, hour, minute, plus, second } from '../../kernel/instant.ts'
import { renderMessageFor } from '../../web/messages/render-message.ts'
import { createSendMessages } from './send-messages.ts'

const { pool } = await testDatabase()
const sealer = createSealer(Buffer.alloc(32, 1))
const sent: OutgoingMessage[] = []
const outcomes: SendOutcome[] = []
const job = createSendMessages({
  pool,
  sealer,
  render: renderMessageFor('https://pay.example'),
  transports: {
    email: {
      send: async (message) => {
        sent.push(message)
        return outcomes.shift() ?? { kind: 'sent' }
      },
    },
  },
})
const now = systemNow()

function aMessage(overrides: Partial<NewMessage> = {}): NewMessage {
  return {
    owner: 'shopper:1',
    cause: `test:${Math.random()}`,
    merchantId: null,
    channel: 'email',
    recipient: 'ada@example.com',
    language: 'it',
    facts: { kind: 'cancelled', shop: 'Shop', total: { currency: 'EUR', minor: '9000' } },
    createdAt: now,
    usefulUntil: null,
    ...overrides,
  }
}

async function put(...messages: NewMessage[]): Promise<void> {
  await pool.query(insertMessages(messages))
}

async function newest() {
  const [message] = await listMessages(pool, { merchantId: null, recipient: null, limit: 1 })
  assert(message)
  return message
}

test('sends once for one cause and channel, however often it is written', async () => {
  await put(aMessage({ cause: 'payment:A:1' }), aMessage({ cause: 'payment:A:1' }))
  await put(aMessage({ cause: 'payment:A:1', recipient: 'other@example.com' }))
  assert.equal(await job.runDue(now), 1)
  assert.equal(await job.runDue(now), 0)
  assert.equal(sent.length, 1)
  assert.equal(sent[0]?.recipient, 'ada@example.com')
  assert.match(`${sent[0]?.text}`, /90,00/)
  const message = await newest()
  assert.deepEqual([message.state, message.attempts, message.id], ['sent', 1, sent[0]?.id])
})

test('tries a message that was refused for now again, at its time and under the same id', async () => {
  outcomes.push({ kind: 'later', error: 'busy' }, { kind: 'later', error: 'busy' })
  await put(aMessage({ createdAt: plus(now, minute) }))
  await job.runDue(plus(now, minute))
  const due = await job.nextDue()
  assert.equal(due, plus(now, minute + 30_000_000n))
  assert.equal(await job.runDue(plus(now, minute)), 0)
  for (let i = 0; i < 2; i++) await job.runDue(plus(now, hour))
  assert.equal((await newest()).state, 'sent')
  assert.equal(new Set(sent.slice(-3).map((each) => each.id)).size, 1)
})

test('gives up after the last try, and at once when refused for good', async () => {
  outcomes.push(...Array.from({ length: 7 }, (): SendOutcome => ({ kind: 'later', error: 'busy' })))
  await put(aMessage({ createdAt: plus(now, 2n * day) }))
  for (let i = 0; i < 8; i++) await job.runDue(plus(now, 5n * day))
  assert.deepEqual([(await newest()).state, (await newest()).attempts], ['failed', 7])
  outcomes.push({ kind: 'refused', error: 'no such mailbox' })
  await put(aMessage({ createdAt: plus(now, 3n * day) }))
  await job.runDue(plus(now, 5n * day))
  assert.deepEqual([(await newest()).state, (await newest()).error], ['failed', 'no such mailbox'])
})

test('never sends again what may have been sent', async () => {
  outcomes.push({ kind: 'unknown', error: 'silence' })
  await put(aMessage({ createdAt: plus(now, 10n * day) }))
  await job.runDue(plus(now, 11n * day))
  assert.equal((await newest()).state, 'unknown')
  const before = sent.length
  await put(aMessage({ createdAt: plus(now, 12n * day) }))
  const { id } = await newest()
  // A process that took it and did not live to write the result.
  await pool.query(
    "update message set state = 'sending', next_attempt_at = null, claimed_until = now() - interval '1 s' where message_id = $1",
    [id],
  )
  assert.equal(await job.runDue(plus(now, 13n * day)), 1)
  assert.equal((await newest()).state, 'unknown')
  assert.equal(sent.length, before)
})

test('opens a code only to send it, and sends none that has lost its use', async () => {
  const facts = { kind: 'code', sealedCode: sealer.seal('493817').toString('base64'), minutes: 10 } as const
  await put(aMessage({ facts, createdAt: plus(now, 20n * day), usefulUntil: plus(now, 20n * day + 10n * minute) }))
  outcomes.push({ kind: 'later', error: 'busy' })
  const { rows } = await pool.query('select m::text as row from message m order by created_at desc limit 1')
  assert.doesNotMatch(rows[0].row, /493817/)
  await job.runDue(plus(now, 20n * day))
  assert.match(`${sent.at(-1)?.text}`, /493817/)
  const count = sent.length
  await pool.query("update message set next_attempt_at = $1 where state = 'pending'", [
    timestampText(plus(now, 20n * day + 10n * minute + second)),
  ])
  await job.runDue(plus(now, 21n * day))
  assert.equal((await newest()).state, 'failed')
  assert.equal(sent.length, count)
})

test('says so when a channel has no provider', async () => {
  await put(aMessage({ channel: 'sms', createdAt: plus(now, 30n * day) }))
  await job.runDue(plus(now, 30n * day))
  assert.equal((await newest()).error, 'no provider is set for sms')
})
