import assert from 'node:assert/strict'
import { test } from 'node:test'
import { testDatabase } from '../../../test/support/database.ts'
import { type Contact, parseContact } from '../../domain/shopper/contact.ts'
import { type Clock, systemNow } from '../../kernel/clock.ts'
import { day, hour, minute, plus, second } from '../../kernel/instant.ts'
import { createSealer } from '../shared/seal.ts'
import { createShopperApp } from './shopper-app.ts'

const { pool } = await testDatabase()
let offset = 0n
const clock: Clock = { now: () => plus(systemNow(), offset) }
const secretKey = Buffer.alloc(32, 1)
const sealer = createSealer(secretKey)
const shoppers = createShopperApp({
  mode: 'live',
  pool,
  clock,
  sealer,
  secretKey,
  channels: new Set(['email', 'sms']),
})

let people = 0
function somebody(): { contact: Contact; visitor: string; address: string; language: 'it'; merchantId: null } {
  const contact = parseContact(`+3933300${String(++people).padStart(5, '0')}`) as Contact
  return { contact, visitor: shoppers.newVisitor(), address: `192.0.2.${people}`, language: 'it', merchantId: null }
}

/** The code of the newest message to a contact, opened with the server's key. */
async function codeOf(contact: Contact): Promise<string> {
  const { rows } = await pool.query<{ code: string }>(
    `select facts->>'sealedCode' as code from message where recipient = $1 order by created_at desc limit 1`,
    [contact],
  )
  return sealer.open(Buffer.from(`${rows[0]?.code}`, 'base64'))
}

function aTry(person: ReturnType<typeof somebody>, code: string, change: { visitor?: string } = {}) {
  return shoppers.verifyCode({ ...person, ...change, code, isRemembered: false, device: 'test' })
}

async function signIn(person = somebody()) {
  assert((await shoppers.requestCode(person)).ok)
  const result = await aTry(person, await codeOf(person.contact))
  assert(result.ok)
  return { person, ...result.value }
}

const wrong = (code: string) => (code === '000000' ? '000001' : '000000')

test('opens an account with a code, once', async () => {
  const person = somebody()
  assert((await shoppers.requestCode(person)).ok)
  const code = await codeOf(person.contact)
  assert.match(code, /^\d{6}$/)
  const results = await Promise.all(Array.from({ length: 3 }, () => aTry(person, code)))
  assert.deepEqual(results.map((each) => (each.ok ? 'in' : each.reason.reason)).toSorted(), ['in', 'over', 'over'])
  const again = await aTry(person, code)
  assert(!again.ok)
})

test('the same contact opens the same account, in any browser', async () => {
  const { person, shopper } = await signIn()
  offset += minute
  const other = await signIn({ ...person, visitor: shoppers.newVisitor() })
  assert.equal(other.shopper.id, shopper.id)
  assert.notEqual(other.cookie, (await signIn()).cookie)
})

test('takes five tries and no sixth, even at the same moment and even if it is right', async () => {
  const person = somebody()
  await shoppers.requestCode(person)
  const code = await codeOf(person.contact)
  const results = await Promise.all(Array.from({ length: 9 }, () => aTry(person, wrong(code))))
  const left = results.flatMap((each) => (!each.ok && each.reason.reason === 'wrong' ? [each.reason.triesLeft] : []))
  assert.deepEqual(left.toSorted(), [1, 2, 3, 4])
  const { rows } = await pool.query('select tries from shopper_sign_in where contact = $1', [person.contact])
  assert.equal(rows[0].tries, 5)
  assert(!(await aTry(person, code)).ok)
  assert.equal(await shoppers.pendingCode(person.visitor), undefined)
})

test('a code is good for ten minutes, in the browser that asked for it', async () => {
  const person = somebody()
  await shoppers.requestCode(person)
  const code = await codeOf(person.contact)
  assert(!(await aTry(person, code, { visitor: shoppers.newVisitor() })).ok)
  offset += 10n * minute
  assert.deepEqual(await aTry(person, code), { ok: false, reason: { reason: 'over' } })
})

test('only the newest code counts', async () => {
  const person = somebody()
  await shoppers.requestCode(person)
  const first = await codeOf(person.contact)
  offset += 31n * second
  await shoppers.requestCode(person)
  const newest = await codeOf(person.contact)
  if (first !== newest) assert(!(await aTry(person, first)).ok)
  assert((await aTry(person, newest)).ok)
})

test('sends one code at a time, then asks to wait, then stops for the hour', async () => {
  const person = somebody()
  const results = await Promise.all(Array.from({ length: 4 }, () => shoppers.requestCode(person)))
  assert.equal(results.filter((each) => each.ok).length, 1)
  for (let i = 0; i < 4; i++) {
    offset += 31n * second
    assert((await shoppers.requestCode(person)).ok)
  }
  offset += 31n * second
  assert.deepEqual(await shoppers.requestCode(person), { ok: false, reason: { reason: 'too_many' } })
  offset += hour
  assert((await shoppers.requestCode(person)).ok)
})

test('stops an address that asks for codes of many contacts', async () => {
  const address = '198.51.100.7'
  const results = []
  for (let i = 0; i < 32; i++) results.push(await shoppers.requestCode({ ...somebody(), address }))
  assert.equal(results.filter((each) => each.ok).length, 30)
})

test('keeps codes, cookies, addresses and visitors only as keyed hashes', async () => {
  const { person, cookie } = await signIn()
  const code = await codeOf(person.contact)
  for (const table of ['shopper_sign_in', 'shopper_session', 'message']) {
    const { rows } = await pool.query<{ row: string }>(`select t::text as row from ${table} t`)
    const text = rows.map(({ row }) => row).join('\n')
    for (const secret of [cookie.split('.')[2], person.visitor, `,${code},`, person.address])
      assert(!text.includes(`${secret}`), table)
  }
})

test('answers the same whether a contact has an account or not', async () => {
  const { person } = await signIn()
  offset += day
  const known = await shoppers.requestCode({ ...person, visitor: shoppers.newVisitor() })
  assert.deepEqual(known, await shoppers.requestCode(somebody()))
})

test('a session ends when it is ended, when its time is up, and for a cookie that was changed', async () => {
  const { cookie, shopper } = await signIn()
  assert.equal((await shoppers.session(cookie))?.shopper.id, shopper.id)
  const other = await signIn()
  const [id, session] = cookie.split('.')
  const forged = [
    undefined,
    '',
    'x',
    `${cookie}x`,
    `${id}.${session}.${other.cookie.split('.')[2]}`,
    `${other.shopper.id}.${session}.${cookie.split('.')[2]}`,
  ]
  for (const text of forged) assert.equal(await shoppers.session(text), undefined, `${text}`)
  offset += 59n * minute
  assert(await shoppers.session(cookie))
  offset += 59n * minute
  assert(await shoppers.session(cookie), 'use keeps it alive')
  offset += 61n * minute
  assert.equal(await shoppers.session(cookie), undefined)
  const last = await signIn()
  await shoppers.endSessions(last.shopper.id, null)
  assert.equal(await shoppers.session(last.cookie), undefined)
})
