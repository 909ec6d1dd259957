import { once } from 'node:events'
import { connect } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import type { Dispatcher } from 'undici'
import { simulatedInstance } from '../../src/domain/catalogue/file/sandbox-catalogue.ts'
import {
  kupayShopKey,
  kupayToken,
  salescloudOrganizationKey,
  scalapayMerchantKey,
  secondScalapayMerchantKey,
} from '../../src/main/fixtures.ts'
import { simulatedPath } from '../support/crash/crash-card-payments.ts'
import type { Random } from '../support/crash/crash-random.ts'
import { shortestTurn } from '../support/load/short-turns.ts'
import { keyOf, parameters, worstBodies } from '../support/load/worst-bodies.ts'
import { worstFormBodies } from '../support/load/worst-forms.ts'
import { anOrder } from '../support/payments/orders.ts'
import { aKupayPayment } from '../support/protocols/kupay.ts'
import { aPayment } from '../support/protocols/salescloud.ts'
import { type Ask, type Attack, bearer } from './ask.ts'

/** The most expensive bodies to every route there is, one at a time, and how long each held the event loop. */
export async function sendWorstBodies(attack: Attack, random: Random): Promise<void> {
  const { attacked, ask, over } = attack
  const routes = (await attacked.routes()).filter(({ method }) => ['POST', 'PUT', 'PATCH'].includes(method))
  const bodies = [...worstBodies(256 * 1_024), ...worstFormBodies(256 * 1_024)]
  const small = [...worstBodies(60 * 1_024), ...worstFormBodies(8 * 1_024)]
  while (!over.aborted) {
    const route = random.pick(routes)
    const { method, path } = route
    const { name, bytes } = random.pick(random.chance(70) ? bodies : small)
    // What is right is done, and the shops would have nothing left to sell.
    if (name === 'a valid catalogue') continue
    const isForm = /form|card and again|name again/.test(name)
    const send = () =>
      ask('worst body', {
        method: method as Dispatcher.HttpMethod,
        path: filled(path),
        headers: { ...bearer(keyOf(path)), ...(isForm && { 'content-type': 'application/x-www-form-urlencoded' }) },
        body: bytes,
      })
    const answer = await watch(attack, `${method} ${path} with ${name}`, send)
    // Only registered to say so.
    if (answer === 405) routes.splice(routes.indexOf(route), 1)
    await pause(random.between(200, 900))
  }
}

/** Answers the status of the last try. */
async function watch(
  { attacked, tally }: Attack,
  what: string,
  send: () => ReturnType<Ask>,
): Promise<number | undefined> {
  let answer: Awaited<ReturnType<Ask>> = 'lost'
  let isFirst = true
  const shortest = await shortestTurn(async () => {
    const longest = await attacked.longestTurn(async () => {
      answer = await send()
    })
    if (isFirst && longest !== undefined)
      tally.measure('longest turn while a worst body was answered among all else, ms', longest)
    isFirst = false
    return longest
  })
  if (!shortest) return undefined
  tally.measure('longest turn of a worst body, best of tries, ms', shortest.ms)
  if (!shortest.isShort) tally.surprise('a request held the event loop', { what, best: shortest.ms })
  const last = answer as Awaited<ReturnType<Ask>>
  return last === 'lost' ? undefined : last.status
}

function filled(path: string): string {
  const known: Readonly<Record<string, string>> = { ...parameters, instance: simulatedInstance, key: kupayShopKey }
  return path.replace(/:(\w+)|\*/g, (_, name) => known[name] ?? 'SHOPAAAAAAAA')
}

const strings: readonly unknown[] = [
  ...['', ' ', '\u0000', 'a\u0000b', '\ud800', '\u202etxt', '\ufeff', '\u00e9'.repeat(300), '\u{1f4b6}'.repeat(200)],
  ...[
    "'; drop table payment; --",
    '$'.concat('{7*7}'),
    '{{7*7}}',
    '%00',
    '%n%s',
    '../../etc/passwd',
    'a\r\nSet-Cookie: a=b',
  ],
  ...['<script>alert(1)</script>', '"><img src=x onerror=alert(1)>', 'javascript:alert(1)', '__proto__', 'constructor'],
  ...['NaN', 'Infinity', '-0', '1e400', '0x10', '1,00', '٣', '9'.repeat(400), '-1', '0.001', '1.0000000000000001'],
  ...['x'.repeat(10_000), 'http://127.0.0.1:1/', 'http://169.254.169.254/', 'file:///etc/passwd', 'http://[::1]:5432/'],
  ...[null, true, [], {}, [[]], 0, -1, 1e308, 2 ** 53, 0.1, ['a'], { toString: 1 }, { length: 3 }],
]

