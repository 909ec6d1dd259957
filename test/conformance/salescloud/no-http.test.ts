import assert from 'node:assert/strict'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { after, test } from 'node:test'
import { connect as connectTls } from 'node:tls'
import type { FastifyInstance } from 'fastify'
import type { TlsFiles } from '../../../src/http/listener.ts'
import { createLogger } from '../../../src/http/logger.ts'
import { buildServer } from '../../../src/http/server.ts'
import { systemClock } from '../../../src/kernel/clock.ts'
import { salescloud } from '../../../src/protocols/salescloud/index.ts'
import { scalapay } from '../../../src/protocols/scalapay/index.ts'
import { createSandbox } from '../../../src/rails/card/sandbox/sandbox.ts'
import type { CardAcquirer } from '../../../src/rails/rail.ts'
import { listenTo, type RawAnswer, say } from '../../support/protocols/raw-conversation.ts'
import { aPayment, approvedCard, payPath, rowCounts, startSalescloud } from '../../support/protocols/salescloud.ts'

/** Only 200 and 404 leave below `/v/`, also when what came is not HTTP, and 404 stays true (docs/protocols/salescloud.md). */

let held: Promise<void> | undefined
const sandbox = createSandbox(systemClock)
const acquirer: CardAcquirer = {
  name: sandbox.name,
  perform: async (request, deadlineMs) => {
    await held
    return await sandbox.perform(request, deadlineMs)
  },
  find: (attemptId, deadlineMs) => sandbox.find(attemptId, deadlineMs),
}
const started = await startSalescloud({ acquirer })
const log: string[] = []
const { server, port } = await listen()

/** Two protocols on one server, so that it has to be seen whose a request was. */
async function listen(tls?: TlsFiles): Promise<{ server: FastifyInstance; port: number }> {
  const built = await buildServer({
    app: started.app,
    protocols: [scalapay, salescloud],
    pages: [],
    operations: { isReady: async () => true, metrics: async () => ({ contentType: 'text/plain', text: '' }) },
    docs: { title: 'Test', version: '0', description: '', publicUrl: started.app.publicUrl },
    logger: createLogger({ level: 'trace', destination: { write: (line: string) => void log.push(line) } }),
    tls,
  })
  after(() => built.close())
  return { server: built, port: Number(new URL(await built.listen({ port: 0, host: '127.0.0.1' })).port) }
}

const number = '4929123456781237'
const body = JSON.stringify(aPayment({ details: { ...approvedCard, cardNumber: number } }))
const post = `POST ${payPath} HTTP/1.1\r\n`
const json = `Host: x\r\nContent-Type: application/json\r\n`

function payment(text = JSON.stringify(aPayment())): string {
  return `${post}${json}Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`
}

function chunked(rest: string): string {
  return `${post}${json}Transfer-Encoding: chunked\r\n\r\n${rest}`
}

const firstChunk = `${body.length.toString(16)}\r\n${body}\r\n`

