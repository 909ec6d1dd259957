import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type TestContext, test } from 'node:test'
import { inspect } from 'node:util'
import { createAcquirerHttp, maxAnswerBytes } from './acquirer-http.ts'

const long = 30_000 // a deadline that no passing test comes near
const short = 80 // a deadline that is meant to pass

async function serve(t: TestContext, listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.after(() => {
    server.close()
    server.closeAllConnections()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/path?query=1`
}

function client(t: TestContext) {
  const http = createAcquirerHttp()
  t.after(() => http.close())
  return (url: string, deadlineMs: number) =>
    http.post(url, { 'x-own': '1' }, '<secret>4242424242424242</secret>', deadlineMs)
}

test('posts and reads the answer over kept connections', async (t) => {
  const post = client(t)
  const ports = new Set<number | undefined>()
  const url = await serve(t, async (request, response) => {
    ports.add(request.socket.remotePort)
    const chunks = await Array.fromAsync(request as AsyncIterable<Buffer>)
    response.end(`${request.method} ${request.url} ${request.headers['x-own']} ${Buffer.concat(chunks)} þ`)
  })
  const body = 'POST /path?query=1 1 <secret>4242424242424242</secret> þ'
  for (let i = 0; i < 10; i++) assert.deepEqual(await post(url, long), { kind: 'answered', status: 200, body })
  assert.ok(ports.size < 10, `${ports.size} connections`)
})

test('loses an answer that does not come, or does not end, within the deadline', async (t) => {
  const post = client(t)
  const silent = await serve(t, () => {})
  const endless = await serve(t, (_request, response) => response.write('a'))
  for (const url of [silent, endless]) {
    assert.deepEqual(await post(url, short), { kind: 'lost', detail: 'no complete answer within the deadline' })
  }
})

test('loses an answer that is cut, too long or not text', async (t) => {
  const post = client(t)
  const listeners: RequestListener[] = [
    (request) => request.socket.destroy(),
    (_request, response) => {
      response.writeHead(200, { 'content-length': '10' })
      response.write('half')
      response.socket?.end()
    },
    (_request, response) => response.end('a'.repeat(maxAnswerBytes + 1)),
    (_request, response) => response.end(Buffer.from([0x50, 0xff, 0xfe])),
  ]
  for (const listener of listeners) {
    const exchange = await post(await serve(t, listener), long)
    assert.equal(exchange.kind, 'lost')
    assert.ok(!inspect(exchange).includes('4242'))
  }
})

test('follows no redirect', async (t) => {
  const url = await serve(t, (_request, response) => response.writeHead(307, { location: '/other' }).end())
  assert.deepEqual(await client(t)(url, long), { kind: 'answered', status: 307, body: '' })
})

test('knows that nothing was sent when nobody listens', async (t) => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  const exchange = await client(t)(`http://127.0.0.1:${port}/`, long)
  assert.deepEqual(exchange, { kind: 'not_sent', detail: 'connection failed (ECONNREFUSED)' })
})
