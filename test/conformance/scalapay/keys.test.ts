import assert from 'node:assert/strict'
import { test } from 'node:test'
import { anOrder } from '../../support/payments/orders.ts'
import { exchange, parseResponse, requestText } from '../../support/protocols/raw-http.ts'
import { deviceKey, merchantKey, otherMerchantKey, startScalapay } from '../../support/protocols/scalapay.ts'
import { openRoutes, routesWithoutOrder } from './keys.exceptions.ts'

const scalapay = await startScalapay()
const token = await authorizedOrder()

async function authorizedOrder(): Promise<string> {
  const headers = { authorization: `Bearer ${merchantKey}` }
  const created = await scalapay.server.inject({ method: 'POST', url: '/v2/orders', headers, payload: anOrder() })
  const order = created.json<{ token: string }>().token
  const payload = { cardNumber: '4242424242424242' }
  await scalapay.server.inject({ method: 'POST', url: `/sandbox/orders/${order}/authorize`, headers, payload })
  return order
}

/** `POST /v2/orders` and so on, every one that was registered. */
function routeNames(): string[] {
  return scalapay.routes.flatMap(({ method, url }) => [method].flat().map((each) => `${each} ${url}`))
}

function call(route: string, authorization: string | undefined) {
  const [method = '', pattern = ''] = route.split(' ')
  const path = pattern.replace(':token', token).replace('*', 'x')
  const body = route.endsWith('/payments/capture') ? JSON.stringify({ token }) : undefined
  const headers = { ...(authorization !== undefined && { Authorization: authorization }) }
  const bytes = requestText({ method, path, headers, ...(body !== undefined && { body }) })
  return exchange(scalapay.port, bytes).then(parseResponse)
}

const wrongKeys: Readonly<Record<string, string | undefined>> = {
  'no key': undefined,
  'an empty header': '',
  'a wrong key': 'Bearer nobody-has-this-key',
  'two spaces': `Bearer  ${merchantKey}`,
  'a tab': `Bearer\t${merchantKey}`,
  'no scheme': merchantKey,
  'another scheme': `Basic ${merchantKey}`,
  'something after the key': `Bearer ${merchantKey} x`,
  'the device key': `Bearer ${deviceKey}`,
}

for (const [name, authorization] of Object.entries(wrongKeys)) {
  test(`every route refuses ${name} with the bare word`, async () => {
    const closed = routeNames().filter((route) => !(route in openRoutes))
    assert(closed.length > 40, 'the routes were collected')
    for (const route of closed) {
      const { status, head, body } = await call(route, authorization)
      assert.equal(status, 401, route)
      assert.match(head, /^content-type: application\/json\r?$/im, route)
      assert.match(head, /^content-length: 12\r?$/im, route)
      assert.equal(body, route.startsWith('HEAD') ? '' : 'Unauthorized', route)
    }
  })
}

test('every open route is one that exists and needs no key', async () => {
  const names = routeNames()
  for (const route of Object.keys(openRoutes)) {
    assert(names.includes(route), `${route} exists`)
    assert.notEqual((await call(route, undefined)).status, 401, route)
  }
})

test('every route with an order answers another merchant as if there were none, and changes nothing', async () => {
  const served = scalapay.routes
    .filter(({ schema }) => schema !== undefined)
    .flatMap(({ method, url }) => [method].flat().map((each) => `${each} ${url}`))
  const withOrder = served.filter((route) => !(route in openRoutes) && !routesWithoutOrder.includes(route))
  const documented = withOrder.filter((route) => route.startsWith('GET') || route.startsWith('POST'))
  const stateOf = async () => (await call('GET /v2/payments/:token', `Bearer ${merchantKey}`)).body
  const beforeAll = await stateOf()
  const answers: Record<string, number> = {}
  for (const route of documented) {
    const { status, body } = await call(route, `Bearer ${otherMerchantKey}`)
    answers[route] = status
    assert(!body.includes(token), route)
  }
  assert.equal(await stateOf(), beforeAll)
  const leaks = Object.entries(answers).filter(([, status]) => status === 200)
  assert.deepEqual(leaks, [])
})