/** Requests that Node's parser refuses, or answers in its own words, or would. Most hold a card number, for the canary. */
const broken: Readonly<Record<string, string>> = {
  'a method that HTTP does not know': `PAY ${payPath} HTTP/1.1\r\n\r\n`,
  'a method in small letters': `post ${payPath} HTTP/1.1\r\n\r\n`,
  'a request line with a NUL': `POST ${payPath}\0${number} HTTP/1.1\r\n\r\n`,
  'a request line with a space too much': `POST ${payPath} ${number} HTTP/1.1\r\n\r\n`,
  'a request line of another protocol': `POST ${payPath} HTTX/1.1\r\n\r\n`,
  'a version that does not exist': `POST ${payPath} HTTP/3.7\r\n${json}\r\n${body}`,
  'lines that end in LF alone': `POST ${payPath} HTTP/1.1\nHost: x\n\n${body}`,
  'a header without a colon': `${post}${number}\r\n\r\n`,
  'a header with a NUL': `${post}X-Card: \0${number}\r\n\r\n`,
  'a broken length': `${post}Content-Length: 12x\r\n\r\n${body}`,
  'a negative length': `${post}Content-Length: -1\r\n\r\n${body}`,
  'a length of forty digits': `${post}Content-Length: ${'9'.repeat(40)}\r\n\r\n${body}`,
  'two lengths': `${post}Content-Length: 5\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
  'a length and chunks': `${post}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n${firstChunk}0\r\n\r\n`,
  'chunks and a length': `${post}Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n${firstChunk}0\r\n\r\n`,
  'a transfer encoding without chunks': `${post}${json}Transfer-Encoding: gzip\r\n\r\n${body}`,
  'a chunk of no size': chunked(`${firstChunk}zz\r\n${number}\r\n0\r\n\r\n`),
  'a chunk longer than it says': chunked(`1\r\n${body}\r\n0\r\n\r\n`),
  'a chunk extension without end': chunked(`${body.length.toString(16)};${'x'.repeat(20_000)}\r\n${body}\r\n0\r\n\r\n`),
  'a broken trailer': chunked(`${firstChunk}0\r\n${number}\r\n\r\n`),
  'headers above 16 KB': `${post}X-Long: ${number.repeat(1_500)}\r\n\r\n${body}`,
  'an address of 20,000 bytes': `POST ${payPath}${'/x'.repeat(10_000)} HTTP/1.1\r\n\r\n`,
  'an absolute address and no HTTP': `POST http://pay.test${payPath} HTTX\r\n\r\n`,
  'doubled slashes and no HTTP': `POST //v//1/${number} HTTX\r\n\r\n`,
  'an address in percent-encoding and no HTTP': `POST /%76/1/${number} HTTX\r\n\r\n`,
  'CONNECT to an address': `CONNECT ${payPath} HTTP/1.1\r\n\r\n`,
  'CONNECT to a host': 'CONNECT pay.test:443 HTTP/1.1\r\nHost: x\r\n\r\n',
  'the preface of HTTP/2': 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
  'a greeting of TLS': '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03',
  'nothing but noise': `hello ${number}\r\n\r\n`,
}

for (const [name, bytes] of Object.entries(broken)) {
  test(`answers 404 to ${name}`, async () => {
    const before = await rowCounts(started)
    assertUnreadable(await say(port, bytes).answers())
    assert.deepEqual(await rowCounts(started), before)
    assert.deepEqual(started.calls, [])
  })
}

function assertUnreadable(answers: readonly RawAnswer[]): void {
  assert.equal(answers.length, 1, JSON.stringify(answers))
  const [answer] = answers
  assert(answer)
  assert404(answer)
  assert.equal(answer.headers.get('connection'), 'close')
  assert.equal(JSON.parse(answer.body).errorCode, 1)
}

function assert404({ status, headers, body: text }: RawAnswer): void {
  assert.equal(status, 404, text)
  assert.equal(headers.get('content-type'), 'application/json; charset=utf-8')
  assert.equal(headers.get('x-content-type-options'), 'nosniff')
  assert.match(headers.get('x-request-id') ?? '', /./)
  const { success, paymentTransaction } = JSON.parse(text)
  assert.equal(success, false)
  assert.equal(paymentTransaction.status, 'failure')
}

test('answers 404 to a head that grows too large in a later packet', async () => {
  const { socket, answers } = say(port, `${post}X-Long: ${'a'.repeat(10_000)}`)
  await once(socket, 'connect')
  socket.write('a'.repeat(10_000))
  assertUnreadable(await answers())
})

test('lets a client that goes on sending read its answer', async () => {
  assertUnreadable(
    await say(port, Buffer.concat([Buffer.from(`${payPath}\r\n`), Buffer.alloc(8_000_000, number)])).answers(),
  )
})

test('answers a broken HEAD without a body', async () => {
  const [answer] = await say(port, `HEAD ${payPath} HTTP/1.1\r\nbroken\r\n\r\n`, { isHead: true }).answers()
  assert.equal(answer?.status, 404)
  assert(Number(answer.headers.get('content-length')) > 0)
})

