import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Unavailable } from '../../engine/command.ts'
import { createMutex } from './mutex.ts'

test('runs the work of one key in the order it came, and another key’s beside it', async () => {
  const exclusively = createMutex<string>()
  const events: string[] = []
  const gate = Promise.withResolvers<void>()
  const first = exclusively('a', async () => {
    await gate.promise
    events.push('a1')
  })
  const second = exclusively('a', async () => void events.push('a2'))
  await exclusively('b', async () => void events.push('b1'))
  gate.resolve()
  await Promise.all([first, second])
  assert.deepEqual(events, ['b1', 'a1', 'a2'])
})

test('tells only the one whose work failed', async () => {
  const exclusively = createMutex<string>()
  const failed = assert.rejects(
    exclusively('a', async () => {
      throw new Error('no')
    }),
    /no/,
  )
  assert.equal(await exclusively('a', async () => 7), 7)
  await failed
})

test('lets only so many wait, and takes more when they are done', async () => {
  const exclusively = createMutex<string>()
  const gate = Promise.withResolvers<void>()
  const waiting = Array.from({ length: 50 }, () => exclusively('a', () => gate.promise))
  await assert.rejects(
    exclusively('a', async () => 1),
    Unavailable,
  )
  gate.resolve()
  await Promise.all(waiting)
  assert.equal(await exclusively('a', async () => 1), 1)
})
