import assert from 'node:assert/strict'
import { test } from 'node:test'
import { testDatabase } from '../../../test/support/database.ts'
import { aMember, aMerchant, goodPassword, operator, peopleOn } from '../../../test/support/portal/people.ts'
import type { Role } from '../../domain/user/role.ts'
import { day } from '../../kernel/instant.ts'
import { proveAuditLog } from '../audit/audit-log.ts'
import { createMessageLog } from '../message/message-log.ts'

async function aShop() {
  const { pool, change } = await testDatabase()
  const world = peopleOn(pool)
  const merchantId = await aMerchant(pool)
  const invite = async (email: string, role: Role = 'support') => {
    const invited = await world.people.invite({ merchantId, email, role, by: operator })
    assert(invited.ok)
    return invited.value.link.split('/').at(-1) as string
  }
  return { ...world, pool, change, merchantId, invite }
}

const typed = { name: 'Bea Neri', password: goodPassword, language: 'it' }

test('invites, and the link makes an account once', async () => {
  const { people, merchantId, invite } = await aShop()
  const token = await invite('Bea@Example.com')
  assert.equal((await people.read(token))?.hasAccount, false)
  const both = await Promise.all([people.accept(token, typed), people.accept(token, typed)])
  assert.equal(both.filter(({ ok }) => ok).length, 1)
  assert.equal(await people.read(token), undefined)
  const { members, invitations } = await people.list(merchantId)
  assert.deepEqual(
    members.map(({ email, role, name }) => [email, role, name]),
    [['bea@example.com', 'support', 'Bea Neri']],
  )
  assert.deepEqual(invitations, [])
})

test('puts an e-mail with the link into the outbox, and the link nowhere in clear', async () => {
  const { pool, sealer, people, merchantId } = await aShop()
  const invited = await people.invite({
    ...{ merchantId, email: 'Bea@Example.com', role: 'support', by: operator },
    language: 'it',
  })
  assert(invited.ok)
  const { rows } = await pool.query('select recipient, language, facts, facts::text as text from message')
  const [{ recipient, language, facts, text }] = rows
  assert.deepEqual([rows.length, recipient, language, facts.shop], [1, 'bea@example.com', 'it', 'Shop SHOP'])
  assert.equal(sealer.open(Buffer.from(facts.sealedUrl, 'base64')), invited.value.link)
  const token = invited.value.link.split('/').at(-1) ?? ''
  assert(token !== '' && !text.includes(token))
  // Whoever reads what was sent must not come in by it.
  const shown = (facts: object) => ({ subject: '', text: JSON.stringify(facts), html: '' })
  const [read] = await createMessageLog(pool, sealer, shown).list({ merchantId, recipient: null, limit: 10 })
  assert(read)
  assert(!read.text.includes(token), read.text)
})

test('refuses a weak password and keeps the invitation', async () => {
  const { people, invite } = await aShop()
  const token = await invite('bea@example.com')
  assert.equal((await people.accept(token, { ...typed, password: 'password' })).ok, false)
  assert(await people.read(token))
})

test('a newer invitation takes the place of the older, and one that was revoked or is old opens nothing', async () => {
  const { people, merchantId, invite, advance } = await aShop()
  const [older, newer] = [await invite('bea@example.com'), await invite('bea@example.com')]
  assert.equal(await people.read(older), undefined)
  assert(await people.read(newer))
  assert.equal(await people.revokeInvitation(merchantId, 'bea@example.com', operator), true)
  assert.equal(await people.read(newer), undefined)
  const last = await invite('bea@example.com')
  advance(8n * day)
  assert.equal((await people.accept(last, typed)).ok, false)
})

test('one person works for several merchants with one password', async () => {
  const { pool, people, merchantId, signIn, sessions } = await aShop()
  const userId = await aMember({ people }, { merchantId })
  const other = await aMerchant(pool, 'SHP2')
  const invited = await people.invite({ merchantId: other, email: 'ada@example.com', role: 'clerk', by: operator })
  assert(invited.ok)
  const token = invited.value.link.split('/').at(-1) as string
  assert.equal((await people.read(token))?.hasAccount, true)
  assert.equal((await people.accept(token, { ...typed, password: 'somebody else altogether' })).ok, false)
  assert.deepEqual(await people.accept(token, typed), { ok: true, value: userId })
  const step = await signIn.withPassword(
    { email: 'ada@example.com', password: goodPassword },
    { address: '::1', agent: '' },
  )
  assert(step.ok)
  const found = await sessions.find(step.value.token)
  assert.deepEqual(
    found?.memberships.map(({ role }) => role),
    ['owner', 'clerk'],
  )
})

test('a shop keeps one owner, also when two remove each other at once', async () => {
  const { people, merchantId } = await aShop()
  const ada = await aMember({ people }, { merchantId })
  const bea = await aMember({ people }, { merchantId, email: 'bea@example.com' })
  const both = await Promise.all([
    people.change(merchantId, ada, null, operator),
    people.change(merchantId, bea, 'clerk', operator),
  ])
  assert.equal(both.filter(({ ok }) => ok).length, 1)
  const { members } = await people.list(merchantId)
  assert.equal(members.filter(({ role }) => role === 'owner').length, 1)
})

test('every change of people is in the audit log, whose chain can be proved', async () => {
  const { pool, change, people, merchantId } = await aShop()
  const ada = await aMember({ people }, { merchantId })
  await aMember({ people }, { merchantId, email: 'bea@example.com' })
  await people.change(merchantId, ada, 'finance', operator)
  assert.deepEqual(await proveAuditLog(pool, merchantId), { entries: 5n, fault: undefined })
  await assert.rejects(pool.query(`update audit_entry set actor = 'somebody' where number = 2`), /append-only/)
  await change('alter table audit_entry disable trigger all')
  await pool.query(`update audit_entry set actor = 'somebody' where number = 2`)
  assert.deepEqual(await proveAuditLog(pool, merchantId), { entries: 1n, fault: 'entry 2 was changed' })
})
