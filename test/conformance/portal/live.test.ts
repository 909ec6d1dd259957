import assert from 'node:assert/strict'
import { get, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { test } from 'node:test'
import { createOrderChanges } from '../../../src/app/live/order-changes.ts'
import { connectClient } from '../../../src/db/wire/connection.ts'
import type { MerchantId } from '../../../src/kernel/ids.ts'
import { hour } from '../../../src/kernel/instant.ts'
import { createLiveStreams } from '../../../src/web/portal/live-streams.ts'
import { startPortal } from '../../support/portal/portal.ts'

const portal = await startPortal()
const { url, pool } = portal.database
const { merchantId, otherMerchantId } = portal
await portal.server.listen({ port: 0, host: '127.0.0.1' })
const { port } = portal.server.server.address() as AddressInfo

function listen(cookie: string, merchant: MerchantId = merchantId): Promise<IncomingMessage> {
  const headers = { cookie, accept: 'text/event-stream' }
  return new Promise((resolve, reject) => {
    const path = `/portal/api/merchants/${merchant}/live`
    get({ port, host: '127.0.0.1', path, headers }, resolve).once('error', reject)
  })
}

/** Reads until the text came, or the stream ended. */
async function heard(stream: IncomingMessage, wanted: string): Promise<boolean> {
  let text = ''
  for await (const chunk of stream.iterator({ destroyOnReturn: false })) {
    text += String(chunk)
    if (text.includes(wanted)) return true
  }
  return false
}

/** As another process that works on the same database. */
async function another() {
  const changes = createOrderChanges({ pool, connect: () => connectClient(url), onError: assert.ifError, gatherMs: 1 })
  return changes
}

test('a change that any process makes is told to who watches the shop, and to nobody else', async () => {
  const stream = await listen(await portal.cookieOf('clerk'))
  assert.equal(stream.headers['content-type'], 'text/event-stream; charset=utf-8')
  // It begins to listen when it begins to watch, and says so with a first event: what was missed before may matter.
  assert(await heard(stream, 'event: orders'))
  const process = await another()
  process.note(otherMerchantId)
  process.note(merchantId)
  assert(await heard(stream, 'event: orders'))
  await process.close()
  stream.destroy()
})

test('strangers, other shops and callers that want no stream are refused', async () => {
  const clerk = await portal.cookieOf('clerk')
  assert.equal((await listen('')).statusCode, 401)
  assert.equal((await listen(clerk, otherMerchantId)).statusCode, 404)
  const plain = await portal.server.inject({
    url: `/portal/api/merchants/${merchantId}/live`,
    headers: { cookie: clerk },
  })
  assert.equal(plain.statusCode, 400)
})

test('a session may listen eight times, and not once more until one ends', async () => {
  const clerk = await portal.cookieOf('clerk')
  // A stream that was refused because the database was slow is none of the eight.
  const opened = async (): Promise<IncomingMessage> => {
    const stream = await listen(clerk)
    return stream.statusCode === 503 ? await opened() : stream
  }
  const streams = await Promise.all(Array.from({ length: 8 }, opened))
  assert(streams.every(({ statusCode }) => statusCode === 200))
  assert.equal((await listen(clerk)).statusCode, 429)
  streams[0]?.destroy()
  let again = await listen(clerk)
  while (again.statusCode === 429) again = await listen(clerk)
  assert.equal(again.statusCode, 200)
  for (const stream of [...streams, again]) stream.destroy()
})

test('a page that nobody touches reads and listens on, and its session ends all the same', async () => {
  const cookie = await portal.cookieOf('clerk')
  const read = (headers = {}) => portal.server.inject({ url: '/portal/api/session', headers: { cookie, ...headers } })
  portal.advance(11n * hour)
  assert.equal((await read()).statusCode, 200)
  portal.advance(11n * hour)
  assert.equal((await read({ 'tercet-unattended': '1' })).statusCode, 200)
  const stream = await listen(cookie)
  assert.equal(stream.statusCode, 200)
  stream.destroy()
  portal.advance(1n * hour)
  assert.equal((await read()).statusCode, 401)
})

test('who is signed out hears nothing more', async () => {
  let isAllowed = true
  const watched = { watch: () => () => undefined }
  const streams = createLiveStreams(watched, { askMs: 5 })
  const stream = streams.open({ merchantId, countedAs: 'me', isStillAllowed: async () => isAllowed })
  assert(stream)
  const ended = new Promise((resolve) => stream.once('end', resolve))
  stream.resume()
  isAllowed = false
  await ended
})

test('a browser that reads nothing is let go, and the shop is watched no more', async () => {
  let tell = () => undefined as undefined
  let watching = 0
  const watched = {
    watch: (_: MerchantId, onChange: () => void) => {
      watching += 1
      tell = () => void onChange() as undefined
      return () => {
        watching -= 1
      }
    },
  }
  const streams = createLiveStreams(watched, { gatherMs: 0 })
  const stream = streams.open({ merchantId, countedAs: 'me', isStillAllowed: async () => true })
  assert(stream)
  const closed = new Promise((resolve) => stream.once('close', resolve))
  const flood = setInterval(tell, 0)
  const every = setInterval(() => {
    for (let i = 0; i < 50 && !stream.destroyed; i++) stream.push(`: ${'x'.repeat(1_000)}\n\n`)
    tell()
  }, 1)
  await closed
  clearInterval(flood)
  clearInterval(every)
  assert.equal(watching, 0)
})

test('a server that stops ends the streams and is gone at once', async () => {
  const stream = await listen(await portal.cookieOf('clerk'))
  const ended = heard(stream, 'nothing says this')
  await portal.server.close()
  assert.equal(await ended, false)
})