/** What Node lets through, and a server that does not look would answer in other words. */
const odd: Readonly<Record<string, string>> = {
  'an unknown expectation': `${post}${json}Expect: nonsense\r\nContent-Length: 2\r\n\r\n{}`,
  'a wish to upgrade to a web socket': `GET ${payPath} HTTP/1.1\r\n${json}Connection: Upgrade\r\nUpgrade: websocket\r\n\r\n`,
  'a wish to upgrade to HTTP/2': `${post}${json}Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nContent-Length: 2\r\n\r\n{}`,
  TRACE: `TRACE ${payPath} HTTP/1.1\r\n${json}\r\n`,
  'OPTIONS of an address': `OPTIONS ${payPath} HTTP/1.1\r\n${json}\r\n`,
  'PROPFIND, LINK and other methods': ['PROPFIND', 'LINK', 'M-SEARCH', 'PURGE', 'QUERY', 'SOURCE']
    .map((method) => `${method} ${payPath} HTTP/1.1\r\n${json}\r\n`)
    .join(''),
  'an absolute address': `GET http://elsewhere.test${payPath} HTTP/1.1\r\n${json}\r\n`,
  'an absolute address that cannot be decoded': `GET http://elsewhere.test/v/1/%zz HTTP/1.1\r\n${json}\r\n`,
  'doubled slashes and what cannot be decoded': `GET //v//1/%zz HTTP/1.1\r\n${json}\r\n`,
  'no Host': `${post}Content-Length: 2\r\n\r\n{}`,
  'HTTP/1.0': `POST ${payPath} HTTP/1.0\r\nContent-Length: 2\r\n\r\n{}`,
  'HTTP/0.9': `GET ${payPath}\r\n\r\n`,
  'HTTP/2.0 in the clear': `GET ${payPath} HTTP/2.0\r\n\r\n`,
  'an address of 10,000 bytes': `GET ${payPath}/${'x'.repeat(10_000)} HTTP/1.1\r\n\r\n`,
  'a compressed body': `${post}${json}Content-Encoding: gzip\r\nContent-Length: 3\r\n\r\n\x1f\x8b\x08`,
  'a compressed body in chunks': `${post}${json}Transfer-Encoding: gzip, chunked\r\n\r\n3\r\n\x1f\x8b\x08\r\n0\r\n\r\n`,
  'a body that is said to be too large': `${post}${json}Content-Length: 999999999\r\n\r\n{`,
  'a body of 300 KB in chunks': chunked(`${(300_000).toString(16)}\r\n${'x'.repeat(300_000)}\r\n0\r\n\r\n`),
  'a thousand headers': `${post}${'a: b\r\n'.repeat(1_000)}Content-Length: 2\r\n\r\n{}`,
}

for (const [name, bytes] of Object.entries(odd)) {
  test(`answers 404 to ${name}`, async () => {
    const { socket, answers } = say(port, bytes)
    socket.end()
    const all = await answers()
    assert(all.length > 0)
    for (const answer of all) assert404(answer)
    assert.deepEqual(started.calls, [])
  })
}

test('answers HEAD with 404 and no body', async () => {
  const { socket, answers } = say(port, `HEAD ${payPath} HTTP/1.1\r\n${json}\r\n`, { isHead: true })
  socket.end()
  assert.deepEqual(
    (await answers()).map(({ status }) => status),
    [404],
  )
})

test('answers whoever closes its half of the connection after a whole request', async () => {
  const { socket, answers } = say(port, payment())
  socket.end()
  const [answer] = await answers()
  assert.equal(answer?.status, 200)
  assert.equal(JSON.parse(answer.body).success, true)
})

test('answers 404 to a body that ends too early, and no payment comes of it', async () => {
  const before = started.calls.length
  for (const bytes of [payment().slice(0, -1), post, `${post}${json}`, 'POST /v/1']) {
    const { socket, answers } = say(port, bytes)
    socket.end()
    assertUnreadable(await answers())
  }
  assert.equal(started.calls.length, before)
})

