import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import fc from 'fast-check'
import { importCatalogue } from '../../../src/app/catalogue/import-catalogue.ts'
import { createSealer } from '../../../src/app/shared/seal.ts'
import { sandboxCatalogue } from '../../../src/domain/catalogue/file/sandbox-catalogue.ts'
import { catalogueKinds } from '../../../src/domain/catalogue/model/kinds.ts'
import { addMerchant } from '../../support/payments/engine.ts'
import { aFile, anInstance, aProduct, aUuid, valitorCredentials } from '../../support/protocols/catalogue.ts'
import {
  aPayment,
  ownHeaders,
  ownPath,
  payPath,
  requestPayment,
  startSalescloud,
} from '../../support/protocols/salescloud.ts'

const salescloud = await startSalescloud()

type Json = Record<string, unknown>
type Method = 'GET' | 'PUT' | 'DELETE' | 'POST' | 'PATCH'

async function call(method: Method, path: string, body?: object | string | Buffer, headers: object = ownHeaders) {
  const payload = body === undefined ? {} : { payload: body }
  const answer = await salescloud.server.inject({
    method,
    url: `${ownPath}/catalogue${path}`,
    headers: { 'content-type': 'application/json', ...headers },
    ...payload,
  })
  const json: Json = answer.body === '' ? {} : answer.json()
  return { status: answer.statusCode, text: answer.body, json }
}

/** An address is remembered for a quarter of a second. */
async function payUntil(status: number): Promise<void> {
  while ((await requestPayment(salescloud, aPayment())).status !== status);
}

const problemsOf = ({ json }: { json: Json }) => (json.message as { problems: { path: string }[] }).problems

test('gives the whole catalogue as a file that PUT finds unchanged', async () => {
  const read = await call('GET', '')
  assert.equal(read.status, 200)
  const put = await call('PUT', '', read.text)
  assert.equal(put.status, 200, put.text)
  for (const [name, count] of Object.entries(put.json))
    assert.deepEqual({ ...(count as object), unchanged: 0 }, { added: 0, changed: 0, unchanged: 0 }, name)
  assert.equal((await call('GET', '')).text, read.text)
})

test('answers each entity alone, in a list and in the file alike, and takes each back', async () => {
  const file = (await call('GET', '')).json as Record<string, Json[]>
  for (const kind of catalogueKinds) {
    const { json } = await call('GET', `/${kind}?limit=100`)
    const items = json.items as Json[]
    assert.deepEqual(
      items.map(({ readOnly: _, ...item }) => item),
      file[kind],
    )
    for (const item of items) {
      const path = `/${kind}/${item.uuid ?? item.machineName}`
      assert.deepEqual((await call('GET', path)).json, item)
      assert.deepEqual((await call('PUT', path, item)).json, item)
    }
  }
  assert.deepEqual((await call('GET', '')).json, file)
})

test('pages a list without skipping or repeating', async () => {
  for (let number = 0; number < 5; number++)
    await call('PUT', `/locations/${aUuid(900 + number)}`, { title: `L${number}` })
  const seen: unknown[] = []
  for (let cursor = ''; ; ) {
    const { json } = await call('GET', `/locations?limit=2${cursor}`)
    seen.push(...(json.items as Json[]).map(({ uuid }) => uuid))
    if (json.next === null) break
    cursor = `&cursor=${json.next}`
  }
  assert.deepEqual(seen, seen.toSorted())
  assert.equal(new Set(seen).size, 6)
  assert.equal(seen.length, 6)
  for (const bad of [
    'limit=0',
    'limit=101',
    'limit=x',
    'cursor=x',
    `cursor=${aUuid(1)}&cursor=${aUuid(2)}`,
    'cursor=%00',
  ])
    assert.equal((await call('GET', `/locations?${bad}`)).status, 400, bad)
})

test('sells what was put, and no longer what was deleted', async () => {
  const path = `/products/${aUuid(700)}`
  const sale = (requestId: string) =>
    requestPayment(salescloud, aPayment({ requestId, amount: 250, items: [{ uuid: aUuid(700), quantity: 1 }] }))
  const item = { title: 'Tea', price: 250 }
  assert.equal((await call('PUT', path, item)).status, 200)
  const paid = await sale('tea-1')
  assert.equal(paid.json.errorCode, 0)
  assert.equal((await call('PUT', path, { ...item, enabled: false })).status, 200)
  assert.equal((await sale('tea-2')).json.errorCode, 11)
  assert.deepEqual(await call('DELETE', path), { status: 204, text: '', json: {} })
  assert.equal((await call('DELETE', path)).status, 404)
  assert.equal((await call('GET', path)).status, 404)
  assert.equal((await sale('tea-1')).text, paid.text, 'the first answer again')
  const order = await salescloud.server.inject({
    url: `${ownPath}/orders/${paid.json.paymentTransaction.payload.transactionId}`,
    headers: ownHeaders,
  })
  assert.equal(order.statusCode, 200)
  assert.equal(order.json<{ order: { lines: Json[] } }>().order.lines[0]?.title, 'Tea')
})

