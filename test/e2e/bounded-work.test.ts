import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { Agent, type Dispatcher, request } from 'undici'
import { kupayShopKey, scalapayMerchantKey, secondScalapayMerchantKey } from '../../src/main/fixtures.ts'
import { mostPerTurnNow, shortestTurn } from '../support/load/short-turns.ts'
import { startWatchedServer } from '../support/load/watched-server.ts'
import { catalogue, keyOf, parameters, worstBodies } from '../support/load/worst-bodies.ts'
import { worstFormBodies, worstForms } from '../support/load/worst-forms.ts'
import { hiddenFields } from '../support/pages/shopper.ts'
import { anOrder } from '../support/payments/orders.ts'

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

/** Of a page that somebody is signed in at. */
type Signed = { readonly cookie: string; readonly parameters: Readonly<Record<string, string>> }

type Sent = { readonly body?: Buffer; readonly type?: string; readonly query?: string; readonly signed?: Signed }

async function send(
  { method, path }: Route,
  { body, type = 'application/json', query = '', signed }: Sent = {},
): Promise<number> {
  const known: Record<string, string> = { ...parameters, key: kupayShopKey, ...signed?.parameters }
  const filled = path.replace(
    /\{(\w+)\}|:(\w+)|\*/g,
    (_, documented, plain) => known[documented ?? plain] ?? 'SHOPAAAAAAAA',
  )
  const answer = await request(`${server.url}${filled}${query}`, {
    method,
    headers: {
      authorization: `Bearer ${keyOf(path)}`,
      ...(body && { 'content-type': type }),
      ...(signed && { cookie: signed.cookie, origin: server.url }),
    },
    dispatcher: agent,
    ...(body && { body }),
  })
  await answer.body.dump({ limit: 100_000_000 })
  return answer.statusCode
}

/** Fails with the name of the work when even its shortest turn of several tries is too long. */
async function assertShortTurns(name: string, work: () => Promise<unknown>): Promise<void> {
  const shortest = await shortestTurn(() => server.longestTurn(work))
  assert(shortest?.isShort, `${name} held the event loop for ${shortest?.ms.toFixed(1)} ms`)
}

const kilobytes = 1_024
/** Every route's but the import's. */
const limit = 256 * kilobytes

const isImport = ({ method, path }: Route) => method === 'PUT' && path.endsWith('/catalogue')

test('lets no body of any route hold the event loop', { timeout: 240_000 }, async () => {
  const writes = routes.filter((route) => !['GET', 'DELETE'].includes(route.method) && !isImport(route))
  assert(writes.length > 15, `${writes.length} routes take a body`)
  const bodies = worstBodies(limit)
  for (const route of writes) {
    const all = await server.longestTurn(async () => {
      for (const { bytes } of bodies) await send(route, { body: bytes })
    })
    if (all <= mostPerTurnNow()) continue
    for (const { name, bytes } of bodies)
      await assertShortTurns(`${route.method} ${route.path} with ${name}`, () => send(route, { body: bytes }))
  }
})

