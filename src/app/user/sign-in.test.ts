import assert from 'node:assert/strict'
import { test } from 'node:test'
import { generateSync } from 'otplib'
import { testDatabase } from '../../../test/support/database.ts'
import { aMember, aMerchant, anOrigin, goodPassword, peopleOn } from '../../../test/support/portal/people.ts'
import { day, hour, minute, second } from '../../kernel/instant.ts'

async function anOwner() {
  const { pool } = await testDatabase()
  const world = peopleOn(pool)
  const merchantId = await aMerchant(pool)
  const userId = await aMember(world, { merchantId })
  const withPassword = (password = goodPassword, email = 'ada@example.com') =>
    world.signIn.withPassword({ email, password }, anOrigin)
  const codeOf = (secret: string) => generateSync({ secret, epoch: Number(world.clock.now() / second) })
  const enrol = async () => {
    const { secret } = await world.account.offerTotp('ada@example.com')
    const recoveryCodes = await world.account.enableTotp(userId, secret, codeOf(secret))
    assert(recoveryCodes)
    world.advance(30n * second) // the code that was just used is used up
    return { secret, recoveryCodes }
  }
  return { ...world, pool, merchantId, userId, withPassword, codeOf, enrol }
}

test('signs in with the password, whatever the case of the address', async () => {
  const { withPassword, sessions, merchantId } = await anOwner()
  const step = await withPassword(goodPassword, ' Ada@Example.com ')
  assert(step.ok)
  assert.equal(step.value.needs, 'nothing')
  const found = await sessions.find(step.value.token)
  assert.equal(found?.user.email, 'ada@example.com')
  assert.deepEqual(found?.memberships, [
    { merchantId, merchantName: 'Shop SHOP', timeZone: 'Europe/Rome', role: 'owner' },
  ])
  assert.equal(await sessions.find(`${step.value.token}x`), undefined)
})

test('answers a wrong password and an unknown address alike', async () => {
  const { withPassword } = await anOwner()
  assert.deepEqual(await withPassword('not the right words'), { ok: false, reason: { kind: 'wrong' } })
  assert.deepEqual(await withPassword(goodPassword, 'nobody@example.com'), { ok: false, reason: { kind: 'wrong' } })
  assert.deepEqual(await withPassword(goodPassword, 'no address'), { ok: false, reason: { kind: 'wrong' } })
})

test('makes an account wait after ten failures, an unknown one too, a hundred at once too', async () => {
  const { withPassword } = await anOwner()
  for (const email of ['ada@example.com', 'nobody@example.com']) {
    const answers = await Promise.all(Array.from({ length: 20 }, () => withPassword('wrong words again', email)))
    const kinds = answers.map((answer) => (answer.ok ? 'ok' : answer.reason.kind))
    assert.equal(kinds.filter((kind) => kind === 'wrong').length, 10)
    assert.equal(kinds.filter((kind) => kind === 'too_many_tries').length, 10)
  }
  const right = await withPassword()
  assert(!right.ok && right.reason.kind === 'too_many_tries')
})

test('asks who has an authenticator app for its code, and opens nothing before it', async () => {
  const { withPassword, enrol, signIn, sessions, codeOf } = await anOwner()
  const { secret } = await enrol()
  const step = await withPassword()
  assert(step.ok)
  assert.equal(step.value.needs, 'second_factor')
  assert.equal(await sessions.find(step.value.token), undefined)
  assert.equal((await signIn.withCode(step.value.token, '000000', anOrigin)).ok, false)
  const whole = await signIn.withCode(step.value.token, codeOf(secret), anOrigin)
  assert(whole.ok)
  assert.notEqual(whole.value.token, step.value.token)
  assert(await sessions.find(whole.value.token))
  assert.equal(await sessions.findPending(step.value.token), undefined)
})

test('takes a code of the app once, and a recovery code once', async () => {
  const { withPassword, enrol, signIn, codeOf } = await anOwner()
  const { secret, recoveryCodes } = await enrol()
  const tryCode = async (code: string) => {
    const step = await withPassword()
    assert(step.ok)
    return (await signIn.withCode(step.value.token, code, anOrigin)).ok
  }
  const code = codeOf(secret)
  assert.deepEqual(await Promise.all([tryCode(code), tryCode(code)]).then((all) => all.toSorted()), [false, true])
  const recovery = recoveryCodes[0] as string
  assert.equal(await tryCode(recovery.toUpperCase().replace('-', ' ')), true)
  assert.equal(await tryCode(recovery), false)
})

test('ends a session that is not used for twelve hours, and any after two weeks', async () => {
  const { withPassword, sessions, advance } = await anOwner()
  const step = await withPassword()
  assert(step.ok)
  for (let passed = 0n; passed < 14n * day - 11n * hour; passed += 11n * hour) {
    assert(await sessions.find(step.value.token), `alive after ${passed / hour} hours`)
    advance(11n * hour)
  }
  advance(11n * hour)
  assert.equal(await sessions.find(step.value.token), undefined)
  const idle = await withPassword()
  assert(idle.ok)
  advance(11n * hour)
  assert(await sessions.peek(idle.value.token), 'who only watches is told, and keeps nothing alive')
  advance(1n * hour)
  assert.equal(await sessions.find(idle.value.token), undefined)
})

test('lets a half signed-in browser wait ten minutes', async () => {
  const { withPassword, enrol, signIn, codeOf, advance } = await anOwner()
  const { secret } = await enrol()
  const step = await withPassword()
  assert(step.ok)
  advance(11n * minute)
  assert.equal((await signIn.withCode(step.value.token, codeOf(secret), anOrigin)).ok, false)
})

test('a new password ends every other session', async () => {
  const { withPassword, sessions, account, userId } = await anOwner()
  const [here, elsewhere] = [await withPassword(), await withPassword()]
  assert(here.ok && elsewhere.ok)
  const session = (await sessions.find(here.value.token))?.session
  assert(session)
  const who = { userId, sessionId: session.sessionId }
  assert.equal((await account.changePassword(who, 'short')).ok, false)
  assert.equal((await account.changePassword(who, 'ada@example.com12')).ok, false)
  assert.equal((await account.changePassword(who, 'nine loud bells under Torino')).ok, true)
  assert(await sessions.find(here.value.token))
  assert.equal(await sessions.find(elsewhere.value.token), undefined)
  assert.equal((await withPassword()).ok, false)
})

test('keeps no password, code, token or secret in clear', async () => {
  const { withPassword, enrol, pool } = await anOwner()
  const { secret, recoveryCodes } = await enrol()
  const step = await withPassword()
  assert(step.ok)
  const tables = ['staff', 'staff_session', 'staff_recovery_code', 'staff_invitation', 'audit_entry']
  const rows = await Promise.all(tables.map(async (table) => (await pool.query(`select t::text from ${table} t`)).rows))
  const stored = JSON.stringify(rows)
  for (const hidden of [goodPassword, secret, step.value.token, ...recoveryCodes]) assert(!stored.includes(hidden))
})