test('counts seats and uses beside the entity, and keeps what is sold', async () => {
  const startsAt = '2036-01-01T10:00:00.000Z'
  const event = { uuid: aUuid(710), title: 'Talk', price: 100, event: { starts: [{ startsAt, capacity: 3 }] } }
  const coupon = { uuid: aUuid(711), title: 'Half', percent: 50, usageLimit: 2 }
  assert.deepEqual((await call('PUT', `/coupons/${aUuid(711)}`, coupon)).json.readOnly, { used: 0 })
  assert.equal((await call('PUT', `/products/${aUuid(710)}`, event)).status, 200)
  const items = [{ uuid: aUuid(710), quantity: 2, startsAtTimeInMillis: Date.parse(startsAt) }]
  const paid = await requestPayment(salescloud, aPayment({ amount: 100, items, coupon: aUuid(711) }))
  assert.equal(paid.json.errorCode, 0)
  assert.deepEqual((await call('GET', `/products/${aUuid(710)}`)).json.readOnly, { starts: [{ startsAt, taken: 2 }] })
  assert.deepEqual((await call('GET', `/coupons/${aUuid(711)}`)).json.readOnly, { used: 1 })
  for (const path of [`/products/${aUuid(710)}`, `/coupons/${aUuid(711)}`]) {
    const { status, json } = await call('DELETE', path)
    assert.deepEqual([status, json.errorCode], [409, 'in_use'])
    assert.match(String(json.message), /set enabled to false/)
  }
  const transaction = paid.json.paymentTransaction.payload.transactionId
  await salescloud.server.inject({ method: 'POST', url: `${ownPath}/orders/${transaction}/void`, headers: ownHeaders })
  for (const path of [`/products/${aUuid(710)}`, `/coupons/${aUuid(711)}`])
    assert.equal((await call('DELETE', path)).status, 204, 'given back')
})

test('keeps the channel and the instance of an order that can still be refunded', async () => {
  await requestPayment(salescloud, aPayment())
  const [channel, instance] = payPath.split('/').slice(-2)
  const { json } = await call('GET', `/instances/${instance}`)
  assert.equal((await call('DELETE', `/channels/${channel}`)).status, 409)
  assert.match(String((await call('DELETE', `/instances/${instance}`)).json.message), /Set enabled to false first/)
  await call('PUT', `/instances/${instance}`, { ...json, enabled: false })
  assert.match(String((await call('DELETE', `/instances/${instance}`)).json.message), /Orders name it/)
  await payUntil(404)
  await call('PUT', `/instances/${instance}`, json)
  await payUntil(200)
})

test('changes the organization itself, and closes and opens it', async () => {
  const { json } = await call('GET', '/organization')
  assert.deepEqual(json, { ...sandboxCatalogue.organization, enabled: true })
  const closed = await call('PUT', '/organization', { title: 'Lokað', enabled: false })
  assert.deepEqual(closed.json, { ...json, title: 'Lokað', enabled: false })
  await payUntil(404)
  assert.deepEqual((await call('PUT', '/organization', json)).json, json)
  await payUntil(200)
  for (const wrong of [{ ...json, currency: 'EUR' }, { ...json, uuid: aUuid(1) }, { ...json, shops: [] }, {}]) {
    const refused = await call('PUT', '/organization', wrong)
    assert.deepEqual([refused.status, refused.json.errorCode], [400, 'invalid_catalogue'])
    assert.equal(problemsOf(refused).length, 1)
  }
})

test('takes the id of the address, and no other', async () => {
  const uuid = 'abcdefab-0000-4000-8000-000000000001'
  const put = await call('PUT', `/channels/${uuid.toUpperCase()}`, { title: 'A' })
  assert.deepEqual(put.json, { uuid, title: 'A', pos: false, enabled: true })
  assert.equal((await call('PUT', `/channels/${uuid}`, { uuid: uuid.toUpperCase(), title: 'B' })).status, 200)
  for (const other of [aUuid(1), 7, {}, '']) {
    const refused = await call('PUT', `/channels/${uuid}`, { uuid: other, title: 'B' })
    assert.deepEqual(problemsOf(refused), [{ path: 'uuid', message: 'is not the one of the address' }])
  }
  const unnamed = await call('PUT', '/channels/till', { title: 'B' })
  assert.deepEqual([unnamed.status, problemsOf(unnamed)[0]?.path], [400, 'uuid'])
})

