import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, test } from 'node:test'
import { createSmsHttpTransport } from './sms-http-transport.ts'

const seen: { headers: Record<string, unknown>; body: string }[] = []
let status = 202
const server = createServer((request, response) => {
  let body = ''
  request.on('data', (bytes) => {
    body += bytes
  })
  request.on('end', () => {
    seen.push({ headers: request.headers, body })
    if (status === 0) request.socket.destroy()
    else response.writeHead(status).end()
  })
})
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/send`
const transport = createSmsHttpTransport({ url, token: 'secret' })
after(() => {
  transport.close?.()
  server.close()
})
const message = { id: 'abc', recipient: '+393330000001', subject: '', text: 'ciao', html: '' }

test('posts the text with its id, and takes any 2xx for sent', async () => {
  assert.deepEqual(await transport.send(message), { kind: 'sent' })
  assert.deepEqual(JSON.parse(`${seen[0]?.body}`), { id: 'abc', to: '+393330000001', text: 'ciao' })
  assert.equal(seen[0]?.headers.authorization, 'Bearer secret')
  assert.equal(seen[0]?.headers['idempotency-key'], 'abc')
})

test('tries later when asked to, gives up when refused, and guesses nothing', async () => {
  for (const [answer, kind] of [
    [503, 'later'],
    [429, 'later'],
    [400, 'refused'],
    [500, 'refused'],
    [302, 'refused'],
    [0, 'unknown'],
  ] as const) {
    status = answer
    assert.equal((await transport.send(message)).kind, kind, String(answer))
  }
  const nobody = createSmsHttpTransport({ url: 'http://127.0.0.1:1/' })
  after(() => nobody.close?.())
  assert.equal((await nobody.send(message)).kind, 'later')
})
