import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { Agent, type Dispatcher, request } from 'undici'
import { salescloudOrganizationKey, scalapayMerchantKey, secondScalapayMerchantKey } from '../../src/main/fixtures.ts'
import { startWatchedServer } from '../support/load/watched-server.ts'
import { catalogue, parameters, worstBodies } from '../support/load/worst-bodies.ts'
import { anOrder } from '../support/payments/orders.ts'

/** No turn of the event loop may take longer, in milliseconds of the main thread's processor time. */
const mostPerTurn = 25

/**
 * A turn may be lengthened by what else happens to the machine and by code that is compiled for the first time; work that is too
 * long is too long every time. So what was over the limit is tried again this often, and its best turn counts.
 */
const tries = 4

const server = await startWatchedServer({ TERCET_LOG: 'error' })
const agent = new Agent({ headersTimeout: 120_000, bodyTimeout: 120_000 })
after(async () => {
  await agent.close()
  await server.stop()
})

type Route = { readonly method: Dispatcher.HttpMethod; readonly path: string }

const routes = await documentedRoutes()

async function documentedRoutes(): Promise<readonly Route[]> {
  const { body } = await request(`${server.url}/docs/json`)
  const { paths } = (await body.json()) as { paths: Record<string, Record<string, unknown>> }
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => ({ method: method.toUpperCase() as Dispatcher.HttpMethod, path })),
  )
}

async function send({ method, path }: Route, body?: Buffer, query = ''): Promise<number> {
  const key = path.startsWith('/salescloud') ? salescloudOrganizationKey : scalapayMerchantKey
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => parameters[name] ?? 'SHOPAAAAAAAA')
  const answer = await request(`${server.url}${filled}${query}`, {
    method,
    headers: { authorization: `Bearer ${key}`, ...(body && { 'content-type': 'application/json' }) },
    dispatcher: agent,
    ...(body && { body }),
  })
  await answer.body.dump({ limit: 100_000_000 })
  return answer.statusCode
}

/** Fails with the name of the work when even its shortest turn of several tries is too long. */
async function assertShortTurns(name: string, work: () => Promise<unknown>): Promise<void> {
  let best = Number.POSITIVE_INFINITY
  for (let count = 0; count < tries && best > mostPerTurn; count++)
    best = Math.min(best, await server.longestTurn(work))
  assert(best <= mostPerTurn, `${name} held the event loop for ${best.toFixed(1)} ms`)
}

const kilobytes = 1_024
const limits: Readonly<Record<string, number>> = { '/{kind}/{id}': 512 * kilobytes }

function limitOf({ path }: Route): number {
  const found = Object.entries(limits).find(([end]) => path.endsWith(end))
  return found?.[1] ?? 256 * kilobytes
}

const isImport = ({ method, path }: Route) => method === 'PUT' && path.endsWith('/catalogue')

test('lets no body of any route hold the event loop', { timeout: 240_000 }, async () => {
  const writes = routes.filter((route) => !['GET', 'DELETE'].includes(route.method) && !isImport(route))
  assert(writes.length > 15, `${writes.length} routes take a body`)
  const made = new Map([...new Set(writes.map(limitOf))].map((limit) => [limit, worstBodies(limit)]))
  for (const route of writes) {
    const bodies = made.get(limitOf(route)) ?? []
    const all = await server.longestTurn(async () => {
      for (const { bytes } of bodies) await send(route, bytes)
    })
    if (all <= mostPerTurn) continue
    for (const { name, bytes } of bodies)
      await assertShortTurns(`${route.method} ${route.path} with ${name}`, () => send(route, bytes))
  }
})

test('lets no catalogue hold the event loop, nor another merchant wait', { timeout: 240_000 }, async () => {
  const route = routes.find(isImport)
  assert(route)
  const waits: number[] = []
  const files: readonly (readonly [string, number, Buffer])[] = [
    ['thirty thousand products', 200, Buffer.from(catalogue(30_000 * 105))],
    ['five million empty products', 400, Buffer.from(`{"products":[${'{},'.repeat(5_000_000)}{}]}`)],
    ['a million keys', 400, Buffer.from(`{${Array.from({ length: 999_000 }, (_, at) => `"k${at}":0`)}}`)],
    ['no JSON', 400, Buffer.alloc(16 * 1_048_576, 0x22)],
  ]
  for (const [name, status, bytes] of files)
    await assertShortTurns(name, async () => {
      const buying = new AbortController()
      const other = buyUntil(buying.signal, waits)
      assert.equal(await send(route, bytes), status, name)
      buying.abort()
      await other
    })
  const sorted = waits.toSorted((left, right) => left - right)
  assert(sorted.length > 20, `${sorted.length} orders were made meanwhile`)
  // Two cores that others use as well: on idle ones it is 3 ms. It was seconds when a file was read between the orders.
  const median = sorted[Math.floor(sorted.length / 2)] ?? 0
  assert(median < 250, `another merchant waited ${median.toFixed(0)} ms for an order`)
})

async function buyUntil(stopped: AbortSignal, waits: number[]): Promise<void> {
  const headers = { authorization: `Bearer ${secondScalapayMerchantKey}`, 'content-type': 'application/json' }
  while (!stopped.aborted) {
    const before = performance.now()
    const { statusCode, body } = await request(`${server.url}/v2/orders`, {
      method: 'POST',
      headers,
      body: JSON.stringify(anOrder()),
      dispatcher: agent,
    })
    await body.dump()
    assert.equal(statusCode, 200)
    waits.push(performance.now() - before)
  }
}

test('lets no read hold the event loop, of a large catalogue neither', { timeout: 120_000 }, async () => {
  const query = `?${'a=1&'.repeat(3_000)}`
  for (const route of routes.filter(({ method }) => method === 'GET'))
    for (const asked of ['', '?limit=100', query])
      await assertShortTurns(`GET ${route.path}${asked.slice(0, 20)}`, () => send(route, undefined, asked))
})
