import assert from 'node:assert/strict'
import { test } from 'node:test'
import { aMerchant, aNewPayment, aPayment, someTime } from '../../test/support/payments/factories.ts'
import { newCommandId, newPaymentId } from '../kernel/ids.ts'
import { hour, plus } from '../kernel/instant.ts'
import type { Command, IdempotencyClaim, Reply } from './command.ts'
import { decideBatch, type Facts, type Verdict } from './decide-batch.ts'
import { Entry } from './entry.ts'

const nothing: Facts = { payments: [], lastSeen: [], responses: [], applied: [], companions: [] }
const merchant = aMerchant()

function anEntry(command: Partial<Command> = {}): Entry {
  const action = { kind: 'create', ...aNewPayment() } as const
  const activity = { entries: 1, changes: 0 }
  const whole = { id: newCommandId(), merchant, paymentId: null, action, ...command }
  return new Entry(
    whole,
    activity,
    0,
    () => {},
    () => {},
  )
}

function aClaim(key: string): IdempotencyClaim {
  return { operation: 'test', key, bodyHash: Buffer.alloc(32), render: ({ payment }) => payment.id }
}

function replyOf(verdict: Verdict | undefined): Reply {
  return verdict && 'reply' in verdict ? verdict.reply : assert.fail('no reply')
}

test('claims keys in an order that every process has, whatever order they came in', () => {
  const claimed = (keys: string[]) =>
    decideBatch(
      keys.map((key) => anEntry({ idempotency: aClaim(key) })),
      nothing,
      someTime,
    ).writes.responses.map((response) => response.key)
  assert.deepEqual(claimed(['b', 'c', 'a']), ['a', 'b', 'c'])
  assert.deepEqual(claimed(['c', 'a', 'b']), ['a', 'b', 'c'])
})

test('answers a command that was committed as its own, not as a replay of the key it took', () => {
  const entry = anEntry({ idempotency: aClaim('mine') })
  const first = decideBatch([entry], nothing, someTime)
  const reply = replyOf(first.verdicts[0])
  assert(reply.kind === 'accepted')
  const facts: Facts = {
    ...nothing,
    payments: [{ payment: reply.payment, details: '{}' }],
    responses: first.writes.responses,
    applied: reply.events.map((event) => ({ commandId: entry.command.id, event })),
  }
  const again = decideBatch([entry], facts, someTime)
  const second = replyOf(again.verdicts[0])
  assert(second.kind === 'accepted')
  assert.deepEqual([second.payment, second.events], [reply.payment, reply.events])
  assert.deepEqual([again.writes.inserted, again.writes.events, again.writes.responses], [[], [], []])
  const rival = anEntry({ idempotency: aClaim('mine') })
  rival.paymentId = newPaymentId(merchant.prefix)
  assert.deepEqual(replyOf(decideBatch([rival], { ...facts, applied: [] }, someTime).verdicts[0]), {
    kind: 'replayed',
    response: reply.payment.id,
  })
})

test('lets nothing happen to a payment before what has happened to it, whatever the clock here says', () => {
  const payment = aPayment({ state: 'authorized' })
  const later = plus(payment.createdAt, hour)
  const command = { paymentId: payment.id, action: { kind: 'capture' } } as const
  const known = [
    { ...payment, changedAt: later },
    { ...payment, authorizedAt: later },
  ]
  const all = known.map((each) => ({ ...nothing, payments: [{ payment: each, details: null }] }))
  for (const at of [undefined, payment.createdAt]) {
    for (const facts of all) {
      const { writes } = decideBatch([anEntry({ ...command, ...(at && { at }) })], facts, payment.createdAt)
      assert.deepEqual(
        writes.events.map(({ event }) => event.at),
        [later],
      )
    }
  }
})
