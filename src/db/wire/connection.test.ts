import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { after, test } from 'node:test'
import { emptyDatabase } from '../../../test/support/database.ts'
import { type Instant, instantFromMicros } from '../../kernel/instant.ts'
import { connectClient, connectPool, timestampText } from './connection.ts'
import { parseTimestamptz } from './types-on-wire.ts'

const database = await emptyDatabase()

test('reads a bigint beyond the exact range of a double', async () => {
  const { rows } = await database.pool.query(
    `select 9007199254740993::int8 as one, array[-1, null, 9007199254740993]::int8[] as many`,
  )
  assert.deepEqual(rows, [{ one: 9007199254740993n, many: [-1n, null, 9007199254740993n] }])
})

test('reads points in time to the microsecond, also in arrays and before 1970', async () => {
  const { rows } = await database.pool.query(
    `select '2024-11-08 13:06:17.858123+00'::timestamptz as one, array['1969-12-31 23:59:59.999999+00', null]::timestamptz[] as many`,
  )
  assert.deepEqual(rows, [{ one: 1731071177858123n, many: [-1n, null] }])
})

test('writes a point in time that comes back the same', async () => {
  const instants = [0n, -1n, 1n, 1731071177858123n, -62135596800000000n, 253402300799999999n].map(instantFromMicros)
  for (const instant of instants) {
    const { rows } = await database.pool.query<{ back: Instant }>('select $1::timestamptz as back', [
      timestampText(instant),
    ])
    assert.equal(rows[0]?.back, instant)
  }
})

test('refuses to write a point in time outside the years 1 to 9999', () => {
  assert.throws(() => timestampText(instantFromMicros(253402300800000000n)), /years 1 to 9999/)
  assert.throws(() => timestampText(instantFromMicros(-62135596800000001n)), /years 1 to 9999/)
})

test('reads a point in time of another session time zone', () => {
  assert.equal(parseTimestamptz('1970-01-01 05:30:00.5+05:30'), 500_000n)
  assert.equal(parseTimestamptz('1969-12-31 16:00:01-08'), 1_000_000n)
  assert.equal(parseTimestamptz('0099-01-01 00:00:00+00'), -59042995200000000n)
})

test('refuses a text that is not a point in time', () => {
  for (const text of ['infinity', '-infinity', '0044-03-15 00:00:00+00 BC', '', '2024-11-08'])
    assert.throws(() => parseTimestamptz(text), /no point in time/)
})

test('keeps json byte for byte, parses jsonb, and leaves a date a calendar day', async () => {
  const { rows } = await database.pool.query(
    `select '{"total": 1.10,  "n": 1}'::json as raw, '{"n": 1}'::jsonb as parsed, '2024-02-29'::date as day`,
  )
  assert.deepEqual(rows, [{ raw: '{"total": 1.10,  "n": 1}', parsed: { n: 1 }, day: '2024-02-29' }])
})

test('sets the session to UTC whatever the URL says', async () => {
  const url = new URL(database.url)
  url.searchParams.set('options', '-c TimeZone=Asia/Tokyo -c work_mem=1234kB')
  const client = await connectClient(url.href)
  const { rows } = await client.query(
    `select current_setting('TimeZone') as zone, current_setting('work_mem') as memory`,
  )
  await client.end()
  assert.deepEqual(rows, [{ zone: 'UTC', memory: '1234kB' }])
})

test('answers pipelined statements in order', async () => {
  const client = await connectClient(database.url, { pipeline: true })
  const answers = await Promise.all(
    ['begin', 'select 1::int8 as n', 'select 2::int8 as n', 'commit'].map((text) => client.query(text)),
  )
  await client.end()
  assert.deepEqual(
    answers.map((answer) => answer.rows),
    [[], [{ n: 1n }], [{ n: 2n }], []],
  )
})

test('survives an idle connection that the database ends, and tells about it', async () => {
  const told = Promise.withResolvers<Error>()
  const pool = connectPool(database.url, { max: 1, onIdleError: told.resolve })
  const { rows } = await pool.query<{ pid: number }>('select pg_backend_pid() as pid')
  await database.pool.query('select pg_terminate_backend($1)', [rows[0]?.pid])
  assert.match((await told.promise).message, /terminat/)
  assert.deepEqual((await pool.query('select 1 as one')).rows, [{ one: 1 }])
  await pool.end()
})

test('ends a statement that runs longer than allowed', async () => {
  const pool = connectPool(database.url, { statementTimeoutMs: 20 })
  await assert.rejects(pool.query('select pg_sleep(60)'), /statement timeout/)
  await pool.end()
})

test('gives up on a database that accepts the connection and says nothing', async () => {
  const silent = createServer(() => undefined).listen(0, '127.0.0.1')
  after(() => silent.close())
  await once(silent, 'listening')
  const address = silent.address()
  assert(address && typeof address === 'object')
  const url = `postgres://nobody@127.0.0.1:${address.port}/none`
  await assert.rejects(connectClient(url, { connectTimeoutMs: 50 }), /timeout/)
})
