import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createKeyUses } from '../../../src/app/merchant/key-uses.ts'
import { createMerchantDirectory } from '../../../src/app/merchant/merchant-directory.ts'
import { findSigningKey } from '../../../src/db/merchant/api-keys.ts'
import { minute } from '../../../src/kernel/instant.ts'
import { startPortal } from '../../support/portal/portal.ts'

const portal = await startPortal()
const { pool } = portal.database
const { merchantId, sealer } = portal
const developer = await portal.cookieOf('developer')
const owner = await portal.cookieOf('owner')

type Method = 'GET' | 'POST' | 'DELETE'

function call(method: Method, path: string, payload?: object, cookie = developer) {
  return portal.server.inject({
    method,
    url: `/portal/api/merchants/${merchantId}${path}`,
    headers: { cookie, origin: portal.app.publicUrl },
    ...(payload && { payload }),
  })
}

let presses = 0
const press = () => `press-of-a-key-${++presses}`

async function aKey(name = 'web shop'): Promise<{ id: string; key: string }> {
  const made = await call('POST', '/keys', { api: 'scalapay', kind: 'merchant', name, press: press() })
  assert.equal(made.statusCode, 200, made.body)
  return made.json()
}

/** Whether a server that has never seen the key lets it in. */
async function opens(key: string): Promise<boolean> {
  return (await createMerchantDirectory(pool).byKey(key)) !== undefined
}

async function listed(id: string) {
  const { keys } = (await call('GET', '/keys')).json()
  return keys.find((each: { id: string }) => each.id === id)
}

async function newestAuditEntry() {
  const answer = await call('GET', '/audit-log', undefined, owner)
  return answer.json().entries[0]
}

test('a key is shown by the call that makes it and nowhere else', async () => {
  const { id, key } = await aKey()
  assert(await opens(key))
  const everything = [(await call('GET', '/keys')).body, JSON.stringify(await newestAuditEntry())]
  for (const text of everything) assert(!text.includes(key))
  const { name, api, kind, lastUsedAt } = await listed(id)
  assert.deepEqual(
    { name, api, kind, lastUsedAt },
    { name: 'web shop', api: 'scalapay', kind: 'merchant', lastUsedAt: null },
  )
  const { action, subject, actor, after } = await newestAuditEntry()
  assert.deepEqual([action, subject, JSON.parse(after).name], ['create_key', id, 'web shop'])
  assert.match(actor, /^developer\./)
})

test('one press makes one key, however often it arrives', async () => {
  const body = { api: 'scalapay', kind: 'device', name: 'till', press: press() }
  const answers = await Promise.all([call('POST', '/keys', body), call('POST', '/keys', body)])
  assert.deepEqual(answers.map(({ statusCode }) => statusCode).toSorted(), [200, 409])
  const { keys } = (await call('GET', '/keys')).json()
  assert.equal(keys.filter((each: { name: string }) => each.name === 'till').length, 1)
})

test('a rotated key works beside the new one for the overlap, and signs until the new one was seen', async () => {
  const old = await aKey('rotated')
  const rotation = { overlapSeconds: 3_600, press: press() }
  const answer = await call('POST', `/keys/${old.id}/rotate`, rotation)
  assert.equal(answer.statusCode, 200, answer.body)
  const next = answer.json()
  assert((await opens(old.key)) && (await opens(next.key)))
  const signing = async () => sealer.open((await findSigningKey(pool, merchantId, 'scalapay')) as Buffer)
  assert.equal(await signing(), old.key)
  const uses = createKeyUses(pool, { onError: assert.ifError })
  await createMerchantDirectory(pool, { onKeyUsed: uses.note }).byKey(next.key)
  await uses.close()
  assert((await listed(next.id)).lastUsedAt)
  assert.equal(await signing(), next.key)
  const again = [
    await call('POST', `/keys/${old.id}/rotate`, rotation),
    await call('POST', `/keys/${old.id}/rotate`, { ...rotation, press: press() }),
  ]
  assert.deepEqual(
    again.map(({ statusCode }) => statusCode),
    [409, 404],
  )
  await pool.query(`update api_key set expires_at = now() - interval '1 second' where id = $1`, [old.id])
  assert.equal(await opens(old.key), false)
})

test('a key that is rotated without an overlap, or revoked, opens nothing any more', async () => {
  const [first, second] = [await aKey('first'), await aKey('second')]
  assert.equal((await call('POST', `/keys/${first.id}/rotate`, { overlapSeconds: 0, press: press() })).statusCode, 200)
  assert.equal(await opens(first.key), false)
  assert.equal((await call('DELETE', `/keys/${second.id}`)).statusCode, 200)
  assert.equal(await opens(second.key), false)
  assert.equal((await call('DELETE', `/keys/${second.id}`)).statusCode, 404)
  const { action, before } = await newestAuditEntry()
  assert.deepEqual([action, JSON.parse(before).name], ['revoke_key', 'second'])
})

test("another merchant's key cannot be rotated or revoked", async () => {
  const { id, key } = await aKey('mine')
  const foreign = await portal.cookieOf('owner', portal.otherMerchantId)
  const url = `/portal/api/merchants/${portal.otherMerchantId}/keys/${id}`
  const headers = { cookie: foreign, origin: portal.app.publicUrl }
  const payload = { overlapSeconds: 0, press: press() }
  const answers = [
    await portal.server.inject({ method: 'DELETE', url, headers }),
    await portal.server.inject({ method: 'POST', url: `${url}/rotate`, headers, payload }),
  ]
  assert.deepEqual(
    answers.map(({ statusCode }) => statusCode),
    [404, 404],
  )
  assert(await opens(key))
})

test('who may manage keys without seeing them can revoke one and make none', async () => {
  const { id } = await aKey('of the manager')
  const manager = await portal.cookieOf('manager')
  const made = await call('POST', '/keys', { api: 'scalapay', kind: 'merchant', name: 'x', press: press() }, manager)
  assert.equal(made.statusCode, 403)
  assert.equal((await call('DELETE', `/keys/${id}`, undefined, manager)).statusCode, 200)
})

test('a kind that no API has, or that the shop could do nothing with, is refused with a sentence', async () => {
  for (const [api, kind] of [
    ['scalapay', 'token'],
    ['nobody', 'merchant'],
  ]) {
    const answer = await call('POST', '/keys', { api, kind, name: 'x', press: press() })
    assert.deepEqual([answer.statusCode, answer.json().errorCode], [422, 'unknown_key_kind'])
  }
})

test('seeing a key wants a fresh proof', async () => {
  const cookie = await portal.cookieOf('developer')
  portal.advance(11n * minute)
  const answer = await call('POST', '/keys', { api: 'scalapay', kind: 'merchant', name: 'x', press: press() }, cookie)
  assert.equal(answer.json().errorCode, 'step_up_required')
})
