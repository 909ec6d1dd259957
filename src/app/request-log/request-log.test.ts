import assert from 'node:assert/strict'
import { test } from 'node:test'
import { testDatabase } from '../../../test/support/database.ts'
import { createLogger } from '../../http/logger.ts'
import { keepBodiesRaw } from '../../http/request/raw-bodies.ts'
import { buildServer } from '../../http/server.ts'
import { createPurgeRequests } from '../../jobs/purge/purge-requests.ts'
import { systemClock } from '../../kernel/clock.ts'
import type { MerchantId } from '../../kernel/ids.ts'
import { day, plus } from '../../kernel/instant.ts'
import { createRequestLog } from './request-log.ts'

const { pool } = await testDatabase()
const [mine, other] = [1, 2] as MerchantId[] as [MerchantId, MerchantId]
const everything = { onlyErrors: false, before: null, limit: 100 }

const served = (merchantId: MerchantId, status = 200) => ({
  merchantId,
  at: systemClock.now(),
  api: 'scalapay',
  method: 'POST',
  path: '/v2/orders',
  status,
  latencyMs: 7,
  requestId: 'a-1',
  request: Buffer.from('{"consumer":{"email":"ada@example.com"},"amount":"9.00"}'),
  response: status >= 400 ? '{"errorCode":"invalid_request"}' : null,
})

test('keeps what a protocol answered to a known merchant, without personal data, and nothing of strangers', async () => {
  const log = createRequestLog({ pool, onError: assert.ifError })
  const server = await buildServer({
    app: undefined,
    protocols: [
      {
        name: 'scalapay',
        register: async (scope) => {
          keepBodiesRaw(scope)
          scope.post('/v2/orders', (request, reply) => {
            if (request.headers.authorization) request.servedMerchant = mine
            return reply.code(400).send('{"errorCode":"invalid_request","message":"ada@example.com"}')
          })
        },
      },
    ],
    pages: [],
    served: { hasRoom: log.hasRoom, take: (each) => log.take({ ...each, at: systemClock.now() }) },
    operations: { isReady: async () => true, metrics: undefined },
    docs: undefined,
    logger: createLogger({ level: 'silent' }),
  })
  const ask = (headers: Record<string, string>) =>
    server.inject({ method: 'POST', url: '/v2/orders?email=ada@example.com', headers, payload: served(mine).request })
  await ask({})
  await ask({ authorization: 'Bearer key' })
  await server.close()
  await log.close()
  const [kept, ...rest] = await log.list({ ...everything, merchantId: mine })
  assert.deepEqual(rest, [])
  const { method, path, status, api, errorCode, request, response } = kept ?? {}
  assert.deepEqual([method, path, status, api, errorCode], ['POST', '/v2/orders', 400, 'scalapay', 'invalid_request'])
  assert.deepEqual(JSON.parse(request ?? ''), { consumer: { email: '[text, 15]' }, amount: '9.00' })
  assert(!response?.includes('ada@'))
})

test('of a merchant that asks too often some are kept, the others counted, and nobody else misses any', async () => {
  const log = createRequestLog({ pool, onError: assert.ifError, mostOfOne: 3, gatherMs: 60_000 })
  const [busy, quiet] = [3, 4] as MerchantId[] as [MerchantId, MerchantId]
  for (let i = 0; i < 10; i++) if (log.hasRoom(busy)) log.take(served(busy))
  assert(log.hasRoom(quiet))
  log.take(served(quiet, 404))
  await log.close()
  const kept = await log.list({ ...everything, merchantId: busy })
  assert.equal(kept.length, 3)
  assert.equal(
    kept.reduce((sum, { skipped }) => sum + skipped, 0),
    7,
  )
  assert.equal((await log.list({ ...everything, merchantId: quiet, onlyErrors: true })).length, 1)
  assert.equal((await log.list({ ...everything, merchantId: busy, onlyErrors: true })).length, 0)
})

test('takes nothing more while the database is busy with what it took, and throws at nobody', async () => {
  const errors: unknown[] = []
  const ended = { connect: () => new Promise(() => undefined) } as never
  const log = createRequestLog({ pool: ended, onError: (error) => errors.push(error), most: 2, gatherMs: 0 })
  let kept = 0
  for (let i = 0; i < 50; i++) {
    if (log.hasRoom(mine)) {
      log.take(served(mine))
      kept += 1
    }
    await new Promise((resolve) => setImmediate(resolve))
  }
  assert(kept <= 4, `${kept} were kept`)
})

test('is forgotten after a week', async () => {
  const log = createRequestLog({ pool, onError: assert.ifError })
  log.take({ ...served(other), at: plus(systemClock.now(), -8n * day) })
  log.take(served(other))
  await log.close()
  const purge = createPurgeRequests(pool, systemClock)
  assert(await purge.nextDue())
  assert.equal(await purge.runDue(systemClock.now()), 1)
  assert.equal(await purge.nextDue(), null)
  assert.equal((await log.list({ ...everything, merchantId: other })).length, 1)
})
