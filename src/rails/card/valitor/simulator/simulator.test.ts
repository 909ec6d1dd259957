import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { inspect } from 'node:util'
import { ISK } from '../../../../kernel/currency.ts'
import { type AttemptId, newAttemptId } from '../../../../kernel/ids.ts'
import { money } from '../../../../kernel/money.ts'
import { Secret } from '../../../../kernel/secret.ts'
import type { AcquirerRequest, CardAcquirer } from '../../../rail.ts'
import { createAcquirerHttp } from '../../acquirer-http.ts'
import { testCards } from '../../test-cards.ts'
import { createValitor } from '../valitor.ts'
import type { Fault, NonsenseShape } from './faults.ts'
import { defaultSettings } from './settings.ts'
import { type Simulator, startSimulator } from './start-simulator.ts'

const long = 30_000 // a deadline that no passing test comes near
const short = 150 // a deadline that is meant to pass
const http = createAcquirerHttp()
let folder = ''
let bookFile = ''
let simulator: Simulator
let acquirer: CardAcquirer

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tercet-simulator-'))
  bookFile = join(folder, 'book')
  simulator = await startSimulator({ bookFile })
  acquirer = acquirerAt(simulator)
})

after(async () => {
  await http.close()
  await simulator.stop()
  await rm(folder, { recursive: true })
})

function acquirerAt({ url }: Simulator, password = defaultSettings.password): CardAcquirer {
  return createValitor(
    { ...defaultSettings, endpoint: `${url}/greidslugatt.asmx`, password: new Secret(password) },
    http,
  )
}

function payment(purpose: 'sale' | 'authorize' = 'sale', number = '4242424242424242'): AcquirerRequest {
  const card = { number: new Secret(number), securityCode: new Secret('9041'), expiryMonth: 12, expiryYear: 2090 }
  return { purpose, attemptId: newAttemptId(), amount: money(ISK, 1000n), card }
}

function later(purpose: 'capture' | 'refund' | 'void', railReference: string, minor = 1000n): AcquirerRequest {
  return { purpose, attemptId: newAttemptId(), amount: money(ISK, minor), railReference }
}

async function approvedReference(request: AcquirerRequest): Promise<string> {
  const outcome = await acquirer.perform(request, long)
  assert.equal(outcome.kind, 'succeeded', inspect(outcome))
  return outcome.kind === 'succeeded' ? outcome.railReference : ''
}

async function reasonOf(request: AcquirerRequest): Promise<string> {
  const outcome = await acquirer.perform(request, long)
  return outcome.kind === 'declined' ? outcome.reason : outcome.kind
}

async function stateOf(attemptId: AttemptId): Promise<string | undefined> {
  const { entries } = await simulator.control.book()
  return entries.find(({ reference }) => reference === attemptId)?.state
}

test('sells, authorizes, captures, refunds and voids', async () => {
  const sale = await approvedReference(payment())
  assert.match(sale, /^\d{7}-4242$/)
  await approvedReference(later('refund', sale, 400n))
  assert.equal(await reasonOf(later('refund', sale, 601n)), 'limit_exceeded')
  const authorization = await approvedReference(payment('authorize'))
  await approvedReference(later('capture', authorization, 600n))
  await approvedReference(later('refund', authorization, 600n))
  await approvedReference(later('void', await approvedReference(payment())))
})

test('answers each test card of the sandbox, and any other number, by its reason', async () => {
  for (const [number, verdict] of Object.entries(testCards)) {
    assert.equal(await reasonOf(payment('sale', number)), verdict.approved ? 'succeeded' : verdict.reason)
  }
  assert.equal(await reasonOf(payment('sale', '6011000990139424')), 'invalid_card_number')
})

test('finds an approved and a declined attempt as they were answered', async () => {
  const approved = payment()
  const outcome = await acquirer.perform(approved, long)
  assert.deepEqual(await acquirer.find(approved.attemptId, long), outcome)
  const declined = payment('sale', '4000000000009995')
  await acquirer.perform(declined, long)
  const found = await acquirer.find(declined.attemptId, long)
  assert.equal(found.kind === 'declined' && found.reason, 'insufficient_funds')
})

