import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createLogger } from './logger.ts'

test('says a known outage in few words, and a mistake with the place where it was made', () => {
  const lines: string[] = []
  const destination = { write: (line: string) => void lines.push(line) }
  const outage = (cause: unknown) =>
    Object.assign(new Error('the database is away', { cause }), { retryAfterSeconds: 1 })
  const asKnown = (error: unknown) => (error instanceof Error && error.message === 'timeout' ? outage(error) : error)
  const logger = createLogger({ destination, asKnown })
  logger.warn({ err: new Error('timeout') }, 'a job failed and is tried again')
  logger.error({ err: new Error('a bug') }, 'a job failed and is tried again')
  const [away, bug] = lines.map((line) => JSON.parse(line).err)
  assert.deepEqual(away, {
    type: 'Error',
    message: 'the database is away',
    cause: { type: 'Error', message: 'timeout' },
  })
  assert.match(bug.stack, /logger\.test/)
})
