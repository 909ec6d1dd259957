import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import { importCatalogue } from '../../../src/app/catalogue/import-catalogue.ts'
import type { CatalogueFile } from '../../../src/domain/catalogue/file/file-schema.ts'
import { sandboxCatalogue } from '../../../src/domain/catalogue/file/sandbox-catalogue.ts'
import { addMerchant } from '../../support/payments/engine.ts'
import { aUuid } from '../../support/protocols/catalogue.ts'
import { exchange, parseResponse } from '../../support/protocols/raw-http.ts'
import {
  aPayment,
  channel,
  instance,
  organization,
  payPath,
  requestPayment,
  rowCounts,
  type SalescloudServer,
  startSalescloud,
} from '../../support/protocols/salescloud.ts'

type FileInstance = NonNullable<CatalogueFile['instances']>[number]

const key = 'a-key-of-the-shop-with-128-bits'
const other = { organization: aUuid(1), channel: aUuid(2), instance: aUuid(3) }
const uuids = {
  guarded: aUuid(11),
  keyed: aUuid(12),
  disabled: aUuid(13),
  slow: aUuid(14),
  declining: aUuid(15),
  euro: aUuid(16),
}

function anInstance(uuid: string, overrides: Partial<FileInstance> = {}): FileInstance {
  const [first] = sandboxCatalogue.instances ?? []
  assert(first)
  return { ...first, uuid, ...overrides }
}

const plenty = { requestsPerMinute: 1000, requestsPerMinutePerAddress: 1000, declinesPerHourPerAddress: 1000 }

/** More instances for the sandbox's organization, and a second organization with one of its own. */
async function addInstances({ database }: SalescloudServer): Promise<void> {
  const own: CatalogueFile = {
    organization: sandboxCatalogue.organization,
    instances: [
      anInstance(uuids.guarded, { ipAllowList: ['198.51.100.0/24', '2001:db8::/32'] }),
      anInstance(uuids.keyed, { bearerKeySha256: createHash('sha256').update(key).digest('hex') }),
      anInstance(uuids.disabled, { enabled: false }),
      anInstance(uuids.slow, { rateLimits: { ...plenty, requestsPerMinutePerAddress: 3 } }),
      anInstance(uuids.declining, { rateLimits: { ...plenty, declinesPerHourPerAddress: 2 } }),
      anInstance(uuids.euro, { currency: 'EUR' }),
    ],
  }
  const foreign: CatalogueFile = {
    organization: { uuid: other.organization, title: 'Another', currency: 'ISK' },
    channels: [{ uuid: other.channel, title: 'Web' }],
    instances: [anInstance(other.instance)],
  }
  const merchant = await addMerchant(database.pool)
  const seal = (plain: string) => Buffer.from(plain)
  for (const request of [{ text: JSON.stringify(own) }, { text: JSON.stringify(foreign), merchantId: merchant.id }]) {
    const imported = await importCatalogue(database.pool, { ...request, seal })
    assert(imported.ok, JSON.stringify(imported))
  }
}

const salescloud = await startSalescloud()
await addInstances(salescloud)
const behindProxy = await startSalescloud({ database: salescloud.database, isBehindProxy: true })
const path = (to: { organization?: string; channel?: string; instance?: string; version?: string }) =>
  `/v/${to.version ?? '1'}/${to.organization ?? organization}/${to.channel ?? channel}/${to.instance ?? instance}`