test('has never seen an unknown attempt, and refuses it from then on', async () => {
  const request = payment()
  assert.deepEqual(await acquirer.find(request.attemptId, long), { kind: 'never_seen' })
  assert.equal((await acquirer.perform(request, long)).kind, 'unknown')
  assert.deepEqual(await acquirer.find(request.attemptId, long), { kind: 'never_seen' })
  assert.equal(await stateOf(request.attemptId), 'closed')
})

test('declines with wrong credentials and knows nothing by asking with them', async () => {
  const stranger = acquirerAt(simulator, 'wrong')
  const request = payment()
  const outcome = await stranger.perform(request, long)
  assert.equal(outcome.kind === 'declined' && outcome.reason, 'processing_error')
  assert.equal((await stranger.find(request.attemptId, long)).kind, 'unknown')
  assert.equal(await stateOf(request.attemptId), undefined)
})

/** Each fault, what the first answer is, and what asking afterwards finds out. */
const faults: readonly [Fault, string, string][] = [
  [{ fault: 'decline', code: '43' }, 'lost_or_stolen_card', 'declined'],
  [{ fault: 'decline', code: 'AW' }, 'unknown', 'declined'],
  [{ fault: 'decline', code: 'ZZ' }, 'unknown', 'unknown'],
  [{ fault: 'cut_before' }, 'unknown', 'never_seen'],
  [{ fault: 'cut_after' }, 'unknown', 'succeeded'],
  [{ fault: 'duplicate' }, 'unknown', 'succeeded'],
  [{ fault: 'unavailable' }, 'unknown', 'never_seen'],
  [{ fault: 'nonsense' }, 'unknown', 'succeeded'],
  ...(['truncated', 'empty', 'huge', 'fault', 'other_reference', 'other_amount'] satisfies NonsenseShape[]).map(
    (shape): [Fault, string, string] => [{ fault: 'nonsense', shape }, 'unknown', 'succeeded'],
  ),
  [{ fault: 'nonsense', shape: 'no_transaction' }, 'unknown', 'succeeded'],
]

for (const [fault, first, found] of faults) {
  test(`is honest about ${inspect(fault)}: ${first}, then ${found}`, async () => {
    await simulator.control.faults([fault])
    const request = payment()
    assert.equal(await reasonOf(request), first)
    assert.equal((await acquirer.find(request.attemptId, long)).kind, found)
    assert.equal(await reasonOf(payment()), 'succeeded', 'the fault struck once')
  })
}

test('does not know within the deadline what a slow acquirer does', async () => {
  await simulator.control.faults([{ fault: 'slow', ms: 600_000 }])
  assert.deepEqual(await acquirer.perform(payment(), short), {
    kind: 'unknown',
    detail: 'no complete answer within the deadline',
  })
})

test('knows nothing while the receipt cannot be had, and everything afterwards', async () => {
  const request = payment()
  const ask = { match: { operation: 'KVITTUN' } }
  await simulator.control.faults([
    { fault: 'cut_after' },
    { ...ask, fault: 'unavailable' },
    { ...ask, fault: 'nonsense', shape: 'other_reference' },
    { ...ask, fault: 'cut_before' },
    { ...ask, fault: 'duplicate' },
  ])
  assert.equal(await reasonOf(request), 'unknown')
  for (let i = 0; i < 4; i++) assert.equal((await acquirer.find(request.attemptId, long)).kind, 'unknown')
  assert.equal((await acquirer.find(request.attemptId, long)).kind, 'succeeded')
})

test('strikes as often as told, and only the calls that match', async () => {
  await simulator.control.faults([{ fault: 'decline', code: '05', count: 2, match: { last4: '4444' } }])
  const results = []
  for (const last4 of ['4242424242424242', '5555555555554444', '5555555555554444', '5555555555554444']) {
    results.push(await reasonOf(payment('sale', last4)))
  }
  assert.deepEqual(results, ['succeeded', 'card_declined', 'card_declined', 'succeeded'])
  await assert.rejects(simulator.control.faults([{ fault: 'slow' } as Fault]), /must be a list of faults/)
})