test('refuses an instance that could take no payment, alone and in a file, and says why', async () => {
  const uuid = aUuid(740)
  const valitor = { acquirer: 'valitor_greidslugatt' }
  const wrong: [string, object][] = [
    ['acquirer', { acquirer: 'nope' }],
    ['namespace', { namespace: 'nope' }],
    ['credentials', valitor],
    ['credentials.posId', { ...valitor, credentials: { ...valitorCredentials, posId: 'abc' } }],
    ['credentials.endpoint', { ...valitor, credentials: { ...valitorCredentials, endpoint: 'http://10.0.0.1/' } }],
    ['credentials.pin', { ...valitor, credentials: { ...valitorCredentials, pin: 'canary-4711' } }],
  ]
  for (const [path, more] of wrong) {
    const instance = { ...anInstance({ uuid }), ...more }
    const alone = await call('PUT', `/instances/${uuid}`, instance)
    const { organization } = sandboxCatalogue
    const inFile = await call('PUT', '', { organization, instances: [anInstance({ uuid: aUuid(741) }), instance] })
    for (const refused of [alone, inFile]) {
      assert.deepEqual([refused.status, refused.json.errorCode], [400, 'invalid_catalogue'], path)
      assert.doesNotMatch(refused.text, /canary|abc|10\.0\.0/)
    }
    assert.deepEqual([problemsOf(alone)[0]?.path, problemsOf(inFile)[0]?.path], [path, `instances[1].${path}`])
  }
  assert.equal((await call('GET', `/instances/${uuid}`)).status, 404)
})

test('lets an instance wait for its credentials while it is not enabled, and keeps those it has', async () => {
  const uuid = aUuid(742)
  const path = `/instances/${uuid}`
  const instance = anInstance({ uuid, acquirer: 'valitor_greidslugatt' })
  const waiting = await call('PUT', path, { ...instance, enabled: false })
  assert.deepEqual([waiting.status, waiting.json.readOnly], [200, { hasCredentials: false, hasBearerKey: false }])
  assert.deepEqual(problemsOf(await call('PUT', path, instance))[0]?.path, 'credentials')
  assert.equal((await call('PUT', path, { ...instance, credentials: valitorCredentials })).status, 200)
  const kept = await call('PUT', path, (await call('GET', path)).json)
  assert.deepEqual([kept.status, kept.json.enabled], [200, true])
  assert.equal((await call('PUT', '', (await call('GET', '')).json)).status, 200)
})

test('names paths of the body that was sent, in messages as well', async () => {
  const startsAt = '2035-01-01T10:00:00Z'
  const event = {
    starts: [
      { startsAt, capacity: 1 },
      { startsAt, capacity: 2 },
    ],
  }
  const refused = await call('PUT', `/products/${aUuid(743)}`, aProduct({ uuid: aUuid(743), event }))
  assert.deepEqual(problemsOf(refused), [
    { path: 'event.starts[1].startsAt', message: 'repeats event.starts[0].startsAt' },
  ])
})

test('refuses a key that is there twice, and says where a body is not JSON', async () => {
  const { organization } = sandboxCatalogue
  const file = (rest: string) => `{"organization":${JSON.stringify(organization)},\n"coupons":[${rest}`
  for (const [path, body, message] of [
    [
      `/coupons/${aUuid(744)}`,
      '{"title":"L","percent":5,"percent":50}',
      /^The body has a key twice .*line 1, column 26\./,
    ],
    ['/organization', '{"title":"L","title":"M"}', /^The body has a key twice .*line 1, column 14\./],
    ['', `${file('{"title":"L","title":"M"}')}]}`, /^The body has a key twice .*line 2, column 25\./],
    [
      `/coupons/${aUuid(744)}`,
      '{"title":canary}',
      /^The body is not JSON from line 1, column 10 on\. It must be a coupon/,
    ],
    ['', file('canary'), /^The body is not JSON from line 2, column 12 on\. It must be a catalogue file/],
  ] as const) {
    const refused = await call('PUT', path, body)
    assert.deepEqual([refused.status, refused.json.errorCode], [400, 'invalid_request'], body)
    assert.match(String(refused.json.message), message)
    assert.doesNotMatch(refused.text, /canary/)
  }
})

test('takes JSON only, as the payment API does', async () => {
  const path = `/channels/${aUuid(745)}`
  for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'application/json; charset=latin1']) {
    for (const [where, body] of [
      [path, { title: 'A' }],
      ['/organization', { title: 'A' }],
      ['', sandboxCatalogue],
    ] as const) {
      const refused = await call('PUT', where, JSON.stringify(body), { ...ownHeaders, 'content-type': type })
      assert.deepEqual([refused.status, refused.json.message], [400, 'Content-Type must be application/json.'], type)
    }
  }
  const headers = { ...ownHeaders, 'content-type': 'application/json; charset=utf-8' }
  assert.equal((await call('PUT', path, '{"title":"A"}', headers)).status, 200)
})