test('answers the payment first and then what came behind it and is not HTTP', async () => {
  for (const rest of [
    'garbage\r\n\r\n',
    '}',
    `PAY ${payPath} HTTP/1.1\r\n\r\n`,
    'CONNECT pay.test:443 HTTP/1.1\r\n\r\n',
  ]) {
    const before = started.calls.length
    const acquirerAnswers = hold()
    const { socket, answers } = say(port, payment() + payment('{}') + rest)
    await called(before)
    socket.write(payment())
    acquirerAnswers()
    const [first, second, third, ...more] = await answers()
    assert.equal(first?.status, 200)
    assert.equal(JSON.parse(first.body).success, true)
    assert(second && third)
    assert404(second)
    assertUnreadable([third])
    assert.deepEqual(more, [])
    assert.equal(started.calls.length, before + 1, 'what came after the garbage is not paid')
  }
})

test('answers a payment and then the one behind it whose body broke off', async () => {
  const before = started.calls.length
  const acquirerAnswers = hold()
  const { answers } = say(port, payment() + chunked(`${firstChunk}zz\r\n`))
  await called(before)
  acquirerAnswers()
  const [first, ...rest] = await answers()
  assert.equal(first?.status, 200)
  assertUnreadable(rest)
  assert.equal(started.calls.length, before + 1)
})

/** From now on no payment is answered by the acquirer, until the function that comes back is called. */
function hold(): () => void {
  const gate = Promise.withResolvers<void>()
  held = gate.promise
  return gate.resolve
}

async function called(before: number): Promise<void> {
  while (started.calls.length === before) await new Promise((resolve) => setImmediate(resolve))
}

test('answers more requests than fit into the buffers, all in their order, and then the broken one', async () => {
  const before = started.calls.length
  const acquirerAnswers = hold()
  const { answers } = say(port, `${payment()}${`${post}Content-Length: 0\r\n\r\n`.repeat(400)}garbage\r\n\r\n`)
  await called(before)
  acquirerAnswers()
  const [first, ...others] = await answers()
  assert.equal(first?.status, 200)
  assert.equal(others.length, 401)
  for (const answer of others) assert404(answer)
  assertUnreadable(others.slice(-1))
})

test('writes nothing to a client that left while its payment was at the acquirer', async () => {
  const before = started.calls.length
  const acquirerAnswers = hold()
  const { socket, seen } = say(port, `${payment()}garbage`)
  socket.on('error', () => undefined)
  await called(before)
  const isAnswered = seen('HTTP/').then(() => assert.fail('answered'))
  socket.resetAndDestroy()
  acquirerAnswers()
  await Promise.race([isAnswered, requestIsPaid(before + 1)])
})

/** The next payment is answered as ever. */
async function requestIsPaid(calls: number): Promise<void> {
  const { socket, answers } = say(port, payment())
  socket.end()
  assert.deepEqual(
    (await answers()).map(({ status }) => status),
    [200],
  )
  assert.equal(started.calls.length, calls + 1)
}

test('answers over TLS as well', async () => {
  const [cert, key] = await Promise.all(['cert', 'key'].map(pem))
  assert(cert && key)
  const tls = await listen({ cert, key })
  const socket = connectTls({ port: tls.port, host: '127.0.0.1', rejectUnauthorized: false })
  socket.write(`${payment()}garbage`)
  const [first, ...rest] = await listenTo(socket).answers()
  assert.equal(first?.status, 200)
  assertUnreadable(rest)
  assert.match(rest[0]?.headers.get('strict-transport-security') ?? '', /max-age/)
  const plain = say(tls.port, payment())
  plain.socket.on('error', () => undefined).end()
  await new Promise((resolve) => plain.socket.on('close', resolve))
})

function pem(name: string): Promise<string> {
  return readFile(new URL(`../../support/tls/${name}.pem`, import.meta.url), 'utf8')
}

test('answers what still comes while the server is stopping with 200 and 404 alone', async () => {
  const stopping = await listen()
  const before = started.calls.length
  const acquirerAnswers = hold()
  const { socket, answers } = say(stopping.port, payment())
  await called(before)
  const stopped = stopping.server.close()
  socket.write(payment('{}'))
  acquirerAnswers()
  const [first, second, ...more] = await answers()
  assert.equal(first?.status, 200)
  if (second) assert404(second)
  assert.deepEqual(more, [])
  await stopped
})