/** Right requests of all three APIs with one or two fields that are not. */
export async function sendHostileStrings(attack: Attack, random: Random): Promise<void> {
  const { ask, tally, over } = attack
  const home = {
    callback_url: 'http://127.0.0.1:9/',
    cancel_url: 'http://127.0.0.1:9/',
    paid_url: 'http://127.0.0.1:9/',
  }
  const requests = [
    { path: '/v2/orders', body: anOrder(), key: scalapayMerchantKey },
    { path: '/v1/payment/create', body: aKupayPayment(home), key: kupayToken },
    { path: simulatedPath, body: aPayment({ billingInfo: { name: 'Ada' } }), key: salescloudOrganizationKey },
    { path: '/sandbox/clock', body: { advanceMilliseconds: 1 }, key: scalapayMerchantKey },
    {
      path: '/v2/payments/capture',
      body: { token: 'SHOPAAAAAAAA', amount: { amount: '1', currency: 'EUR' } },
      key: scalapayMerchantKey,
    },
    {
      path: '/sandbox/orders/SHOPAAAAAAAA/authorize',
      body: { cardNumber: ownCard, securityCode: '123' },
      key: scalapayMerchantKey,
    },
  ]
  while (!over.aborted) {
    const { path, body, key } = random.pick(requests)
    const sent = structuredClone(body) as object
    for (let count = random.between(1, 2); count > 0; count--) spoil(sent, random)
    // A clock that is moved by a field's chance is moved too far.
    const isMove = 'advanceMilliseconds' in sent && typeof sent.advanceMilliseconds === 'number'
    if (path === '/sandbox/clock' && isMove && Number(sent.advanceMilliseconds) > 1_000) continue
    // The proof of the acquirer's book reads these orders with operators of JSON, which stop at a NUL.
    if (path === simulatedPath && JSON.stringify(sent).includes('u0000')) continue
    const answer = await ask(`hostile strings to ${path.replace(simulatedPath, '/v/1/...')}`, {
      path,
      body: sent,
      headers: bearer(key),
    })
    if (answer !== 'lost' && answer.status === 200) await lookAtPage({ ask, tally }, answer.text, sent)
    await pause(random.between(50, 300))
  }
}

