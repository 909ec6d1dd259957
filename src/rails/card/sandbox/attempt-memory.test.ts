import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { AttemptId } from '../../../kernel/ids.ts'
import { createAttemptMemory } from './attempt-memory.ts'

const id = (text: string) => text as AttemptId

test('keeps the first answer of an attempt', () => {
  const memory = createAttemptMemory<string>(10)
  assert.equal(
    memory.firstAnswer(id('a'), () => 'first'),
    'first',
  )
  assert.equal(
    memory.firstAnswer(id('a'), () => 'second'),
    'first',
  )
})

test('remembers the last attempts up to its limit, and none of long ago', () => {
  const memory = createAttemptMemory<string>(3)
  const names = Array.from({ length: 20 }, (_, index) => `attempt ${index}`)
  const now = (name: string) => memory.firstAnswer(id(name), () => 'later')
  for (const [index, name] of names.entries()) {
    memory.firstAnswer(id(name), () => `first ${name}`)
    for (const recent of names.slice(Math.max(0, index - 2), index + 1)) assert.equal(now(recent), `first ${recent}`)
  }
  assert.equal(now('attempt 0'), 'later')
  assert.equal(now('attempt 13'), 'later', 'twice as many as promised is the most that is kept')
})