test('gives every wrong address one and the same answer, and asks nobody for money', async () => {
  const before = await rowCounts(salescloud)
  const unknown = aUuid(99)
  const wrong = [
    path({ version: '2' }),
    path({ version: '1.0' }),
    path({ version: '01' }),
    path({ organization: unknown }),
    path({ organization: other.organization }),
    path({ channel: unknown }),
    path({ channel: other.channel }),
    path({ channel: instance }),
    path({ instance: unknown }),
    path({ instance: other.instance }),
    path({ instance: uuids.disabled }),
    path({ instance: uuids.guarded }),
    path({ instance: uuids.keyed }),
    path({ instance: channel }),
    path({ instance: 'undefined' }),
    path({ instance: `${instance}'` }),
    path({ instance: '%00' }),
    '/v/',
    '/v',
    '/v/1/',
    `${payPath}/fields`,
    `${payPath}/%zz`,
    `/v/1/${'x'.repeat(2000)}/y/z`,
  ]
  const answers = new Set<string>()
  for (const url of wrong) {
    const { status, text } = await requestPayment(salescloud, aPayment(), { path: url })
    assert.equal(status, 404, url)
    answers.add(text)
  }
  for (const method of ['GET', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'PROPFIND'] as const) {
    const answer = await salescloud.server.inject({ method: method as 'GET', url: payPath })
    assert.equal(answer.statusCode, 404, method)
    answers.add(answer.body)
  }
  const wrongKey = { path: path({ instance: uuids.keyed }), headers: { authorization: 'Bearer wrong' } }
  answers.add((await requestPayment(salescloud, aPayment(), wrongKey)).text)
  assert.equal(answers.size, 1, [...answers].join('\n'))
  assert.equal(JSON.parse([...answers].join()).errorCode, 2)
  assert.deepEqual(salescloud.calls, [])
  assert.deepEqual(await rowCounts(salescloud), before)
})

test('takes uuids in any case, doubled slashes, and needs no other authentication', async () => {
  const upper = path({ organization: organization.toUpperCase(), instance: instance.toUpperCase() })
  assert.equal((await requestPayment(salescloud, aPayment(), { path: upper })).status, 200)
  assert.equal((await requestPayment(salescloud, aPayment(), { path: `/${payPath}/` })).status, 200)
  const headers = { authorization: 'Bearer whatever' }
  assert.equal((await requestPayment(salescloud, aPayment(), { headers })).status, 200)
})

test('lets a caller in who shows the key of an instance that has one', async () => {
  const headers = { authorization: `Bearer ${key}` }
  assert.equal(
    (await requestPayment(salescloud, aPayment(), { path: path({ instance: uuids.keyed }), headers })).status,
    200,
  )
})

test('lets only the networks of an allow-list in, by the address that the proxy saw', async () => {
  const to = { path: path({ instance: uuids.guarded }) }
  const from = (address: string) => ({ ...to, headers: { 'x-forwarded-for': address } })
  for (const address of ['198.51.100.7', '203.0.113.9, 198.51.100.7', '2001:db8:1::1', '::ffff:198.51.100.7'])
    assert.equal((await requestPayment(behindProxy, aPayment(), from(address))).status, 200, address)
  for (const address of ['203.0.113.9', '198.51.100.7, 203.0.113.9', '2001:db9::1', 'nonsense', ''])
    assert.equal((await requestPayment(behindProxy, aPayment(), from(address))).status, 404, address)
  assert.equal(
    (await requestPayment(salescloud, aPayment(), from('198.51.100.7'))).status,
    404,
    'no proxy was declared',
  )
})

test('refuses a currency that is not the instance’s', async () => {
  const to = { path: path({ instance: uuids.euro }) }
  assert.equal((await requestPayment(salescloud, aPayment(), to)).json.errorCode, 4)
  assert.equal((await requestPayment(salescloud, aPayment({ currency_code: 'EUR' }), to)).json.errorCode, 0)
})

