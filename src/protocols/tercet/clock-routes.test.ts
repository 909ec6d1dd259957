import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { type FastifyInstance, fastify } from 'fastify'
import { testDatabase } from '../../../test/support/database.ts'
import { testSealer } from '../../../test/support/protocols/webhooks.ts'
import type { ClockMover } from '../../app/sandbox/clock-mover.ts'
import { createWriteOnce } from '../../app/shared/write-once.ts'
import { Unavailable } from '../../engine/command.ts'
import { keepBodiesRaw } from '../../http/request/raw-bodies.ts'
import { systemClock } from '../../kernel/clock.ts'
import { type Instant, instantFromMillis, millisecond, millisOf, plus } from '../../kernel/instant.ts'
import { ok, refuse } from '../../kernel/result.ts'
import { sendThrown } from '../shared/refusal.ts'
import { registerClockRoutes } from './clock-routes.ts'

const { pool } = await testDatabase()
const start = instantFromMillis(Date.UTC(2024, 10, 8, 13, 6, 17, 858))

/** The routes in front of a clock that is moved in memory. */
async function aServer(t: TestContext, overrides: Partial<ClockMover> = {}): Promise<FastifyInstance> {
  let now = start
  const moveTo = (target: Instant) => {
    if (target < now) return refuse('in_the_past' as const)
    if (millisOf(target) > Date.UTC(9000, 0, 1)) return refuse('too_far' as const)
    now = target
    return ok(now)
  }
  const mover: ClockMover = {
    now: () => now,
    advanceTo: async (target) => moveTo(target),
    advanceBy: async (milliseconds) => moveTo(plus(now, BigInt(milliseconds) * millisecond)),
    close: () => undefined,
    ...overrides,
  }
  const server = fastify()
  server.setErrorHandler(sendThrown)
  keepBodiesRaw(server)
  server.decorateRequest('tercetMerchantId', 7 as never)
  registerClockRoutes(server, mover, createWriteOnce({ pool, clock: systemClock, sealer: testSealer }))
  t.after(() => server.close())
  return server
}

async function post(server: FastifyInstance, payload: string | object, headers: Record<string, string> = {}) {
  const text = typeof payload === 'string' ? payload : JSON.stringify(payload)
  const response = await server.inject({
    method: 'POST',
    url: '/sandbox/clock',
    payload: text,
    headers: { 'content-type': 'application/json', ...headers },
  })
  return { status: response.statusCode, body: response.json(), headers: response.headers }
}

test('a move that is repeated under its key moves no further, and the key belongs to its request', async (t) => {
  const server = await aServer(t)
  const key = { 'idempotency-key': 'a-move' }
  const first = await post(server, { advanceMilliseconds: 1_000 }, key)
  assert.deepEqual(first.body, { now: '2024-11-08T13:06:18.858Z' })
  assert.deepEqual((await post(server, { advanceMilliseconds: 1_000 }, key)).body, first.body)
  const other = await post(server, { advanceMilliseconds: 2_000 }, key)
  assert.deepEqual([other.status, other.body.errorCode], [409, 'key_reused'])
  assert.equal((await post(server, { advanceMilliseconds: 0 }, { 'idempotency-key': '' })).status, 400)
})

test('reads the clock', async (t) => {
  const server = await aServer(t)
  const response = await server.inject({ url: '/sandbox/clock' })
  assert.equal(response.body, '{"now":"2024-11-08T13:06:17.858Z"}')
  assert.equal(response.headers['content-type'], 'application/json; charset=utf-8')
})

test('moves the clock by a distance or to a time, and answers the new time', async (t) => {
  const server = await aServer(t)
  const answers = [
    await post(server, { advanceMilliseconds: 432_000_000 }),
    await post(server, { to: '2025-01-01T00:00:00Z' }),
    await post(server, { to: '2025-01-01T02:30+01:00' }),
    await post(server, { advanceMilliseconds: 0 }),
    await post(server, '{"to":"2031-02-28T00:00:00.123456Z"}', { 'content-type': 'application/x-www-form-urlencoded' }),
  ]
  assert.deepEqual(
    answers.map(({ status, body }) => [status, body.now]),
    [
      [200, '2024-11-13T13:06:17.858Z'],
      [200, '2025-01-01T00:00:00.000Z'],
      [200, '2025-01-01T01:30:00.000Z'],
      [200, '2025-01-01T01:30:00.000Z'],
      [200, '2031-02-28T00:00:00.123Z'],
    ],
  )
})

test('refuses to move back with the time it is', async (t) => {
  const { status, body } = await post(await aServer(t), { to: '2024-11-08T13:06:17.857Z' })
  assert.equal(status, 400)
  assert.match(body.errorId, /^error-[0-9a-v]{16}$/)
  assert.deepEqual(
    { ...body, errorId: '' },
    {
      errorCode: 'pre_condition_failed',
      errorId: '',
      message: 'The sandbox clock only moves forward, and it is 2024-11-08T13:06:17.858Z.',
      httpStatusCode: 400,
    },
  )
})

test('refuses what is neither a distance nor a time, and moves nothing', async (t) => {
  const server = await aServer(t)
  const hostile: (string | object)[] = [
    '',
    'null',
    '[]',
    '"to"',
    '{',
    '['.repeat(100_000),
    '{"__proto__":{"advanceMilliseconds":1000}}',
    '{"constructor":1}',
    {},
    { advanceMilliseconds: 1, to: '2030-01-01T00:00:00Z' },
    { advanceMilliseconds: -1 },
    { advanceMilliseconds: 0.5 },
    { advanceMilliseconds: '1000' },
    { advanceMilliseconds: null },
    '{"advanceMilliseconds":1e400}',
    { advanceMilliseconds: 2 ** 53 },
    { advanceMilliseconds: Number.MAX_SAFE_INTEGER },
    { to: '9999-12-31T23:59:59Z' },
    { to: 'tomorrow' },
    { to: '2030-01-01' },
    { to: '2030-01-01T00:00:00' },
    { to: '2030-02-30T00:00:00Z' },
    { to: '2030-13-01T00:00:00Z' },
    { to: '2030-01-01T25:00:00Z' },
    { to: '+012030-01-01T00:00:00Z' },
    { to: '2030-01-01T00:00:00Z\u0000' },
    { to: '\ud800' },
    { to: 1_900_000_000_000 },
    { to: ['2030-01-01T00:00:00Z'] },
    { to: '2030-01-01T00:00:00Z', at: 'noon' },
    { to: '1969-12-31T23:59:59Z' },
  ]
  for (const payload of hostile) {
    const { status, body } = await post(server, payload)
    assert.equal(status, 400, JSON.stringify(payload).slice(0, 80))
    assert.equal(body.errorCode, 'invalid_request')
  }
  const response = await server.inject({ url: '/sandbox/clock' })
  assert.equal(response.json().now, '2024-11-08T13:06:17.858Z')
})

test('answers 503 when the database is away', async (t) => {
  const advanceBy = () => Promise.reject(new Unavailable('away', { retryAfterSeconds: 1 }))
  const { status, headers } = await post(await aServer(t, { advanceBy }), { advanceMilliseconds: 1 })
  assert.deepEqual([status, headers['retry-after']], [503, '1'])
})
