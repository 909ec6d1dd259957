import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Unavailable } from '../../engine/command.ts'
import { createTurns } from './turns.ts'

test('runs the work of one key in the order it came, and another key’s beside it', async () => {
  const inTurn = createTurns<string>()
  const events: string[] = []
  const gate = Promise.withResolvers<void>()
  const first = inTurn('a', async () => {
    await gate.promise
    events.push('a1')
  })
  const second = inTurn('a', async () => void events.push('a2'))
  await inTurn('b', async () => void events.push('b1'))
  gate.resolve()
  await Promise.all([first, second])
  assert.deepEqual(events, ['b1', 'a1', 'a2'])
})

test('tells only the one whose work failed', async () => {
  const inTurn = createTurns<string>()
  const failed = assert.rejects(
    inTurn('a', async () => {
      throw new Error('no')
    }),
    /no/,
  )
  assert.equal(await inTurn('a', async () => 7), 7)
  await failed
})

test('lets only so many wait, and takes more when they are done', async () => {
  const inTurn = createTurns<string>()
  const gate = Promise.withResolvers<void>()
  const waiting = Array.from({ length: 50 }, () => inTurn('a', () => gate.promise))
  await assert.rejects(
    inTurn('a', async () => 1),
    Unavailable,
  )
  gate.resolve()
  await Promise.all(waiting)
  assert.equal(await inTurn('a', async () => 1), 1)
})