test('moves money once when the same attempt is sent many times at once', async () => {
  const request = payment()
  const outcomes = await Promise.all(Array.from({ length: 30 }, () => acquirer.perform(request, long)))
  for (const outcome of outcomes) assert.deepEqual(outcome, outcomes[0])
  const { entries } = await simulator.control.book()
  assert.equal(entries.filter(({ reference }) => reference === request.attemptId).length, 1)
})

test('remembers after SIGKILL every approval that it answered, and those it could not answer', async () => {
  const answered = Array.from({ length: 20 }, () => payment())
  const outcomes = await Promise.all(answered.map((request) => acquirer.perform(request, long)))
  await simulator.control.faults([{ fault: 'cut_after' }])
  const unanswered = payment()
  assert.equal(await reasonOf(unanswered), 'unknown')
  const underWay = Array.from({ length: 20 }, () => payment())
  const racing = Promise.all(underWay.map((request) => acquirer.perform(request, long)))
  await simulator.kill()
  const raced = await racing
  simulator = await startSimulator({ bookFile })
  acquirer = acquirerAt(simulator)
  for (const [index, { attemptId }] of answered.entries()) {
    assert.deepEqual(await acquirer.find(attemptId, long), outcomes[index])
  }
  assert.equal((await acquirer.find(unanswered.attemptId, long)).kind, 'succeeded')
  for (const [index, { attemptId }] of underWay.entries()) {
    const before = raced[index]
    const found = await acquirer.find(attemptId, long)
    if (before?.kind === 'succeeded') assert.deepEqual(found, before)
    else if (before?.kind === 'declined') assert.deepEqual([before.code, found.kind], ['not_sent', 'never_seen'])
    else assert.ok(found.kind === 'succeeded' || found.kind === 'never_seen', found.kind)
  }
})

test('keeps card number and security code out of every outcome, the book and what the process prints', async () => {
  const spied = join(folder, 'spied')
  const child = spawn(process.execPath, [fileURLToPath(new URL('main.ts', import.meta.url)), '--book', spied])
  let seen = ''
  child.stdout.on('data', (chunk) => {
    seen += chunk
  })
  child.stderr.on('data', (chunk) => {
    seen += chunk
  })
  await once(child.stdout, 'data')
  const { url } = JSON.parse(seen) as { url: string }
  const own = acquirerAt({ ...simulator, url })
  for (const fault of faults.map(([first]) => first)) {
    await fetch(`${url}/control/faults`, { method: 'POST', body: JSON.stringify([fault]) })
    const request = payment('sale', '5200828282828210')
    seen += inspect([await own.perform(request, long), await own.find(request.attemptId, long), request], { depth: 9 })
  }
  seen += await (await fetch(`${url}/control/book`)).text()
  child.kill('SIGTERM')
  await once(child, 'close')
  seen += await readFile(spied, 'utf8')
  assert.match(seen, /8210/)
  assert.ok(!seen.includes('5200828282828210') && !seen.includes('52008282') && !/\b9041\b/.test(seen))
})

test('stops although a fault lets a request wait, and does not book it afterwards', async () => {
  const own = join(folder, 'stopped')
  const waiting = await startSimulator({ bookFile: own })
  await waiting.control.faults([{ fault: 'slow', ms: 600_000 }])
  const request = payment()
  const outcome = acquirerAt(waiting).perform(request, long)
  while ((await waiting.control.book()).calls === 0);
  await waiting.stop()
  assert.equal((await outcome).kind, 'unknown')
  assert.equal(await readFile(own, 'utf8'), '')
})

test('tells why it cannot start', async () => {
  await assert.rejects(startSimulator({ bookFile: join(folder, 'missing', 'book') }), /did not start: .*ENOENT/s)
})

test('ends with the process that started it', async () => {
  const main = fileURLToPath(new URL('main.ts', import.meta.url))
  const child = spawn(process.execPath, [main, '--book', join(folder, 'other'), '--with-parent'])
  await once(child.stdout, 'data')
  child.stdin.end()
  assert.deepEqual(await once(child, 'exit'), [0, null])
})
