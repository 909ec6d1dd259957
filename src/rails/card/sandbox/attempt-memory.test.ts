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

test('forgets the oldest attempt beyond its limit, and only that', () => {
  const memory = createAttemptMemory<string>(2)
  for (const name of ['a', 'b', 'c']) memory.firstAnswer(id(name), () => `first ${name}`)
  assert.equal(
    memory.firstAnswer(id('b'), () => 'later'),
    'first b',
  )
  assert.equal(
    memory.firstAnswer(id('a'), () => 'later'),
    'later',
  )
})
