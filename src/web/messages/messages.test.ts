import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startCheckout } from '../../../test/support/pages/checkout.ts'
import { merchantKey, otherMerchantKey } from '../../../test/support/protocols/scalapay.ts'
import { createSealer } from '../../app/shared/seal.ts'
import { insertMessages } from '../../db/message/insert-messages.ts'
import type { NewMessage } from '../../domain/message/message.ts'
import { plus } from '../../kernel/instant.ts'

const { server, app, database } = await startCheckout()
const sealedCode = createSealer(Buffer.alloc(32, 1)).seal('493817').toString('base64')
const owner = await app.merchants.byKey(merchantKey)
const common = { owner: 'shopper:1', language: 'it', usefulUntil: null } as const
const list: readonly NewMessage[] = [
  {
    ...common,
    ...{ cause: 'a', merchantId: null, channel: 'sms', recipient: '+393330000001', createdAt: app.clock.now() },
    facts: { kind: 'code', sealedCode, minutes: 10 },
  },
  {
    ...common,
    ...{ cause: 'b', merchantId: owner?.merchant.id ?? 0, channel: 'email', recipient: 'ada@example.com' },
    createdAt: plus(app.clock.now(), 1n),
    facts: { kind: 'cancelled', shop: '<b>Shop</b>', total: { currency: 'EUR', minor: '9000' } },
  },
]
await database.pool.query(insertMessages(list))

function get(url: string, headers: Record<string, string> = {}) {
  return server.inject({ url, headers })
}

test('lists messages newest first to a merchant, and no other merchant the ones about its orders', async () => {
  const mine = await get('/sandbox/messages', { authorization: `Bearer ${merchantKey}` })
  const { messages } = mine.json<{ messages: Record<string, unknown>[] }>()
  assert.deepEqual(
    messages.map(({ kind, channel, to, code }) => ({ kind, channel, to, code })),
    [
      { kind: 'cancelled', channel: 'email', to: 'ada@example.com', code: undefined },
      { kind: 'code', channel: 'sms', to: '+393330000001', code: '493817' },
    ],
  )
  const others = await get('/sandbox/messages', { authorization: `Bearer ${otherMerchantKey}` })
  assert.equal(others.json<{ messages: unknown[] }>().messages.length, 1)
})

test('asks a program for its key', async () => {
  for (const headers of [{}, { authorization: 'Bearer nobody' }, { accept: 'application/json' }]) {
    const answer = await get('/sandbox/messages', headers as Record<string, string>)
    assert.equal(answer.statusCode, 401)
    assert.equal(answer.json<{ errorCode: string }>().errorCode, 'unauthorized')
  }
})

test('shows a browser what readers would see, and runs nothing of it', async () => {
  const page = await get('/sandbox/messages', { accept: 'text/html' })
  assert.equal(page.statusCode, 200)
  assert.match(page.body, /&lt;b&gt;Shop&lt;\/b&gt;.*493817/s)
  assert.doesNotMatch(page.body, /<b>/)
  const href = /href="(\/sandbox\/messages\/[\w-]+)"/.exec(page.body)?.[1]
  assert(href)
  const mail = await get(href)
  assert.match(`${mail.headers['content-security-policy']}`, /default-src 'none'.*sandbox/)
  assert.match(mail.body, /90,00/)
  for (const id of ['x', '00000000-0000-4000-8000-000000000000', '%00'])
    assert.equal((await get(`/sandbox/messages/${id}`)).statusCode, 404)
})

test('is not there in live mode', async () => {
  const live = await startCheckout(() => ({ mode: 'live' }))
  assert.equal((await live.server.inject({ url: '/sandbox/messages' })).statusCode, 404)
})