test('refuses bodies that are not an entity', async () => {
  const path = `/channels/${aUuid(720)}`
  for (const body of ['', '[]', 'null', '7', '{"title":', '{"title":"a"}}', Buffer.from([0x7b, 0xff, 0x7d])])
    assert.equal((await call('PUT', path, body)).status, 400, String(body))
  assert.equal((await call('PUT', path, `{"title":"a","__proto__":{"pos":true}}`)).status, 400)
  assert.equal((await call('PUT', path, `{"title":"a","readOnly":${'['.repeat(10)}${']'.repeat(10)}}`)).status, 200)
  assert.equal((await call('PUT', path, `{"title":"a","readOnly":${'['.repeat(500)}${']'.repeat(500)}}`)).status, 400)
  assert.equal((await call('PUT', path, `{"title":${'['.repeat(100_000)}${']'.repeat(100_000)}}`)).status, 400)
  assert.equal((await call('PUT', path, { title: 'a'.repeat(1_048_577) })).status, 413)
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...catalogueKinds), fc.object({ maxDepth: 3 }), async (kind, body) => {
      const { status, json } = await call('PUT', `/${kind}/${aUuid(721)}`, JSON.stringify(body))
      assert.deepEqual([status, json.errorCode], [400, 'invalid_catalogue'])
    }),
    { numRuns: 60 },
  )
})

test('knows no kind and no id that it does not have, however they are written', async () => {
  const strange = [
    '__proto__',
    'constructor',
    'toString',
    '%00',
    '%F0%9F%98%80',
    'Products',
    '..%2Forders',
    'x'.repeat(900),
  ]
  for (const text of strange) {
    for (const path of [`/${text}`, `/${text}/${aUuid(1)}`, `/products/${text}`, `/discountRules/${text}`])
      for (const method of ['GET', 'DELETE'] as const) {
        if (method === 'DELETE' && path === `/${text}`) continue
        const { status, json } = await call(method, path)
        assert.deepEqual([status, json.errorCode], [404, 'not_found'], `${method} ${path}`)
      }
    assert.equal((await call('PUT', `/${text}/${aUuid(1)}`, { title: 'a' })).status, 404, text)
    assert.equal((await call('PUT', `/products/${text}`, { title: 'a', price: 1 })).status, 400, text)
  }
  for (const path of [`/${'x'.repeat(2_000)}`, `/products/${'x'.repeat(2_000)}`, '/products/%zz', '/products/a/b'])
    assert.ok([400, 404, 414].includes((await call('GET', path)).status), path.slice(0, 30))
  for (const [method, path] of [
    ['POST', ''],
    ['DELETE', ''],
    ['DELETE', '/organization'],
    ['PUT', '/products'],
    ['PATCH', `/products/${aUuid(1)}`],
  ] as const)
    assert.equal((await call(method, path)).status, 405, `${method} ${path}`)
})

test('lets one of twenty parallel changes be the last, and answers every one with what it stored', async () => {
  const path = `/coupons/${aUuid(730)}`
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, amount) => call('PUT', path, { title: 'C', amount })),
  )
  for (const [amount, { status, json }] of answers.entries()) assert.deepEqual([status, json.amount], [200, amount])
  const deletions = await Promise.all(Array.from({ length: 5 }, () => call('DELETE', path)))
  assert.deepEqual(deletions.map(({ status }) => status).toSorted(), [204, 404, 404, 404, 404])
})

test('shows and changes nothing of another organization, under whichever key', async () => {
  const { database } = salescloud
  const foreign = await addMerchant(database.pool)
  const uuid = aUuid(800)
  const text = JSON.stringify(
    aFile({ organization: { uuid, title: 'Other', currency: 'ISK' }, channels: [{ uuid: aUuid(801), title: 'C' }] }),
  )
  const sealer = createSealer(randomBytes(32))
  assert.ok((await importCatalogue(database.pool, { text, merchantId: foreign.id, seal: sealer.seal })).ok)
  for (const path of ['', '/organization', '/channels', `/channels/${aUuid(801)}`]) {
    const url = `/salescloud/v1/organizations/${uuid}/catalogue${path}`
    const answer = await salescloud.server.inject({ url, headers: ownHeaders })
    assert.deepEqual([answer.statusCode, answer.json<Json>().errorCode], [404, 'not_found'])
  }
  assert.equal((await call('GET', `/channels/${aUuid(801)}`)).status, 404)
  assert.equal((await call('DELETE', `/channels/${aUuid(801)}`)).status, 404)
  assert.equal(
    (await call('PUT', `/channels/${aUuid(801)}`, { title: 'Mine' })).status,
    200,
    'another merchant’s uuids',
  )
  const { rows } = await database.pool.query('select title from catalogue_channel where merchant_id = $1', [foreign.id])
  assert.deepEqual(rows, [{ title: 'C' }])
})
