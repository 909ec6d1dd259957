import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { createServer as createTcpServer, type Socket } from 'node:net'
import { type TestContext, test } from 'node:test'
import { buildConnector } from 'undici'
import { createGuardedClient, type GuardedClientOptions, type OutgoingRequest } from './guarded-request.ts'
import type { Outcome } from './outcome.ts'

const sandbox = { allowLoopback: true }
const LONG = 30_000 // a deadline that no passing test comes near
const SHORT = 80 // a deadline that is meant to pass

/** A client and a sender whose requests have everything but the URL filled in. */
function sender(
  t: TestContext,
  policy = sandbox as Parameters<typeof createGuardedClient>[0],
  options?: GuardedClientOptions,
) {
  const client = createGuardedClient(policy, options)
  t.after(() => client.close())
  return (url: string, more: Partial<OutgoingRequest> = {}) =>
    client.send({
      url,
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"a":1}',
      deadlineMs: LONG,
      ...more,
    })
}

async function listen(t: TestContext, server: Server, host = '127.0.0.1'): Promise<number> {
  server.listen(0, host)
  await once(server, 'listening')
  t.after(() => {
    server.close()
    server.closeAllConnections()
  })
  return (server.address() as AddressInfo).port
}

async function serve(t: TestContext, handler: RequestListener, host?: string): Promise<number> {
  return listen(t, createServer(handler), host)
}

async function serveRaw(t: TestContext, onSocket: (socket: Socket) => void): Promise<number> {
  const sockets = new Set<Socket>()
  const server = createTcpServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => socket.destroy())
    onSocket(socket)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.after(() => {
    server.close()
    for (const socket of sockets) socket.destroy()
  })
  return (server.address() as AddressInfo).port
}

/** The bound is generous: it tells the request's own deadline from the ten seconds of a connection attempt. */
function assertTimeout(outcome: Outcome): void {
  assert.deepEqual(
    { ...outcome, milliseconds: 0 },
    {
      kind: 'failed',
      error: 'timeout',
      detail: `no complete answer within ${SHORT} ms`,
      milliseconds: 0,
    },
  )
  assert.ok(outcome.kind === 'failed' && outcome.milliseconds < 9000)
}

async function textOf(request: IncomingMessage): Promise<string> {
  return Buffer.concat(await request.toArray()).toString()
}

test('answers with status, body, retry-after and a whole number of milliseconds', async (t) => {
  let seen: unknown
  const port = await serve(t, async (request, response) => {
    const { host, 'content-type': type } = request.headers
    seen = { method: request.method, path: request.url, host, type, body: await textOf(request) }
    response.writeHead(200, { 'retry-after': '120', 'x-other': 'x' }).end('thanks')
  })
  const { milliseconds, ...outcome } = { milliseconds: -1, ...(await sender(t)(`http://localhost:${port}/Hook?a=%2F`)) }
  assert.deepEqual(outcome, { kind: 'answered', status: 200, body: 'thanks', headers: { 'retry-after': '120' } })
  assert.ok(Number.isInteger(milliseconds) && milliseconds >= 0)
  assert.deepEqual(seen, {
    method: 'POST',
    path: '/Hook?a=%2F',
    host: `localhost:${port}`,
    type: 'application/json',
    body: '{"a":1}',
  })
})

test('answers 201, 400 and 500 as they are, and sends each request once', async (t) => {
  let requests = 0
  const port = await serve(t, (request, response) => {
    requests += 1
    response.writeHead(Number(request.url?.slice(1))).end()
  })
  const send = sender(t)
  for (const status of [201, 400, 500]) {
    const outcome = await send(`http://127.0.0.1:${port}/${status}`)
    assert.equal(outcome.kind === 'answered' && outcome.status, status)
  }
  assert.equal(requests, 3)
})

test('does not follow a redirect', async (t) => {
  const paths: (string | undefined)[] = []
  const port = await serve(t, (request, response) => {
    paths.push(request.url)
    response.writeHead(307, { location: '/secret' }).end()
  })
  const outcome = await sender(t)(`http://127.0.0.1:${port}/hook`)
  assert.equal(outcome.kind === 'answered' && outcome.status, 307)
  assert.deepEqual(paths, ['/hook'])
})

