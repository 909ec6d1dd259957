import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createLogger } from '../../http/logger.ts'
import { buildServer } from '../../http/server.ts'
import { createMeters } from './meters.ts'
import { createMetrics } from './metrics.ts'

test('counts answers by part and status, failed jobs by name, and attempts to send webhooks by what became of them', async () => {
  const meters = createMeters()
  const metrics = createMetrics(meters, () => [{ queued: 1, inFlight: 2, commands: 3, batches: 4 }])
  const part = (name: string) => ({
    name,
    async register(scope: Parameters<Parameters<typeof buildServer>[0]['protocols'][number]['register']>[0]) {
      scope.get(`/${name}/ok`, () => 'ok')
      scope.get(`/${name}/broken`, (_request, reply) => reply.code(503).send())
    },
  })
  const server = await buildServer({
    ...{ app: null, protocols: [part('one')], pages: [part('page')], docs: undefined },
    ...{ logger: createLogger({ level: 'silent' }), answersOf: meters.answersOf },
    operations: { isHealthy: () => true, isReady: async () => true, metrics },
  })
  for (const path of ['/one/ok', '/one/ok', '/one/broken', '/page/ok']) await server.inject(path)
  meters.jobFailed('payment timers')
  meters.webhookTried('delivered')
  const { body } = await server.inject('/metrics')
  await server.close()
  for (const line of [
    'tercet_http_answer_seconds_count{part="one",status="200"} 2',
    'tercet_http_answer_seconds_count{part="one",status="503"} 1',
    'tercet_http_answer_seconds_count{part="page",status="200"} 1',
    'tercet_http_answer_seconds_bucket{le="+Inf",part="one",status="200"} 2',
    'tercet_job_failures_total{job="payment timers"} 1',
    'tercet_webhook_attempts_total{state="delivered"} 1',
    'tercet_engine_commands_total 3',
  ])
    assert(body.split('\n').includes(line), `${line} in\n${body}`)
})