/** What was taken is shown, and its markup is none. */
async function lookAtPage({ ask, tally }: Pick<Attack, 'ask' | 'tally'>, text: string, sent: object): Promise<void> {
  const address = /"(?:checkoutUrl|pay_url)":"https?:\/\/[^/"]+(\/[^"]+)"/.exec(text)?.[1]
  if (address === undefined) return
  const page = await ask('page of a hostile order', { method: 'GET', path: address })
  if (page === 'lost' || page.status === 503) return
  const isMarkup = /<script>alert|<img src=x|href="javascript:/.test(page.text)
  if (page.status !== 200 || isMarkup)
    tally.surprise('the page of a hostile order', { sent, status: page.status, isMarkup })
}

function spoil(value: object, random: Random): void {
  const entries = Object.entries(value)
  if (entries.length === 0) return
  const [name, inner] = random.pick(entries)
  const isParent = typeof inner === 'object' && inner !== null && Object.keys(inner).length > 0
  if (isParent && random.chance(70)) spoil(inner, random)
  else
    Object.assign(value, {
      [random.chance(5) ? (JSON.stringify(random.pick(strings)) ?? '') : name]: structuredClone(random.pick(strings)),
    })
}

/** Nobody's card, and no test card's number: wherever it is found afterwards, it has leaked. */
export const ownCard = '4929123456781237'

/** A card where it belongs and is refused. */
export async function sendCards({ ask, over }: Attack, random: Random): Promise<void> {
  while (!over.aborted) {
    const card = random.pick([
      { cardNumber: ownCard, securityCode: '123' },
      { cardNumber: Number(ownCard) },
      { cardNumber: [ownCard] },
      { cardNumber: '4242424242424242', securityCode: ownCard },
      { cardNumber: '4242424242424242', expiryYear: ownCard },
      `{"cardNumber":"${ownCard}"`,
    ])
    const headers = bearer(scalapayMerchantKey)
    await ask('card that is refused', { path: '/sandbox/orders/SHOPAAAAAAAA/authorize', body: card, headers })
    const details = { ...(aPayment().details as object), cardNumber: ownCard }
    await ask('card that is refused', { path: simulatedPath, body: aPayment({ details }) })
    await pause(random.between(500, 3_000))
  }
}

/** Five at once under one key, five at once without; and everything again by another merchant, which must not know of it. */
export async function sendTwice(attack: Attack, random: Random): Promise<void> {
  const { ask, tally, over } = attack
  const mine = bearer(scalapayMerchantKey)
  const theirs = bearer(secondScalapayMerchantKey)
  for (let number = 1; !over.aborted; number++) {
    const keyed = { ...mine, 'idempotency-key': `twice-${number}` }
    const five = <T>(work: () => Promise<T>) => Promise.all(Array.from({ length: 5 }, work))
    const create = { path: '/v2/orders', body: anOrder({ merchantReference: `twice-${number}` }), headers: keyed }
    const made = await five(() => ask('five at once, one key: create', create))
    const tokens = made.flatMap((each) => (each !== 'lost' && each.status === 200 ? [JSON.parse(each.text).token] : []))
    if (new Set(tokens).size > 1) tally.surprise('one key made several orders', { tokens })
    const [token] = tokens
    if (token === undefined) {
      await pause(500)
      continue
    }
    await trespass({ ask, tally }, String(token), theirs)
    await ask('shop pay', {
      path: `/sandbox/orders/${token}/authorize`,
      body: { cardNumber: '4242424242424242' },
      headers: mine,
    })
    const captured = await five(() =>
      ask('five at once: capture', { path: '/v2/payments/capture', body: { token }, headers: mine }),
    )
    await trespass({ ask, tally }, String(token), theirs)
    const refundAmount = { amount: '80.00', currency: 'EUR' }
    const refund = { path: `/v2/payments/${token}/refund`, body: { refundAmount }, headers: mine }
    const refunded = await five(() => ask('five at once: refund of more than half', refund))
    // A capture that is asked for again is answered as the first time; a second refund of that much would be a second one.
    const taken = (answers: typeof captured) =>
      answers.flatMap((each) => (each !== 'lost' && each.status === 200 ? [each.text] : []))
    if (new Set(taken(captured)).size > 1)
      tally.surprise('captures at once are answered differently', { token, captured })
    if (taken(refunded).length > 1) tally.surprise('refunded twice at once', { token, refunded })
    await pause(random.between(500, 1_500))
  }
}

async function trespass(
  { ask, tally }: Pick<Attack, 'ask' | 'tally'>,
  token: string,
  headers: Readonly<Record<string, string>>,
): Promise<void> {
  const refundAmount = { amount: '1.00', currency: 'EUR' }
  const tried = [
    { method: 'GET' as const, path: `/v2/payments/${token}` },
    { path: '/v2/payments/capture', body: { token } },
    { path: `/v2/payments/${token}/refund`, body: { refundAmount } },
    { path: `/v2/payments/${token}/void`, body: {} },
    { path: `/v2/payments/${token}/delay`, body: {} },
    { path: `/v2/orders/${token}`, body: { merchantReference: 'mine' } },
    { path: `/sandbox/orders/${token}/authorize`, body: { cardNumber: '4242424242424242' } },
    { method: 'GET' as const, path: `/sandbox/orders/${token}/plan` },
  ]
  for (const question of tried) {
    const answer = await ask("another merchant's order", { ...question, headers })
    if (answer !== 'lost' && answer.status !== 503 && !/Order null not found/.test(answer.text))
      tally.surprise("another merchant's order was answered", { question, answer })
  }
}

const oddTexts = [
  'GET / HTTP/1.1\r\n\r\n',
  'GET / HTTP/9.9\r\nHost: a\r\n\r\n',
  'POST /v2/orders HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
  'POST /v2/orders HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nabcdef',
  'POST /v2/orders HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n',
  'POST /v2/orders HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n',
  'POST /v2/orders HTTP/1.1\r\nHost: a\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n\r\nabcd',
  `GET /${'a'.repeat(20_000)} HTTP/1.1\r\nHost: a\r\n\r\n`,
  `GET / HTTP/1.1\r\nHost: a\r\nCookie: ${'b'.repeat(20_000)}\r\n\r\n`,
  'GET /%00%ff%2e%2e/ HTTP/1.1\r\nHost: a\r\n\r\n',
  'TRACE / HTTP/1.1\r\nHost: a\r\n\r\n',
  'CONNECT a:1 HTTP/1.1\r\nHost: a\r\n\r\n',
  'GET / HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n',
  '\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003',
  '\r\n'.repeat(2_000),
]

/** Requests that are none or contradict themselves, each on a connection of its own. */
export async function sendOddRequests({ attacked, tally, over }: Attack, random: Random): Promise<void> {
  while (!over.aborted) {
    const status = await new Promise<string>((resolve) => {
      let text = ''
      const socket = connect(attacked.port, '127.0.0.1', () => socket.end(Buffer.from(random.pick(oddTexts), 'latin1')))
      socket.setTimeout(15_000, () => socket.destroy())
      socket.on('data', (chunk) => {
        text += chunk.toString('latin1')
      })
      socket.on('error', () => undefined)
      socket.on('close', () => resolve(/^HTTP\/1\.1 (\d+)/.exec(text)?.[1] ?? 'closed without a word'))
    })
    tally.count(`odd request: ${status}`)
    if (status === '500') tally.surprise('an odd request was answered 500', {})
    await pause(random.between(20, 150))
  }
}

/** Forty connections at a time that send two bytes a second, and then nothing. */
export async function holdSlowConnections({ attacked, tally, over }: Attack): Promise<void> {
  while (!over.aborted) {
    const sockets = Array.from({ length: 40 }, () => connect(attacked.port, '127.0.0.1').on('error', () => undefined))
    tally.count('slow connections', sockets.length)
    const head = 'POST /v2/orders HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\n'
    for (let at = 0; at < 40 && !over.aborted; at += 2) {
      for (const socket of sockets) if (socket.writable) socket.write(head.slice(at, at + 2))
      await pause(1_000)
    }
    const open = sockets.filter(({ destroyed }) => !destroyed)
    for (const socket of sockets) socket.destroy()
    await Promise.all(open.map((socket) => (socket.closed ? undefined : once(socket, 'close'))))
  }
}
