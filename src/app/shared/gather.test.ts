import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setImmediate as turn } from 'node:timers/promises'
import { gatherReads } from './gather.ts'

/** A store that says what each read asked for; a key that is not in it is not found. */
function reader(stored: ReadonlyMap<string, number>) {
  const reads: (readonly string[])[] = []
  const find = gatherReads(String, async (keys: readonly string[]) => {
    reads.push(keys)
    return new Map(keys.flatMap((key) => (stored.has(key) ? [[key, stored.get(key)] as const] : [])))
  })
  return { find, reads }
}

test('reads what is asked for in one turn at once, each key one time', async () => {
  const { find, reads } = reader(new Map([['a', 1]]))
  assert.deepEqual(await Promise.all(['a', 'b', 'a'].map(find)), [1, undefined, 1])
  assert.deepEqual(reads, [['a', 'b']])
})

test('answers nobody from a read that began before they asked', async () => {
  const stored = new Map<string, number>()
  const { find, reads } = reader(stored)
  const before = find('a')
  await turn()
  stored.set('a', 1)
  assert.deepEqual([await before, await find('a')], [undefined, 1])
  assert.equal(reads.length, 2)
})

test('tells all who asked in that turn when it fails, and asks again for the next', async () => {
  let fails = true
  const find = gatherReads(String, async (keys: readonly string[]) => {
    if (fails) throw new Error('gone')
    return new Map(keys.map((key) => [key, key]))
  })
  const told = await Promise.allSettled(['a', 'b'].map(find))
  assert.deepEqual(
    told.map(({ status }) => status),
    ['rejected', 'rejected'],
  )
  fails = false
  assert.equal(await find('a'), 'a')
})

test('reads no more than fifty keys at once', async () => {
  const { find, reads } = reader(new Map())
  await Promise.all(Array.from({ length: 120 }, (_, at) => find(String(at))))
  assert.deepEqual(
    reads.map(({ length }) => length),
    [50, 50, 20],
  )
})