test('stops at the cap of a receiver that sends a gigabyte, keeps 2 KB and closes the connection', async (t) => {
  const cut = Promise.withResolvers<number>()
  const port = await serve(t, (_request, response) => {
    const chunk = Buffer.alloc(65_536, 'x')
    let written = 0
    response.writeHead(200, { 'content-length': 1_000_000_000 })
    const pump = () => {
      for (let hasRoom = true; hasRoom && written < 1_000_000_000; written += chunk.length)
        hasRoom = response.write(chunk)
    }
    response.on('drain', pump).on('close', () => cut.resolve(written))
    pump()
  })
  const outcome = await sender(t)(`http://127.0.0.1:${port}/`)
  assert.deepEqual(
    { ...outcome, milliseconds: 0 },
    { kind: 'answered', status: 200, body: 'x'.repeat(2048), headers: {}, milliseconds: 0 },
  )
  // What the kernel's buffers took is all the receiver got rid of.
  assert.ok((await cut.promise) < 50_000_000)
})

test('keeps text whole where 2 KB cut a character, and replaces NUL', async (t) => {
  const port = await serve(t, (request, response) => {
    response.end(request.url === '/nul' ? 'a\u0000b' : `x${'é'.repeat(2000)}`)
  })
  const send = sender(t)
  const cut = await send(`http://127.0.0.1:${port}/`)
  assert.equal(cut.kind === 'answered' && cut.body, `x${'é'.repeat(1023)}`)
  const nul = await send(`http://127.0.0.1:${port}/nul`)
  assert.equal(nul.kind === 'answered' && nul.body, 'a\ufffdb')
})

test('times out on headers that do not come and on a body that drips, by the one deadline', async (t) => {
  const port = await serve(t, (request, response) => {
    if (request.url === '/headers') return
    response.writeHead(200)
    const drip = setInterval(() => response.write('.'), 5)
    response.on('close', () => clearInterval(drip))
  })
  const send = sender(t)
  for (const path of ['headers', 'drip']) {
    const outcome = await send(`http://127.0.0.1:${port}/${path}`, { deadlineMs: SHORT })
    assertTimeout(outcome)
  }
})

test('times out on a name server, a TLS handshake and a flood of interim answers that never end', async (t) => {
  const port = await serveRaw(t, (socket) => {
    const flood = setInterval(() => socket.write('HTTP/1.1 103 Early Hints\r\n\r\n'), 5)
    socket.on('close', () => clearInterval(flood))
  })
  const silent = await serveRaw(t, () => undefined)
  const never = new Promise<never>(() => undefined)
  const policy = { allowLoopback: true, ports: [silent] }
  const cases = [
    await sender(t)(`http://127.0.0.1:${port}/`, { deadlineMs: SHORT }),
    await sender(t)(`https://127.0.0.1:${silent}/`, { deadlineMs: SHORT }),
    await sender(t, policy, { resolve: () => never })(`https://shop.example:${silent}/`, { deadlineMs: SHORT }),
  ]
  for (const outcome of cases) assertTimeout(outcome)
})

test('counts the wait for a free connection into the deadline', async (t) => {
  const port = await serve(t, () => undefined)
  const send = sender(t, sandbox, { connectionsPerOrigin: 1 })
  const both = await Promise.all([1, 2].map(() => send(`http://127.0.0.1:${port}/`, { deadlineMs: SHORT })))
  for (const outcome of both) assertTimeout(outcome)
})

test('reports a connection closed midway as reset, before and inside the answer', async (t) => {
  const port = await serveRaw(t, (socket) => {
    socket.once('data', (data) => {
      if (data.includes('/half')) socket.write('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nhalf')
      socket.end()
    })
  })
  const send = sender(t)
  for (const path of ['none', 'half']) {
    const outcome = await send(`http://127.0.0.1:${port}/${path}`)
    assert.equal(outcome.kind === 'failed' && outcome.error, 'reset', path)
  }
})

test('reports what is not HTTP as a failure', async (t) => {
  const port = await serveRaw(t, (socket) => void socket.once('data', () => socket.end('SSH-2.0-OpenSSH\r\n')))
  const outcome = await sender(t)(`http://127.0.0.1:${port}/`)
  assert.equal(outcome.kind === 'failed' && outcome.error, 'other')
})

test('reports a closed port as connect and an unknown name as dns', async (t) => {
  const probe = createServer()
  const port = await listen(t, probe)
  probe.close()
  await once(probe, 'close')
  const closed = await sender(t)(`http://localhost:${port}/`)
  assert.equal(closed.kind === 'failed' && closed.error, 'connect')
  assert.match(closed.kind === 'failed' ? closed.detail : '', /ECONNREFUSED/)

  const resolve = () => Promise.reject(new Error('queryA ENOTFOUND shop.example'))
  const unknown = await sender(t, sandbox, { resolve })('https://shop.example/')
  assert.deepEqual(
    { ...unknown, milliseconds: 0 },
    {
      kind: 'failed',
      error: 'dns',
      detail: 'queryA ENOTFOUND shop.example',
      milliseconds: 0,
    },
  )
  const empty = await sender(t, sandbox, { resolve: async () => [] })('https://shop.example/')
  assert.equal(empty.kind === 'failed' && empty.error, 'dns')
})

