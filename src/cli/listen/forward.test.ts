import assert from 'node:assert/strict'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type TestContext, test } from 'node:test'
import { createForwarder, readForwardTarget } from './forward.ts'

type Handler = (request: IncomingMessage, response: ServerResponse, count: number) => void

async function aReceiver(
  t: TestContext,
  handler: Handler,
  host = '127.0.0.1',
): Promise<{ port: number; urls: string[] }> {
  const urls: string[] = []
  const server = createServer((request, response) => {
    urls.push(request.url ?? '')
    handler(request, response, urls.length)
  })
  await new Promise<void>((resolve) => server.listen(0, host, resolve))
  t.after(() => {
    server.closeAllConnections()
    server.close()
  })
  return { port: (server.address() as AddressInfo).port, urls }
}

const event = {
  method: 'POST' as const,
  query: {},
  body: '{"a":1}',
  headers: { 'content-type': 'application/json', 'webhook-id': 'msg' },
}
const never = new AbortController().signal

test('keeps path and query byte for byte, escapes and all', async (t) => {
  const received: string[] = []
  const { port, urls } = await aReceiver(t, async (request, response) => {
    for await (const chunk of request) received.push(String(chunk))
    response.writeHead(200).end()
  })
  const rests = ["/h?a=%7e&b=1+2&c='x'&d=%2F%2f&&e", '/a/../b/./c//d?x=[]{}|', '', '?only=query', '/%E2%82%ac?"<>`^']
  for (const rest of rests) {
    const forwarder = createForwarder(readForwardTarget(`http://127.0.0.1:${port}${rest}`), assert.fail)
    assert.equal((await forwarder.forward(event, never)).kind, 'answered')
    await forwarder.close()
  }
  assert.deepEqual(urls, [
    "/h?a=%7e&b=1+2&c='x'&d=%2F%2f&&e",
    '/a/../b/./c//d?x=[]{}|',
    '/',
    '/?only=query',
    '/%E2%82%ac?"<>`^',
  ])
  assert.deepEqual(
    received,
    rests.map(() => '{"a":1}'),
  )
})

test('refuses what is not an address to send to', () => {
  for (const text of [
    '',
    'localhost:3000',
    'ftp://a/',
    'http://',
    'http://u:p@a/',
    'http://a/#b',
    'http://a/ b',
    'http://a/\r\nx: y',
    'javascript:1',
    'http://a:99999/',
  ])
    assert.throws(() => readForwardTarget(text), /--forward must be a URL/, text)
})

test('encodes what HTTP cannot send as it was typed, and nothing else', () => {
  assert.equal(readForwardTarget('http://a/é%7e?ü=1&b=+').path, '/%C3%A9%7e?%C3%BC=1&b=+')
})

for (const host of ['127.0.0.1', '::1']) {
  test(`finds a receiver of localhost that listens on ${host} only`, async (t) => {
    const { port } = await aReceiver(t, (_request, response) => response.writeHead(200).end(), host)
    const forwarder = createForwarder(readForwardTarget(`http://localhost:${port}/`), assert.fail)
    t.after(() => forwarder.close())
    assert.equal((await forwarder.forward(event, never)).kind, 'answered')
  })
}

test('any answer ends an event', async (t) => {
  const { port, urls } = await aReceiver(t, (_request, response) => response.writeHead(500).end('no'))
  const forwarder = createForwarder(readForwardTarget(`http://127.0.0.1:${port}/`), assert.fail)
  t.after(() => forwarder.close())
  const result = await forwarder.forward(event, never)
  assert.equal(result.kind === 'answered' && result.status, 500)
  assert.equal(urls.length, 1)
})

test('sends again what broke on the way', async (t) => {
  const { port, urls } = await aReceiver(t, (request, response, count) => {
    if (count < 3) request.socket.destroy()
    else response.writeHead(200).end()
  })
  const told: string[] = []
  const forwarder = createForwarder(readForwardTarget(`http://127.0.0.1:${port}/`), (error) => told.push(error))
  t.after(() => forwarder.close())
  const result = await forwarder.forward(event, never)
  assert.equal(result.kind === 'answered' && result.status, 200)
  assert.equal(urls.length, 3)
  assert.equal(told.length, 1)
})

test('waits for a receiver that is not there yet', async (t) => {
  const { port } = await aReceiver(t, () => undefined)
  const free = await new Promise<number>((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const found = (server.address() as AddressInfo).port
      server.close(() => resolve(found))
    })
  })
  assert.notEqual(port, free)
  const late = createServer((_request, response) => response.writeHead(200).end())
  t.after(() => late.close())
  const told: string[] = []
  const forwarder = createForwarder(readForwardTarget(`http://127.0.0.1:${free}/`), (error) => {
    told.push(error)
    late.listen(free, '127.0.0.1')
  })
  t.after(() => forwarder.close())
  const result = await forwarder.forward(event, never)
  assert.equal(result.kind === 'answered' && result.status, 200)
  assert.deepEqual(told, ['ECONNREFUSED'])
})

test('stops waiting when the command is ended', async (t) => {
  const stop = new AbortController()
  const forwarder = createForwarder(readForwardTarget('http://127.0.0.1:1/'), () => stop.abort())
  t.after(() => forwarder.close())
  await assert.rejects(forwarder.forward(event, stop.signal), { name: 'AbortError' })
})
