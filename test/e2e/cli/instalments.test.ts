import assert from 'node:assert/strict'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { insertMessages } from '../../../src/db/message/insert-messages.ts'
import { ISK } from '../../../src/kernel/currency.ts'
import type { PaymentId } from '../../../src/kernel/ids.ts'
import { day, instantFromMillis, plus } from '../../../src/kernel/instant.ts'
import { createSandbox } from '../../../src/rails/card/sandbox/sandbox.ts'
import { startSimulator } from '../../../src/rails/card/valitor/simulator/start-simulator.ts'
import { tercet } from '../../support/cli.ts'
import { testDatabase } from '../../support/database.ts'
import { makeTestFolder } from '../../support/folder.ts'
import { startCollection } from '../../support/payments/collection.ts'
import { ownOrder } from '../../support/payments/late-fees.ts'
import { testSealer } from '../../support/protocols/webhooks.ts'

const database = await testDatabase()
const { pool } = database
/** Ten days ago: what commands do happens now, between the first instalment and the second. */
const start = plus(instantFromMillis(Date.now()), -10n * day)
const books = await startCollection(database, createSandbox, start)
const { merchant } = books
/** The key of `testSealer`. */
const env = { DATABASE_URL: database.url, TERCET_SECRET_KEY: '07'.repeat(32) }

async function json(...words: string[]) {
  const { code, out, err } = await tercet(env, [...words, '--json'])
  assert.equal(code, 0, err)
  return JSON.parse(out)
}

/** A captured order of 90.00 in three instalments, of a shopper of ours. */
async function anOrder(card?: string): Promise<PaymentId> {
  const paymentId = await books.authorized(9_000n, card)
  await ownOrder(pool, { merchantId: merchant.id, paymentId })
  await books.act(paymentId, { kind: 'capture' })
  return paymentId
}

test('a plan is listed, shown, charged early and written off', async () => {
  assert.equal((await tercet(env, ['plans', 'list'])).out, 'There is no such plan.\n')
  const token = await anOrder()
  const { plans } = await json('plans', 'list', '--merchant', String(merchant.id))
  assert.deepEqual(
    plans.map((plan: { token: string; owed: object }) => [plan.token, plan.owed]),
    [[token, { amount: '60.00', currency: 'EUR' }]],
  )
  assert.deepEqual((await json('plans', 'list', '--which', 'overdue')).plans, [])
  assert.deepEqual(await json('plans', 'charge', token), { token, instalment: 2, outcome: 'paid' })
  const again = await tercet(env, ['plans', 'charge', token, '--instalment', '2'])
  assert.deepEqual([again.code, again.err], [1, `tercet: nothing is left to be charged of ${token}\n`])
  const shown = await json('plans', 'show', token)
  assert.deepEqual(
    shown.instalments.map(({ status }: { status: string }) => status),
    ['paid', 'paid', 'scheduled'],
  )
  assert.match((await tercet(env, ['orders', 'show', token])).out, /instalment +due +amount.*30\.00 EUR +paid/s)
  assert.deepEqual(await json('plans', 'write-off', token), { token, writtenOff: true })
  assert.match((await tercet(env, ['plans', 'write-off', token])).err, /nothing is owed/)
  assert.match((await tercet(env, ['plans', 'show', token])).out, /owed +0\.00 EUR.*written off +30\.00 EUR/s)
})

test('a declined charge is exit code 2', async () => {
  const token = await anOrder('4000000000000226')
  const { code, err } = await tercet(env, ['plans', 'charge', token])
  assert.deepEqual([code, /the card was declined/.test(err)], [2, true])
})

test('messages are listed with their text, one-time codes without theirs', async () => {
  const recipient = 'ada@example.com'
  const now = books.now()
  const facts = { kind: 'code', sealedCode: testSealer.seal('123456').toString('base64'), minutes: 10 } as const
  await pool.query(
    insertMessages([
      {
        ...{
          owner: 'contact:a',
          cause: 'code:1',
          merchantId: null,
          channel: 'email',
          recipient,
          language: 'en',
          facts,
        },
        ...{ createdAt: now, usefulUntil: plus(now, day) },
      },
    ]),
  )
  const { messages } = await json('messages', 'list', '--to', recipient)
  const code = messages.find(({ kind }: { kind: string }) => kind === 'code')
  assert.equal(code.text, '(a one-time code)')
  assert(messages.some(({ kind, state }: { kind: string; state: string }) => kind === 'charged' && state === 'pending'))
  const { out } = await tercet(env, ['messages', 'list'])
  assert.match(out, /a one-time code/)
  assert.doesNotMatch(out, /123456/)
})

test("an acquirer's account is kept sealed, refused where it could not collect instalments, and asked whether it answers", async () => {
  const settings = { username: 'shop', password: 'a long secret', posId: '5', currency: ISK }
  const { folder, remove } = await makeTestFolder()
  after(remove)
  const simulator = await startSimulator({ bookFile: join(folder, 'book.jsonl'), settings })
  after(() => simulator.stop())
  const fields = [`endpoint=${simulator.url}`, 'username=shop', 'password=-', 'posId=5', 'currency=ISK']
  const words = ['acquirers', 'set', '--connector', 'valitor_greidslugatt', '--currency', 'ISK', '--field', ...fields]
  const secret = { ...env, TERCET_PASSWORD: settings.password }
  const own = ['--merchant', String(merchant.id)]
  assert.match((await tercet(env, [...words, ...own])).err, /TERCET_PASSWORD is not set/)
  const operators = await tercet(secret, words)
  assert.match(operators.err, /valitor_greidslugatt cannot collect instalments: it cannot .*keep card/)
  assert.equal((await tercet(env, ['acquirers', 'show'])).out, 'There is no account yet: tercet acquirers set.\n')
  assert.match((await tercet(secret, [...words, ...own])).out, /^added account .*\nIt cannot keep card/)
  assert.match((await tercet(secret, [...words, ...own])).out, /^changed account/)
  const { accounts } = await json('acquirers', 'show', ...own)
  assert.deepEqual(
    accounts.map(({ connector, hasCredentials }: Record<string, unknown>) => [connector, hasCredentials]),
    [['valitor_greidslugatt', true]],
  )
  const { rows } = await pool.query<{ text: string }>('select a::text as text from acquirer_account a')
  assert.doesNotMatch(rows.map(({ text }) => text).join(), /a long secret|shop/)
  assert.deepEqual((await json('acquirers', 'test', ...own)).accounts[0].result, 'answers')
  await simulator.stop()
  const silent = await tercet(env, ['acquirers', 'test', ...own])
  assert.deepEqual([silent.code, /does not answer/.test(silent.out)], [2, true])
})
