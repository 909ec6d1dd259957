import assert from 'node:assert/strict'
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { after, test } from 'node:test'
import { emptyDatabase, testDatabase } from '../../../test/support/database.ts'
import { readStamp } from '../../db/migrate/database-stamp.ts'
import { migrate, migrationsFolder } from '../../db/migrate/migrate.ts'
import { connectClient } from '../../db/wire/connection.ts'
import { addFixtures } from '../../main/fixtures.ts'
import { refuseOtherKey, refuseOtherMode, StampError, stampDatabase } from './database-stamp.ts'
import { createSealer } from './seal.ts'

const secretKey = Buffer.alloc(32, 1)
const otherKey = Buffer.alloc(32, 2)

test('a database belongs to the mode and the secret key that came first', async () => {
  const { pool } = await testDatabase()
  const stamp = await stampDatabase(pool, { mode: 'live', secretKey })
  assert.equal(stamp.mode, 'live')
  assert(!stamp.fingerprint?.equals(secretKey))
  assert.deepEqual(await stampDatabase(pool, { mode: 'live', secretKey }), stamp)
  assert.deepEqual(await stampDatabase(pool, { mode: 'live', secretKey: undefined }), stamp)
  await assert.rejects(stampDatabase(pool, { mode: 'sandbox', secretKey }), isLine(/TERCET_MODE=live/))
  await assert.rejects(refuseOtherMode(pool, 'sandbox'), isLine(/TERCET_MODE=live/))
  await assert.rejects(stampDatabase(pool, { mode: 'live', secretKey: otherKey }), isLine(/TERCET_SECRET_KEY/))
  assert.throws(() => refuseOtherKey(stamp, otherKey), isLine(/TERCET_SECRET_KEY/))
  assert.deepEqual(await readStamp(pool), stamp)
})

test('a new key follows the old one that is brought with it, and from then on both must be brought', async () => {
  const { pool } = await testDatabase()
  const first = await stampDatabase(pool, { mode: 'live', secretKey })
  const [second, third] = [otherKey, Buffer.alloc(32, 3)]
  const rotated = { mode: 'live', secretKey: second, previousSecretKeys: [secretKey] } as const
  await assert.rejects(stampDatabase(pool, { ...rotated, previousSecretKeys: [third] }), isLine(/TERCET_SECRET_KEY/))
  const stamps = await Promise.all(Array.from({ length: 8 }, () => stampDatabase(pool, rotated)))
  for (const stamp of stamps) assert.deepEqual(stamp.previous, [first.fingerprint])
  await assert.rejects(stampDatabase(pool, { mode: 'live', secretKey }), isLine(/TERCET_SECRET_KEY/))
  await assert.rejects(stampDatabase(pool, { mode: 'live', secretKey: second }), isLine(/TERCET_PREVIOUS_SECRET_KEYS/))
  const again = { mode: 'live', secretKey: third, previousSecretKeys: [secretKey, second] } as const
  assert.equal((await stampDatabase(pool, again)).previous.length, 2)
  const swapped = [second, secretKey]
  await assert.rejects(stampDatabase(pool, { ...again, previousSecretKeys: swapped }), isLine(/PREVIOUS/))
  const forged = 'update database_stamp set previous_fingerprints = $1'
  await assert.rejects(pool.query(forged, [[]]), /never changed/)
  assert.deepEqual(await readStamp(pool), await stampDatabase(pool, again))
})

test('a command that knows no secret key stamps the mode alone, and the first that knows one adds it', async () => {
  const { pool } = await testDatabase()
  assert.equal((await stampDatabase(pool, { mode: 'sandbox', secretKey: undefined })).fingerprint, null)
  await assert.rejects(stampDatabase(pool, { mode: 'live', secretKey }), isLine(/made by a sandbox/))
  assert((await stampDatabase(pool, { mode: 'sandbox', secretKey })).fingerprint)
})

test('of many processes at once, the ones of another mode or key are refused', async () => {
  const { pool } = await testDatabase()
  const claims = Array.from({ length: 12 }, (_, at) =>
    stampDatabase(pool, { mode: at % 2 ? 'live' : 'sandbox', secretKey: at % 3 ? secretKey : otherKey }),
  )
  const stamp = await Promise.any(claims)
  for (const claim of await Promise.allSettled(claims)) {
    if (claim.status === 'fulfilled') assert.deepEqual(claim.value, stamp)
    else assert(claim.reason instanceof StampError, String(claim.reason))
  }
})

test('the database takes no other stamp, and no sandbox merchant once it is live', async () => {
  const { pool } = await testDatabase()
  await stampDatabase(pool, { mode: 'live', secretKey })
  const fingerprint = Buffer.alloc(32, 9)
  await assert.rejects(pool.query(`update database_stamp set mode = 'sandbox'`), /never changed/)
  await assert.rejects(pool.query('update database_stamp set secret_fingerprint = $1', [fingerprint]), /never changed/)
  await assert.rejects(addFixtures(pool, createSealer(secretKey)), /no sandbox merchant/)
})

test('a database from before stamps is what its merchants say, and its key is tried on what it sealed', async () => {
  const before = await mkdtemp(join(tmpdir(), 'tercet-migrations-'))
  after(() => rm(before, { recursive: true }))
  await cp(migrationsFolder, before, {
    recursive: true,
    filter: (path) => path === migrationsFolder || basename(path) < '0008',
  })
  const { pool, url } = await emptyDatabase()
  const client = await connectClient(url)
  await migrate(client, before)
  await client.query(`insert into merchant (name, prefix, currency, fee_ppm, fee_tax_ppm, maximum_order_expiry_ms)
    values ('Shop', 'ABCD', 'EUR', 0, 0, 60000)`)
  await client.query(
    `insert into api_key (hash, id, merchant_id, kind, protocol, last4, sealed)
     values ($1, 'key_1', 1, 'merchant', 'scalapay', 'abcd', $2)`,
    [Buffer.alloc(32), createSealer(secretKey).seal('sp_live_x')],
  )
  await migrate(client)
  await client.end()
  assert.deepEqual(await readStamp(pool), { mode: 'live', fingerprint: null, previous: [] })
  await assert.rejects(stampDatabase(pool, { mode: 'live', secretKey: otherKey }), isLine(/TERCET_SECRET_KEY/))
  assert((await stampDatabase(pool, { mode: 'live', secretKey })).fingerprint)
})

function isLine(says: RegExp) {
  return (error: unknown) => error instanceof StampError && says.test(error.message) && !error.message.includes('\n')
}
