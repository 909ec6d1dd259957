import assert from 'node:assert/strict'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { type AddressInfo, connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { after, test } from 'node:test'
import { connect as connectTls } from 'node:tls'
import { gunzipSync } from 'node:zlib'
import type { FastifyInstance } from 'fastify'
import { createLogger } from './logger.ts'
import { buildServer, type Part } from './server.ts'

type Change = {
  tls?: { cert: string; key: string }
  isReady?: () => Promise<boolean>
  isHealthy?: () => boolean
}

async function aServer({
  tls,
  isReady = async () => true,
  isHealthy = () => true,
}: Change = {}): Promise<{ server: FastifyInstance; log: string[] }> {
  const log: string[] = []
  const server = await buildServer({
    app: null,
    protocols: [part],
    pages: [],
    operations: {
      isReady,
      isHealthy,
      metrics: async () => ({ contentType: 'text/plain; version=0.0.4', text: 'up 1\n' }),
    },
    docs: { title: 'Test', version: '1', description: '', publicUrl: 'http://tercet.test' },
    logger: createLogger({ destination: { write: (line: string) => void log.push(line) } }),
    tls,
  })
  after(() => server.close())
  return { server, log }
}

/** What `/slow` waits for. */
const slow = { answer: Promise.withResolvers<string>() }

const part: Part<null> = {
  name: 'test',
  async register(scope) {
    scope.get('/bug', () => {
      throw Object.assign(new Error('secret detail'), { detail: 'Failing row contains (4242)' })
    })
    scope.get('/busy', () => {
      throw Object.assign(new Error('queue full', { cause: new Error('no disk') }), { retryAfterSeconds: 3 })
    })
    scope.get('/slow', async () => await slow.answer.promise)
    scope.post('/echo', (request) => ({ got: request.body }))
  },
}

test('answers health, readiness and metrics', async () => {
  const { server } = await aServer()
  assert.equal((await server.inject('/healthz')).json().status, 'ok')
  assert.equal((await server.inject('/readyz')).statusCode, 200)
  const metrics = await server.inject('/metrics')
  assert.equal(metrics.body, 'up 1\n')
  assert.equal(metrics.headers['content-type'], 'text/plain; version=0.0.4')
})

test('is not healthy when only a new start could help', async () => {
  const { server } = await aServer({ isHealthy: () => false })
  const answer = await server.inject('/healthz')
  assert.deepEqual([answer.statusCode, answer.json()], [503, { status: 'the database does not start' }])
})

test('is not ready when the question fails', async () => {
  const { server } = await aServer({ isReady: () => Promise.reject(new Error('no database')) })
  const answer = await server.inject('/readyz')
  assert.equal(answer.statusCode, 503)
  assert.doesNotMatch(answer.body, /no database/)
})

test('answers an unknown path with an envelope and its id in the log', async () => {
  const { server, log } = await aServer()
  const answer = await server.inject('/nowhere?key=secret')
  const { errorId } = answer.json()
  assert.equal(answer.statusCode, 404)
  assert(log.some((line) => line.includes(errorId) && line.includes('/nowhere')))
  assert(!log.join().includes('secret'))
})

test('parses no body at an address that takes none', async () => {
  const { server } = await aServer()
  const headers = { 'content-type': 'application/json' }
  for (const url of ['/nowhere', '/healthz'])
    assert.equal((await server.inject({ method: 'POST', url, headers, payload: '{"a":' })).statusCode, 404, url)
})

test('tells nobody why it failed, but the log', async () => {
  const { server, log } = await aServer()
  const answer = await server.inject('/bug')
  assert.equal(answer.statusCode, 500)
  assert.doesNotMatch(answer.body, /secret|server\.test/)
  assert(log.some((line) => /secret detail.*"stack"/.test(line) && line.includes(answer.json().errorId)))
  assert(!log.join().includes('Failing row'))
})

test('turns an outage into 503 with the time to wait, and says in the log what is away in few words', async () => {
  const { server, log } = await aServer()
  const answer = await server.inject('/busy')
  assert.equal(answer.statusCode, 503)
  assert.equal(answer.headers['retry-after'], '3')
  const said = log.join()
  assert.match(said, /queue full.*no disk/)
  assert.doesNotMatch(said, /"stack"/)
})

test('takes doubled and trailing slashes', async () => {
  const { server } = await aServer()
  assert.equal((await server.inject('http://h//healthz/')).statusCode, 200)
})

test('gives each request an id and forbids guessing of types', async () => {
  const { server } = await aServer()
  const [one, two] = await Promise.all([server.inject('/healthz'), server.inject('/healthz')])
  assert.notEqual(one.headers['x-request-id'], two.headers['x-request-id'])
  assert.equal(one.headers['x-content-type-options'], 'nosniff')
  assert.equal(one.headers['strict-transport-security'], undefined)
})

test('describes its routes as OpenAPI, in JSON and in YAML, and packs it for whoever takes that', async () => {
  const { server } = await aServer()
  assert.match((await server.inject('/docs/yaml')).body, /^openapi: 3\.1\.0\n/)
  const packed = await server.inject({ url: '/docs/json', headers: { 'accept-encoding': 'br, gzip' } })
  assert.equal(packed.headers['content-encoding'], 'gzip')
  assert.equal(JSON.parse(gunzipSync(packed.rawPayload).toString()).openapi, '3.1.0')
  const described = (await server.inject('/docs/json')).json()
  assert.equal(described.openapi, '3.1.0')
  assert.deepEqual(described.servers, [{ url: 'http://tercet.test' }])
})

test('speaks TLS 1.2 and 1.3 and nothing older, and asks browsers to stay on it', async () => {
  const { server } = await aServer({ tls: { cert: await pem('cert'), key: await pem('key') } })
  const address = await server.listen({ port: 0, host: '127.0.0.1' })
  const port = Number(new URL(address).port)
  assert.equal(await protocolOf(port, 'TLSv1.2'), 'TLSv1.2')
  assert.equal(await protocolOf(port, 'TLSv1.3'), 'TLSv1.3')
  await assert.rejects(protocolOf(port, 'TLSv1.1'))
  assert.match(String((await server.inject('/healthz')).headers['strict-transport-security']), /max-age/)
})

function pem(name: string): Promise<string> {
  return readFile(new URL(`../../test/support/tls/${name}.pem`, import.meta.url), 'utf8')
}

/** The version agreed on when the client can do no better than `maxVersion`. Level 0: or OpenSSL refuses by itself. */
function protocolOf(port: number, maxVersion: 'TLSv1.1' | 'TLSv1.2' | 'TLSv1.3'): Promise<string | null> {
  return new Promise((resolve, reject) => {
    const options = { port, host: '127.0.0.1', rejectUnauthorized: false, maxVersion, minVersion: 'TLSv1' } as const
    const socket = connectTls({ ...options, ciphers: 'DEFAULT@SECLEVEL=0' }, () => {
      resolve(socket.getProtocol())
      socket.destroy()
    })
    socket.on('error', reject)
  })
}

test('has limits for slow and greedy clients', async () => {
  const { server } = await aServer()
  const { requestTimeout, headersTimeout, maxConnections } = server.server
  assert(requestTimeout > 0 && headersTimeout > 0 && headersTimeout <= requestTimeout)
  assert(Number.isFinite(maxConnections) && maxConnections > 0)
  await server.listen({ port: 0, host: '127.0.0.1' })
  const address = server.server.address()
  assert(address !== null && typeof address === 'object')
  const socket = connect(address.port, '127.0.0.1')
  socket.write(`GET / HTTP/1.1\r\nHost: x\r\nX-Long: ${'x'.repeat(20_000)}\r\n\r\n`)
  const [answer] = await once(socket, 'data')
  assert.match(String(answer), /^HTTP\/1\.1 431 /)
  socket.destroy()
})

test('leaves requests without a Host and with unknown expectations to the part they are for', async () => {
  const { server } = await aServer()
  await server.listen({ port: 0, host: '127.0.0.1' })
  const address = server.server.address()
  assert(address !== null && typeof address === 'object')
  for (const headers of ['', 'Host: x\r\nExpect: 200-ok\r\n']) {
    const socket = connect(address.port, '127.0.0.1')
    socket.write(`GET /nowhere HTTP/1.1\r\n${headers}Connection: close\r\n\r\n`)
    const [answer] = await once(socket, 'data')
    assert.match(String(answer), /^HTTP\/1\.1 404 [\s\S]*"errorCode":"not_found"/)
    socket.destroy()
  }
})

for (const scheme of ['http', 'https'] as const)
  test(`answers whoever came over ${scheme} just before it closed, and ends those who say nothing`, async () => {
    const { server } = await aServer(
      scheme === 'https' ? { tls: { cert: await pem('cert'), key: await pem('key') } } : {},
    )
    await server.listen({ port: 0, host: '127.0.0.1' })
    const { port } = server.server.address() as AddressInfo
    const open = () =>
      scheme === 'https'
        ? connectTls({ port, host: '127.0.0.1', rejectUnauthorized: false })
        : connect(port, '127.0.0.1')
    const opened = scheme === 'https' ? 'secureConnection' : 'connection'
    const silent = open()
    await once(server.server, opened)
    const socket = open()
    const accepted = once(server.server, opened)
    await once(socket, scheme === 'https' ? 'secureConnect' : 'connect')
    await accepted
    const closed = server.close()
    socket.write('GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n')
    assert.match(await text(socket), /^HTTP\/1\.1 200 /)
    await Promise.all([closed, once(silent.resume(), 'close')])
  })

test('answers the next request of a busy connection after it has begun to close, and says that it was the last', async () => {
  const { server } = await aServer()
  await server.listen({ port: 0, host: '127.0.0.1' })
  const { port } = server.server.address() as AddressInfo
  const socket = connect(port, '127.0.0.1')
  const ask = () => socket.write('GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n')
  ask()
  assert.match(String((await once(socket, 'data'))[0]), /^HTTP\/1\.1 200 [\s\S]*keep-alive/i)
  const closed = server.close()
  while (server.server.listening) await new Promise((resolve) => setImmediate(resolve))
  ask()
  assert.match(await text(socket), /^HTTP\/1\.1 200 [\s\S]*connection: close/i)
  await closed
})

test('says that it is the last answer also to what was asked before it began to close', async () => {
  const { server } = await aServer()
  await server.listen({ port: 0, host: '127.0.0.1' })
  const socket = connect((server.server.address() as AddressInfo).port, '127.0.0.1')
  const asked = once(server.server, 'request')
  socket.write('GET /slow HTTP/1.1\r\nHost: x\r\n\r\n')
  await asked
  const closed = server.close()
  while (server.server.listening) await new Promise((resolve) => setImmediate(resolve))
  slow.answer.resolve('at last')
  assert.match(await text(socket), /^HTTP\/1\.1 200 [\s\S]*connection: close[\s\S]*at last$/i)
  await closed
})
