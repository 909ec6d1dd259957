import assert from 'node:assert/strict'
import { test } from 'node:test'
import { testDatabase } from '../../test/support/database.ts'
import { instantFromMicros } from '../kernel/instant.ts'
import * as arrays from './binary-arrays.ts'
import { parseTimestamptz } from './types-on-wire.ts'

const { pool } = await testDatabase()

/** What PostgreSQL reads out of an array of that type, each element as text. */
async function read(type: string, array: Buffer): Promise<(string | null)[]> {
  const result = await pool.query(
    `select e::text as text from unnest($1::${type}[]) with ordinality as a (e, n) order by n`,
    [array],
  )
  return result.rows.map((row) => row.text)
}

test('hands every type over unchanged, nulls included', async () => {
  const uuid = '0190f3a2-7b1c-4c55-9d2e-112233445566'
  const cases: [string, Buffer, (string | null)[]][] = [
    ['int', arrays.int4Array([0, -2_147_483_648, null, 2_147_483_647]), ['0', '-2147483648', null, '2147483647']],
    ['smallint', arrays.int2Array([-1, 7]), ['-1', '7']],
    ['bigint', arrays.int8Array([-1n, 2n ** 63n - 1n, null]), ['-1', '9223372036854775807', null]],
    ['bool', arrays.boolArray([true, false, null]), ['true', 'false', null]],
    ['text', arrays.textArray(['', '"{},\\ NULL', null, 'Æ€😀']), ['', '"{},\\ NULL', null, 'Æ€😀']],
    ['json', arrays.jsonArray(['{ "a":1.10 }', null]), ['{ "a":1.10 }', null]],
    ['jsonb', arrays.jsonbArray([null, '{"b":[]}']), [null, '{"b": []}']],
    ['uuid', arrays.uuidArray([uuid, null]), [uuid, null]],
    ['bytea', arrays.byteaArray([Buffer.from([0, 255]), null]), ['\\x00ff', null]],
  ]
  for (const [type, array, expected] of cases) assert.deepEqual(await read(type, array), expected, type)
})

test('hands instants over to the microsecond, before and after the year 2000', async () => {
  const instants = [-1n, 0n, 946_684_800_000_001n, 1_731_071_177_858_123n].map(instantFromMicros)
  const texts = await read('timestamptz', arrays.timestamptzArray([...instants, null]))
  assert.deepEqual(
    texts.slice(0, -1).map((text) => parseTimestamptz(text ?? '')),
    instants,
  )
  assert.equal(texts.at(-1), null)
})

test('hands over an empty column, and one far larger than any before', async () => {
  assert.deepEqual(await read('text', arrays.textArray([])), [])
  const long = ['é'.repeat(100_000), 'a'.repeat(300_000)]
  assert.deepEqual(await read('text', arrays.textArray(long)), long)
})

test('refuses what its type does not hold', () => {
  assert.throws(() => arrays.int4Array([2_147_483_648]), RangeError)
  assert.throws(() => arrays.int8Array([2n ** 63n]), RangeError)
  assert.throws(() => arrays.uuidArray(['not-a-uuid']), TypeError)
})

test('leaves it to the database to refuse a NUL', async () => {
  await assert.rejects(read('text', arrays.textArray(['a\0b'])), { code: '22021' })
})