test('keeps host name, Host header and TLS server name while it connects to the checked address', async (t) => {
  const names: unknown[] = []
  const server = createTlsServer({ key: KEY, cert: CERTIFICATE }, (request, response) => {
    names.push(request.headers.host, 'servername' in request.socket && request.socket.servername)
    response.end('ok')
  })
  const port = await listen(t, server)
  const policy = { allowLoopback: true, ports: [port] }
  const outcome = await sender(t, policy, { resolve: async () => ['127.0.0.1'], ca: CERTIFICATE })(
    `https://shop.example:${port}/`,
  )
  assert.equal(outcome.kind === 'answered' && outcome.body, 'ok')
  assert.deepEqual(names, [`shop.example:${port}`, 'shop.example'])
})

test('reports a certificate that is unknown or of another name, and a server without TLS, as tls', async (t) => {
  const server = createTlsServer({ key: KEY, cert: CERTIFICATE }, (_request, response) => void response.end('ok'))
  const port = await listen(t, server)
  const plain = await serve(t, (_request, response) => void response.end('ok'))
  const policy = { allowLoopback: true, ports: [port, plain] }
  const resolve = async () => ['127.0.0.1']
  const cases = [
    await sender(t, policy, { resolve })(`https://shop.example:${port}/`),
    await sender(t, policy, { resolve, ca: CERTIFICATE })(`https://other.example:${port}/`),
    await sender(t, policy, { resolve, ca: CERTIFICATE })(`https://shop.example:${plain}/`),
  ]
  for (const outcome of cases) assert.equal(outcome.kind === 'failed' && outcome.error, 'tls')
})

test('refuses a URL the guard refuses without connecting', async (t) => {
  let connections = 0
  const port = await serveRaw(t, () => {
    connections += 1
  })
  const send = sender(t, { allowLoopback: false, ports: [port] })
  for (const host of [
    '127.0.0.1',
    'localhost',
    '2130706433',
    '[::1]',
    '[::ffff:7f00:1]',
    '169.254.169.254',
    '10.0.0.1',
  ]) {
    const outcome = await send(`https://${host}:${port}/`)
    assert.equal(outcome.kind, 'refused', host)
  }
  assert.equal(connections, 0)
})

test('refuses a name when any of its addresses is not public, in whatever place it stands', async (t) => {
  let connections = 0
  const port = await serveRaw(t, () => {
    connections += 1
  })
  for (const addresses of [
    ['127.0.0.1'],
    ['::1'],
    ['10.0.0.1'],
    ['93.184.216.34', '127.0.0.1'],
    ['127.0.0.1', '93.184.216.34'],
    ['2606:4700::1', '::ffff:127.0.0.1'],
    ['169.254.169.254'],
    ['fd00:ec2::254'],
    ['64:ff9b::7f00:1'],
    ['not an address'],
  ]) {
    const send = sender(t, { allowLoopback: false, ports: [port] }, { resolve: async () => addresses })
    assert.deepEqual(await send(`https://shop.example:${port}/`), { kind: 'refused', reason: 'address_not_public' })
  }
  assert.equal(connections, 0)
})

test('refuses a private address next to a loopback one in sandbox mode too', async (t) => {
  const resolve = async () => ['127.0.0.1', '192.168.1.1']
  const outcome = await sender(t, sandbox, { resolve })('https://shop.example/')
  assert.deepEqual(outcome, { kind: 'refused', reason: 'address_not_public' })
})

test('resolves and checks again at every new connection, so that a rebound name is refused', async (t) => {
  let requests = 0
  const port = await serve(t, (_request, response) => {
    requests += 1
    response.writeHead(200, { connection: 'close' }).end()
  })
  const answers = [['127.0.0.1'], ['10.0.0.1'], ['127.0.0.1']]
  const resolve = async () => answers.shift() ?? []
  const send = sender(t, { allowLoopback: true }, { resolve })
  const kinds = []
  for (let i = 0; i < 3; i += 1) kinds.push((await send(`http://shop.localhost:${port}/`)).kind)
  assert.deepEqual(kinds, ['answered', 'refused', 'answered'])
  assert.equal(requests, 2)
  assert.equal(answers.length, 0)
})

