import assert from 'node:assert/strict'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { after, test } from 'node:test'
import { forwardTo } from './forward.ts'

async function serve(listener: RequestListener): Promise<number> {
  const server = createServer(listener)
  after(() => {
    server.closeAllConnections()
    server.close()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return (server.address() as AddressInfo).port
}

async function inFront(listener: RequestListener): Promise<string> {
  return `http://127.0.0.1:${await serve(forwardTo(await serve(listener)))}`
}

test('hands on a request with its body, and the answer with its status and headers', async () => {
  const url = await inFront(async (request, response) => {
    const body = await text(request)
    response.writeHead(418, { 'x-heard': `${request.method} ${request.url}` }).end(body)
  })
  const answer = await fetch(`${url}/sandbox/clock?x=1`, { method: 'POST', body: 'forward' })
  assert.deepEqual([answer.status, answer.headers.get('x-heard')], [418, 'POST /sandbox/clock?x=1'])
  assert.equal(await answer.text(), 'forward')
})

test('answers 503 while nobody listens there', async () => {
  const nobody = await serve(forwardTo(1))
  assert.equal((await fetch(`http://127.0.0.1:${nobody}/`)).status, 503)
})

test('an answer that breaks half-way breaks for its client, too', async () => {
  const url = await inFront((_request, response) => {
    response.writeHead(200, { 'content-length': 100 }).write('half', () => response.destroy())
  })
  const answer = await fetch(url)
  await assert.rejects(answer.text())
})

test('a client that goes away is waited for by nobody', async () => {
  const gone = Promise.withResolvers<void>()
  const url = await inFront((_request, response) => {
    response.once('close', () => gone.resolve())
    response.writeHead(200).write('stream')
  })
  const leaving = new AbortController()
  await fetch(url, { signal: leaving.signal })
  leaving.abort()
  await gone.promise
})
