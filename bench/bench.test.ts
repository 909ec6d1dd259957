import assert from 'node:assert/strict'
import { test } from 'node:test'
import { withBench } from './bench.ts'
import { type Figure, isReached, tableOf } from './figure.ts'
import { answerIn } from './load/connection.ts'
import { orderBody } from './load/order-body.ts'
import { medianOf, ratioOf } from './rounds.ts'
import { scenarios } from './scenarios/index.ts'
import { tinySizes } from './sizes.ts'

/** They start servers of several processes, cells and databases: too much for a handful of requests. */
const severalServers = new Set(['cells', 'workers', 'standby'])

test('measures every figure with a handful of requests', { timeout: 900_000 }, async () => {
  const figures = await withBench(
    tinySizes,
    () => undefined,
    async (bench) => {
      const found: Figure[] = []
      for (const scenario of scenarios.filter(({ name }) => !severalServers.has(name)))
        found.push(...(await bench.run(scenario)))
      return found
    },
  )
  assert.deepEqual(
    [...new Set(figures.map(({ id }) => id))],
    [
      ...['2.1', '2.2', '2.3', '2.5', '2.4'],
      ...['3.1', '3.2', '3.3', '4.1', '4.2', '4.3', '5.1', '5.2', '7.1', '7.2', '6.1', '6.2'],
    ],
  )
  for (const { id, what, value } of figures) {
    // The CPU time of a handful of requests may be less than the system can count.
    const isMeasured = Number.isFinite(value) && (value > 0 || (['4.3', '7.1'].includes(id) && value === 0))
    assert(isMeasured, `${what} is ${value}`)
  }
})

test('fails a run whose requests are refused', async () => {
  await withBench(
    tinySizes,
    () => undefined,
    async (bench) => {
      const echo = await bench.echo()
      await assert.rejects(bench.load(echo, 'create'), /POST \/v2\/orders was answered 404/)
    },
  )
})

test('sends a body of 1.4 KB, each with its own reference and the same length', () => {
  const [one, other] = [orderBody('a1'), orderBody('b22')]
  assert.equal(one.length, other.length)
  assert.equal(Math.round(one.length / 100), 14)
  assert.equal(JSON.parse(one).merchantReference, `a1${'0'.repeat(14)}`)
})

test('waits for the rest of an answer that came in pieces', () => {
  const text = 'HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\ncontent-length: 5\r\n\r\nhello'
  for (let length = 0; length < text.length; length++) assert.equal(answerIn(text.slice(0, length)), undefined)
  assert.deepEqual(answerIn(text), { status: 200, body: 'hello' })
})

test('judges by the median of the ratios of each round', () => {
  assert.equal(medianOf([3, 1, 2]), 2)
  assert.equal(medianOf([4, 1, 2, 3]), 2.5)
  assert.equal(ratioOf([10, 5, 9], [10, 10, 10]), 0.9)
})

test('prints what was reached and what was not', () => {
  const figure: Figure = { id: '9.1', what: 'a thing', value: 0.5, target: { atLeast: 0.6 }, note: 'so' }
  assert.equal(isReached(figure), false)
  assert.equal(isReached({ ...figure, target: { atMost: 0.5 } }), true)
  const { target: _, ...reported } = figure
  const lines = tableOf([figure, reported]).split('\n')
  assert.deepEqual(lines.slice(1), [
    '9.1     a thing  0.50      >= 0.6  FAIL    so',
    '9.1     a thing  0.50      -       report  so',
  ])
})