test('refuses by the address the socket is connected to, whatever was resolved before', async (t) => {
  let received = 0
  const port = await serveRaw(t, (socket) => {
    socket.on('data', (data) => {
      received += data.length
    })
  })
  const dial = buildConnector({})
  // Stands for a rebinding between check and connect: the URL's name is public, the socket ends at loopback.
  const connector: buildConnector.connector = (options, callback) =>
    dial({ ...options, protocol: 'http:', hostname: '127.0.0.1' }, callback)
  const send = sender(t, { allowLoopback: false, ports: [port] }, { connector })
  assert.deepEqual(await send(`https://shop.example:${port}/`), { kind: 'refused', reason: 'address_not_public' })
  assert.equal(received, 0)
})

test('reaches a receiver on IPv6 loopback, by number and by name', async (t) => {
  const port = await serve(t, (_request, response) => void response.end('six'), '::1')
  const send = sender(t)
  for (const host of ['[::1]', 'localhost']) {
    const outcome = await send(`http://${host}:${port}/`)
    assert.equal(outcome.kind === 'answered' && outcome.body, 'six', host)
  }
})

test('reuses connections and opens no more than its bound for one origin', async (t) => {
  const sockets = new Set<Socket>()
  const port = await serve(t, (request, response) => {
    sockets.add(request.socket)
    request.resume().on('end', () => response.end('ok'))
  })
  const send = sender(t, sandbox, { connectionsPerOrigin: 3 })
  const outcomes = await Promise.all(Array.from({ length: 60 }, () => send(`http://127.0.0.1:${port}/`)))
  assert.ok(outcomes.every((outcome) => outcome.kind === 'answered'))
  assert.ok(sockets.size >= 1 && sockets.size <= 3, `${sockets.size} connections`)
})

test('lets the requests under way finish when it is closed, and answers later ones with a failure', async (t) => {
  const arrived = Promise.withResolvers<void>()
  const release = Promise.withResolvers<void>()
  const port = await serve(t, async (_request, response) => {
    arrived.resolve()
    await release.promise
    response.end('done')
  })
  const client = createGuardedClient(sandbox)
  const request = { url: `http://127.0.0.1:${port}/`, method: 'POST', headers: {}, deadlineMs: LONG } as const
  const underWay = client.send(request)
  await arrived.promise
  const closed = client.close()
  release.resolve()
  assert.equal((await underWay).kind, 'answered')
  await closed
  assert.equal((await client.send(request)).kind, 'failed')
})

// The timeout is what fails here: without the abort the attempt would go on to its own end at ten seconds.
test('breaks off connection attempts nobody waits for when it is closed', { timeout: 8000 }, async (t) => {
  const ended = Promise.withResolvers<void>()
  const port = await serveRaw(t, (socket) => socket.resume().on('close', () => ended.resolve()))
  const client = createGuardedClient(sandbox)
  const url = `https://127.0.0.1:${port}/`
  assertTimeout(await client.send({ url, method: 'POST', headers: {}, deadlineMs: SHORT }))
  await client.close()
  await ended.promise
})

test('throws for a header that cannot be sent, since that is a bug and no network event', async (t) => {
  await assert.rejects(sender(t)('http://127.0.0.1:1/', { headers: { 'x-a': 'b\r\nx-c: d' } }), /invalid/)
})

// A throw-away key and certificate for shop.example, valid until 2100; made for this test and trusted by nothing else.
const KEY = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQggjPbqcMwfQPvD4Di
jf9cb0uTZlMFmICjrrtqMx9d8k2hRANCAAQbRYP0znBZD0ZWqDbR322wDCzYM28b
1+gASHa1MaYyZzVSEvXwhl2q99b+yzRegniaevKbFGOfaMebJZ81k7ds
-----END PRIVATE KEY-----`
const CERTIFICATE = `-----BEGIN CERTIFICATE-----
MIIBajCCARCgAwIBAgIBATAKBggqhkjOPQQDAjAXMRUwEwYDVQQDDAxzaG9wLmV4
YW1wbGUwIBcNMjAwMTAxMDAwMDAwWhgPMjEwMDAxMDEwMDAwMDBaMBcxFTATBgNV
BAMMDHNob3AuZXhhbXBsZTBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABBtFg/TO
cFkPRlaoNtHfbbAMLNgzbxvX6ABIdrUxpjJnNVIS9fCGXar31v7LNF6CeJp68psU
Y59ox5slnzWTt2yjSzBJMBcGA1UdEQQQMA6CDHNob3AuZXhhbXBsZTAPBgNVHRMB
Af8EBTADAQH/MB0GA1UdDgQWBBRN8zroCMtkH8fQEe8NbX8TBFFfYDAKBggqhkjO
PQQDAgNIADBFAiAzdK9tqa/a5ZwRG3HF/V9R7B+HzX3LkAM5Vb7Cg+3nBQIhAI1B
q7jHt15Zb/QWXhIaTQf30K/HBLJcoymozHbvaaa6
-----END CERTIFICATE-----`