test('brakes one address without braking another, and still answers what was asked before', async () => {
  const from = (address: string) => ({
    path: path({ instance: uuids.slow }),
    headers: { 'x-forwarded-for': address },
  })
  const first = await requestPayment(behindProxy, aPayment({ requestId: 'braked' }), from('192.0.2.1'))
  for (let count = 0; count < 2; count++)
    assert.equal((await requestPayment(behindProxy, aPayment(), from('192.0.2.1'))).status, 200)
  const braked = await requestPayment(behindProxy, aPayment(), from('192.0.2.1'))
  assert.deepEqual([braked.status, braked.json.errorCode], [404, 8])
  assert.equal((await requestPayment(behindProxy, aPayment(), from('192.0.2.2'))).status, 200)
  const again = await requestPayment(behindProxy, aPayment({ requestId: 'braked' }), from('192.0.2.1'))
  assert.equal(again.text, first.text)
  const ipv6 = (last: string) => from(`2001:db8:0:1::${last}`)
  for (const last of ['1', '2', '3']) await requestPayment(behindProxy, aPayment(), ipv6(last))
  assert.equal((await requestPayment(behindProxy, aPayment(), ipv6('4'))).json.errorCode, 8, 'a /64 is one caller')
})

test('answers without reading a word of its body whoever sends twice what a limit lets through', async () => {
  const to = { path: path({ instance: uuids.slow }) }
  for (let count = 0; count < 6; count++) await requestPayment(salescloud, aPayment(), to)
  const head = `POST ${to.path} HTTP/1.1\r\nHost: x\r\nContent-Length: 200000\r\nConnection: close\r\n\r\n`
  const { status, body } = parseResponse(await exchange(salescloud.port, Buffer.from(head)))
  assert.deepEqual([status, JSON.parse(body).errorCode], [404, 8])
})

test('counts a declined request that is repeated once, and of many at once only as many as the limit lets through', async () => {
  const from = (address: string) => ({
    path: path({ instance: uuids.declining }),
    headers: { 'x-forwarded-for': address },
  })
  const declined = { details: { ...aDetails, cardNumber: '4000000000000002' } }
  const repeated = aPayment({ ...declined, requestId: 'declined-once' })
  for (let count = 0; count < 5; count++)
    assert.equal((await requestPayment(behindProxy, repeated, from('192.0.2.31'))).json.errorCode, 3)
  assert.equal((await requestPayment(behindProxy, aPayment(declined), from('192.0.2.31'))).json.errorCode, 3)
  assert.equal((await requestPayment(behindProxy, aPayment(declined), from('192.0.2.31'))).json.errorCode, 8)
  assert.equal((await requestPayment(behindProxy, repeated, from('192.0.2.31'))).json.errorCode, 3)
  const calls = behindProxy.calls.length
  const many = Array.from({ length: 40 }, () => requestPayment(behindProxy, aPayment(declined), from('192.0.2.32')))
  const codes = (await Promise.all(many)).map(({ json }) => json.errorCode)
  assert.equal(codes.filter((code) => code === 3).length, 2)
  assert.equal(behindProxy.calls.length, calls + 2)
})

test('brakes an address whose cards are declined', async () => {
  const to = { path: path({ instance: uuids.declining }) }
  const declined = aPayment({ details: { ...aDetails, cardNumber: '4000000000000002' } })
  assert.equal((await requestPayment(salescloud, aPayment(), to)).status, 200)
  for (let count = 0; count < 2; count++)
    assert.equal((await requestPayment(salescloud, declined, to)).json.errorCode, 3)
  const calls = salescloud.calls.length
  assert.equal((await requestPayment(salescloud, aPayment(), to)).json.errorCode, 8)
  assert.equal(salescloud.calls.length, calls)
})

const aDetails = aPayment().details as Record<string, string>

test('publishes the form of an instance that is there', async () => {
  const answer = await salescloud.server.inject({ method: 'GET', url: `${payPath}/fields` })
  assert.equal(answer.statusCode, 200)
  const { namespace, details } = answer.json<{ namespace: string; details: { required: string[] } }>()
  assert.equal(namespace, 'valitor_greidslugatt')
  assert.deepEqual(details.required, ['cardNumber', 'cardSecurityCode', 'expiryMonth', 'expiryYear'])
})
