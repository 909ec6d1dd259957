import assert from 'node:assert/strict'
import { test } from 'node:test'
import { inspect } from 'node:util'
import { EUR } from '../../../kernel/currency.ts'
import { newAttemptId } from '../../../kernel/ids.ts'
import { instantFromMillis } from '../../../kernel/instant.ts'
import { money } from '../../../kernel/money.ts'
import { Secret } from '../../../kernel/secret.ts'
import type { AcquirerRequest, CardAcquirer } from '../../rail.ts'
import { createSandbox } from './sandbox.ts'

const deadlineMs = 1000
const clock = { now: () => instantFromMillis(Date.UTC(2026, 5, 15)) }

function sale(number: string, attemptId = newAttemptId()): AcquirerRequest {
  const card = {
    number: new Secret(number),
    securityCode: new Secret('9041'),
    expiryMonth: 12,
    expiryYear: 2030,
  }
  return { purpose: 'sale', attemptId, amount: money(EUR, 1999n), card }
}

async function approvedReference(acquirer: CardAcquirer): Promise<string> {
  const outcome = await acquirer.perform(sale('4242424242424242'), deadlineMs)
  assert.equal(outcome.kind, 'succeeded')
  return outcome.kind === 'succeeded' ? outcome.railReference : ''
}

test('approves a test card and finds the attempt with the same answer', async () => {
  const sandbox = createSandbox(clock)
  const request = sale('4242424242424242')
  const outcome = await sandbox.perform(request, deadlineMs)
  assert.deepEqual(outcome, {
    kind: 'succeeded',
    railReference: `sandbox_${request.attemptId}`,
    code: '00',
    payload: { responseCode: '00' },
  })
  assert.deepEqual(await sandbox.find(request.attemptId, deadlineMs), outcome)
})

test('answers the first answer to a repeated attempt, whatever it asks the second time', async () => {
  const sandbox = createSandbox(clock)
  const request = sale('4000000000009995')
  const first = await sandbox.perform(request, deadlineMs)
  assert.equal(first.kind === 'declined' && first.reason, 'insufficient_funds')
  assert.deepEqual(await sandbox.perform(sale('4242424242424242', request.attemptId), deadlineMs), first)
  assert.deepEqual(await sandbox.find(request.attemptId, deadlineMs), first)
})

test('has never seen an unknown attempt and refuses it from then on', async () => {
  const sandbox = createSandbox(clock)
  const request = sale('4242424242424242')
  assert.deepEqual(await sandbox.find(request.attemptId, deadlineMs), { kind: 'never_seen' })
  const late = await sandbox.perform(request, deadlineMs)
  assert.equal(late.kind === 'declined' && late.reason, 'duplicate')
  assert.deepEqual(await sandbox.find(request.attemptId, deadlineMs), { kind: 'never_seen' })
})

test('lets capture, refund and void of its own reference through, each under its own reference', async () => {
  const sandbox = createSandbox(clock)
  const railReference = await approvedReference(sandbox)
  for (const purpose of ['capture', 'refund', 'void'] as const) {
    const request = { purpose, attemptId: newAttemptId(), amount: money(EUR, 1n), railReference }
    const outcome = await sandbox.perform(request, deadlineMs)
    assert.equal(outcome.kind === 'succeeded' && outcome.railReference, `sandbox_${request.attemptId}`)
  }
})

test('takes a reference that outlived its memory, since payments outlive the process', async () => {
  const railReference = await approvedReference(createSandbox(clock))
  const request = { purpose: 'refund', attemptId: newAttemptId(), amount: money(EUR, 1n), railReference } as const
  assert.equal((await createSandbox(clock).perform(request, deadlineMs)).kind, 'succeeded')
})

test('refuses a reference that another acquirer gave', async () => {
  const request = {
    purpose: 'refund',
    attemptId: newAttemptId(),
    amount: money(EUR, 1n),
    railReference: '77-4242',
  } as const
  const outcome = await createSandbox(clock).perform(request, deadlineMs)
  assert.equal(outcome.kind === 'declined' && outcome.reason, 'not_permitted')
})

test('shows neither card number nor security code in any answer', async () => {
  const sandbox = createSandbox(clock)
  for (const number of ['4242424242424242', '4000000000000002', '6011000990139424']) {
    const request = sale(number)
    const seen = inspect([
      await sandbox.perform(request, deadlineMs),
      await sandbox.find(request.attemptId, deadlineMs),
      request,
    ])
    assert.ok(!seen.includes(number) && !seen.includes('9041'))
  }
})
