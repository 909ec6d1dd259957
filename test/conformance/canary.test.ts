import assert from 'node:assert/strict'
import { glob, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { readState } from '../../src/db/embedded/state-file.ts'
import { withDatabase } from '../support/crash/crash-books.ts'
import { connectShop } from '../support/crash/crash-client.ts'
import { spawnTercet } from '../support/crash/crash-process.ts'
import { everyRow } from '../support/every-row.ts'
import { makeTestFolder } from '../support/folder.ts'
import { freePort } from '../support/free-port.ts'
import { anOrder } from '../support/payments/orders.ts'

const approved = '5200828282828210'
const declined = '4000000000000341'
/** No test card's number: what a shopper's own card would look like. */
const own = '4929123456781237'
const securityCode = '2719'

const { folder, remove } = await makeTestFolder()
after(remove)
const data = join(folder, 'data')
const port = await freePort()
const started = spawnTercet({ PORT: String(port), TERCET_DATA: data, TERCET_LOG: 'trace' })
const shop = connectShop(`http://127.0.0.1:${port}`, 4)
/** every answer that left the server */
const answers: string[] = []

async function post(path: string, body: unknown, key?: string): Promise<number> {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  const answer = await shop.post(path, text, key)
  assert(answer !== 'lost', `${path} is answered`)
  answers.push(answer.body)
  return answer.status
}

async function newOrder(): Promise<string> {
  assert.equal(await post('/v2/orders', anOrder()), 200)
  return String(JSON.parse(answers.at(-1) as string).token)
}

function authorize(token: string, card: object | string): Promise<number> {
  return post(`/sandbox/orders/${token}/authorize`, card)
}

/** Card data where it belongs and where it does not: every one of the latter is refused. */
async function useCards(): Promise<void> {
  const token = await newOrder()
  assert.equal(await authorize(token, { cardNumber: declined, securityCode }), 200)
  assert.equal(await authorize(token, { cardNumber: own, securityCode }), 400)
  const grouped = approved.replace(/(....)(?=.)/g, '$1 ')
  assert.equal(await authorize(token, { cardNumber: grouped, securityCode, expiryMonth: 12, expiryYear: 2031 }), 200)
  const wrongCards = [
    { cardNumber: Number(own), securityCode },
    { cardNumber: [own], securityCode },
    { cardNumber: approved, securityCode: own },
    { cardNumber: approved, securityCode, expiryMonth: own },
    { cardNumber: approved, securityCode, expiryYear: Number(own) },
    `{"cardNumber":"${own}","securityCode":"${securityCode}"`,
    `"${own}"`,
  ]
  const other = await newOrder()
  for (const card of wrongCards) assert.equal(await authorize(other, card), 400)
  await putIntoWrongFields(token)
  assert.equal(await post('/v2/payments/capture', { token }, 'canary-capture'), 200)
  const refund = { refundAmount: { amount: '10.00', currency: 'EUR' } }
  assert.equal(await post(`/v2/payments/${token}/refund`, refund, 'canary-refund'), 200)
}

async function putIntoWrongFields(token: string): Promise<void> {
  const amount = { amount: own, currency: 'EUR' }
  const wrong: [path: string, body: unknown][] = [
    ['/v2/orders', anOrder({ totalAmount: amount })],
    ['/v2/orders', anOrder({ totalAmount: { amount: '90.00', currency: own } })],
    ['/v2/orders', anOrder({ product: own })],
    ['/v2/orders', anOrder({ type: own })],
    ['/v2/orders', anOrder({ merchant: { redirectConfirmUrl: own, redirectCancelUrl: own } })],
    ['/v2/orders', anOrder({ orderExpiryMilliseconds: `x${own}` })],
    ['/v2/payments/capture', { token: own }],
    ['/v2/payments/capture', { token, amount }],
    [`/v2/payments/${token}/refund`, { refundAmount: amount }],
    [`/v2/payments/${token}/delay`, { authorizationExpiryMilliseconds: own }],
    [`/v2/payments/${own}/void`, {}],
    [`/sandbox/orders/${own}/authorize`, { cardNumber: approved, securityCode }],
    [`/${own}?card=${own}`, {}],
  ]
  for (const [path, body] of wrong) {
    const status = await post(path, body)
    assert(status >= 400 && status < 500, `${path} is refused, not answered ${status}`)
  }
}

/** The number in any grouping; the code as a word of its own, since four digits are part of many numbers. */
const secrets = [
  ...[approved, declined, own].map((number) => new RegExp([...number].join('[ -]?'))),
  new RegExp(`(?<![\\w.])${securityCode}(?!\\w)`),
]

test('no card number and no security code is in any table, answer, log line or file', async () => {
  await started.ready
  await useCards()
  const tables = await withDatabase((await readState(data))?.url as string, everyRow)
  assert(
    tables.some(({ text }) => text.includes('8210')),
    'the last four digits are kept, so the search does see rows',
  )
  await shop.close()
  await started.stop()
  const sinks = [
    ...tables,
    { name: 'the answers', text: answers.join('\n') },
    { name: 'the log', text: started.out().replace(/test cards.*/, '') + started.err() },
    { name: "the database's log", text: await readFile(join(data, 'postgres.log'), 'utf8') },
  ]
  assert(
    sinks.some(({ name, text }) => name === 'the log' && text.includes('"errorId"')),
    'the log has lines',
  )
  for (const { name, text } of sinks) {
    for (const secret of secrets) assert.doesNotMatch(text, secret, name)
  }
})

/** The published test cards are what a transcript's shopper pays with; any other number is somebody's card. Thirteen digits are a time. */
test('no transcript has any card number but the published test cards', async () => {
  const transcripts = join(import.meta.dirname, '../transcripts/recorded')
  for await (const file of glob('**/*.*', { cwd: transcripts })) {
    const text = await readFile(join(transcripts, file), 'utf8')
    const numbers = [...text.matchAll(/(?<![\w.-])[2-6](?:[ -]?\d){13,18}(?![\w-])/g)].map(([number]) => number)
    const unknown = numbers.filter((number) => isCardNumber(number) && !publicCards.includes(number.replace(/\D/g, '')))
    assert.deepEqual(unknown, [], file)
  }
})

const publicCards = [
  ...['5200828282828210', '5555555555554444', '4242424242424242'],
  ...['4000000000000341', '4000000000000002', '4000000000009995'],
]

function isCardNumber(text: string): boolean {
  const digits = [...text.replace(/\D/g, '')].reverse().map(Number)
  const sum = digits.reduce(
    (total, digit, at) => total + (at % 2 === 0 ? digit : ((digit * 2) % 10) + Math.floor(digit / 5)),
    0,
  )
  return sum % 10 === 0
}