/** A session of the sandbox's demo owner and one of its test shopper, each with an address of theirs. */
async function signIn(): Promise<{ readonly portal: Signed; readonly shopper: Signed }> {
  const headers = { authorization: `Bearer ${scalapayMerchantKey}`, 'content-type': 'application/json' }
  const made = await request(`${server.url}/v2/orders`, { method: 'POST', headers, body: JSON.stringify(anOrder()) })
  const { token } = (await made.body.json()) as { token: string }
  const cookies = new Map<string, string>()
  const ask = async (
    path: string,
    form?: Readonly<Record<string, string>>,
    type = 'application/x-www-form-urlencoded',
  ) => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const body = form && (type.endsWith('json') ? JSON.stringify(form) : new URLSearchParams(form).toString())
    const answer = await request(`${server.url}${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { cookie, origin: server.url, ...(body !== undefined && { 'content-type': type }) },
      ...(body !== undefined && { body }),
    })
    for (const line of [answer.headers['set-cookie'] ?? []].flat()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      cookies.set(name, value)
    }
    return await answer.body.text()
  }
  await ask('/portal/api/session/demo', {}, 'application/json')
  const session = JSON.parse(await ask('/portal/api/session')) as { merchants: { id: number }[] }
  const home = `/checkout/${token}`
  await ask(`${home}/sign-in`, { ...hiddenFields(await ask(home)), contact: '+393330000001' })
  await ask(`${home}/code`, { ...hiddenFields(await ask(home)), code: '123456' })
  const confirm = await ask(home)
  assert.match(confirm, /4242/, 'the shopper is signed in')
  const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  const merchant = String(session.merchants[0]?.id)
  return {
    portal: { cookie, parameters: { merchant, token } },
    shopper: { cookie, parameters: { token, ...hiddenFields(confirm) } },
  }
}

test(
  'lets no body of any page, of the portal or of a hidden route hold the event loop',
  { timeout: 240_000 },
  async () => {
    const documented = new Set(routes.map(({ method, path }) => `${method} ${path.replaceAll(/\{(\w+)\}/g, ':$1')}`))
    const hidden = (await server.routes()).filter(({ method, path }) => !documented.has(`${method} ${path}`)) as Route[]
    // Signing out comes last, and is sent to all the same.
    const isLast = ({ path }: Route) => Number(/sign-out|sessions?$/.test(path))
    const writes = hidden
      .filter(({ method }) => ['POST', 'PUT', 'PATCH'].includes(method))
      .toSorted((one, other) => isLast(one) - isLast(other))
    for (const part of ['/checkout/', '/account', '/pay', '/portal/api/', '/sandbox/'])
      assert(
        writes.some(({ path }) => path.startsWith(part)),
        `a hidden route below ${part}`,
      )
    const { portal, shopper } = await signIn()
    const json = worstBodies(64 * kilobytes - 100).filter(({ name }) => worstForSmall.includes(name))
    const forms = [
      ...worstFormBodies(8 * kilobytes),
      ...worstForms(7 * kilobytes).map(({ name, fields }) => ({
        name,
        bytes: Buffer.from(new URLSearchParams({ ...fields, ...shopper.parameters }).toString()),
      })),
    ]
    const works = writes.flatMap((route) => {
      const isPortal = route.path.startsWith('/portal/')
      const [type, signed] = isPortal ? ['application/json', portal] : ['application/x-www-form-urlencoded', shopper]
      return (isPortal ? json : forms).map(({ name, bytes }) => ({
        name: `${route.method} ${route.path} with ${name}`,
        work: () => send(route, { body: bytes, type, signed }),
      }))
    })
    const query = `?${'a=1&'.repeat(3_000)}`
    const reads = hidden.filter(({ method, path }) => method === 'GET' && !path.startsWith('/docs'))
    const all = [
      ...reads.map((route) => ({
        name: `GET ${route.path}`,
        work: () => send(route, { query, signed: route.path.startsWith('/portal/') ? portal : shopper }),
      })),
      ...works,
    ]
    // Looked at one by one only where a few together were too long.
    for (let at = 0; at < all.length; at += 40) {
      const some = all.slice(at, at + 40)
      const longest = await server.longestTurn(async () => {
        for (const { work } of some) await work()
      })
      if (longest > mostPerTurnNow()) for (const { name, work } of some) await assertShortTurns(name, work)
    }
  },
)

/** Of the bodies those that cost the most for their size. */
const worstForSmall = [
  'many keys',
  'lists in a list',
  'one long text',
  'no text',
  'deep',
  'a payment with many names in an item',
]

test('lets no catalogue hold the event loop, nor another merchant wait', { timeout: 240_000 }, async () => {
  const route = routes.find(isImport)
  assert(route)
  const answered: number[] = []
  const files: readonly (readonly [string, number, Buffer])[] = [
    ['thirty thousand products', 200, Buffer.from(catalogue(30_000 * 105))],
    ['five million empty products', 400, Buffer.from(`{"products":[${'{},'.repeat(5_000_000)}{}]}`)],
    ['a million keys', 400, Buffer.from(`{${Array.from({ length: 999_000 }, (_, at) => `"k${at}":0`)}}`)],
    ['no JSON', 400, Buffer.alloc(16 * 1_048_576, 0x22)],
  ]
  for (const [name, status, bytes] of files)
    await assertShortTurns(name, async () => {
      const buying = new AbortController()
      const other = buyUntil(buying.signal, answered)
      assert.equal(await send(route, { body: bytes }), status, name)
      buying.abort()
      await other
    })
  assert(answered.length > 0, 'an order was made and answered while a file was imported')
})

/** One order after the other. Those are kept that were answered before it was to stop; not how quickly, which is the machine's affair. */
async function buyUntil(stopped: AbortSignal, answered: number[]): Promise<void> {
  const headers = { authorization: `Bearer ${secondScalapayMerchantKey}`, 'content-type': 'application/json' }
  while (!stopped.aborted) {
    const { statusCode, body } = await request(`${server.url}/v2/orders`, {
      method: 'POST',
      headers,
      body: JSON.stringify(anOrder()),
      dispatcher: agent,
    })
    await body.dump()
    // 503 is said where the machine is so crowded that the database does not answer in time.
    assert(statusCode === 200 || statusCode === 503, `${statusCode}`)
    if (statusCode === 200 && !stopped.aborted) answered.push(statusCode)
  }
}

test('lets no read hold the event loop, of a large catalogue neither', { timeout: 120_000 }, async () => {
  const query = `?${'a=1&'.repeat(3_000)}`
  for (const route of routes.filter(({ method }) => method === 'GET'))
    for (const asked of ['', '?limit=100', query])
      await assertShortTurns(`GET ${route.path}${asked.slice(0, 20)}`, () => send(route, { query: asked }))
})