test('says nothing more when a body breaks off after its request was answered', async () => {
  const unknown = payPath.replace('/v/1/', '/v/2/')
  const { socket, answers, seen } = say(port, `POST ${unknown} HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n`)
  await seen('"errorCode":2')
  socket.write('zz\r\n')
  assert.deepEqual(
    (await answers()).map(({ status }) => status),
    [404],
  )
})

test('answers 404 to what takes too long, and what arrives later does not become a payment', async () => {
  const { headersTimeout, requestTimeout } = server.server
  const before = started.calls.length
  const text = payment()
  const silent = say(port, '')
  const slow = [text.slice(0, 30), text.slice(0, 90), text.slice(0, -1)].map((sent) => ({
    rest: text.slice(sent.length),
    ...say(port, sent),
  }))
  const behind = say(port, text + text.slice(0, -1))
  await behind.seen('"success":true')
  Object.assign(server.server, { headersTimeout: 1, requestTimeout: 1 })
  for (const { rest, seen, socket, answers } of slow) {
    await seen('HTTP/1.1 404')
    socket.write(rest)
    assertUnreadable(await answers())
  }
  const [first, ...others] = await behind.answers()
  assert.equal(first?.status, 200)
  assertUnreadable(others)
  assert.deepEqual(await silent.answers(), [], 'no request, no answer')
  Object.assign(server.server, { headersTimeout, requestTimeout })
  await requestIsPaid(before + 1)
})

test('answers in the envelope of the house when the request was for another API', async () => {
  const cases: [bytes: string, status: number][] = [
    ['POST /v2/orders HTTP/3.7\r\n\r\n', 400],
    ['POST /v2/orders HTTP/1.1\r\nContent-Length: -1\r\n\r\n', 400],
    ['POST http://pay.test/v2/orders HTTP/1.1\r\nbroken\r\n\r\n', 400],
    [
      'POST /v2/orders HTTP/1.1\r\nAuthorization: Bearer qhtfs87hjnc12kkos\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n',
      400,
    ],
    [`GET /v2/payments/${number}${'/x'.repeat(10_000)} HTTP/1.1\r\n\r\n`, 431],
    [`GET /healthz HTTP/1.1\r\nX-Long: ${'a'.repeat(20_000)}\r\n\r\n`, 431],
  ]
  for (const [bytes, status] of cases) {
    const [answer, ...more] = await say(port, bytes).answers()
    assert.equal(answer?.status, status)
    assert.deepEqual(more, [])
    const error = JSON.parse(answer.body)
    assert.deepEqual(Object.keys(error), ['errorCode', 'errorId', 'message', 'httpStatusCode'])
    assert.equal(error.httpStatusCode, status)
    assert(log.some((line) => line.includes(error.errorId)))
  }
})

test('answers a request for another API that takes too long with 408', async () => {
  const { headersTimeout, requestTimeout } = server.server
  const { answers } = say(
    port,
    'POST /v2/orders HTTP/1.1\r\nAuthorization: Bearer qhtfs87hjnc12kkos\r\nContent-Length: 5\r\n\r\n{',
  )
  Object.assign(server.server, { headersTimeout: 1, requestTimeout: 1 })
  const all = await answers()
  Object.assign(server.server, { headersTimeout, requestTimeout })
  assert.deepEqual(
    all.map(({ status }) => status),
    [408],
  )
})

test('has no limit of requests for each connection, which Node would answer with 503', () => {
  assert.equal(server.server.maxRequestsPerSocket, 0)
})

test('logs what it refused without a word of what was sent, and nothing as a mistake of ours', () => {
  const refused = log.filter((line) => line.includes('HPE_'))
  assert(refused.length > Object.keys(broken).length / 2)
  assert(!log.join('\n').includes(number.slice(0, 12)))
  assert.deepEqual(
    log.filter((line) => /"level":"(error|warn|fatal)"/.test(line)),
    [],
  )
})
