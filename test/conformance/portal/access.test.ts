import assert from 'node:assert/strict'
import { test } from 'node:test'
import { may, roles } from '../../../src/domain/user/role.ts'
import { minute } from '../../../src/kernel/instant.ts'
import type { ApiRoute } from '../../../src/web/portal/api/route.ts'
import { allRoutes, portalPages } from '../../support/portal/pages.ts'
import { aMember, operator } from '../../support/portal/people.ts'
import { publicUrl, startPortal } from '../../support/portal/portal.ts'

const portal = await startPortal()
const routes = allRoutes()
const some = '00000000-0000-4000-8000-000000000000'

function call(
  route: ApiRoute,
  {
    cookie,
    merchant = portal.merchantId,
    origin = publicUrl,
  }: { cookie?: string; merchant?: number | string; origin?: string | undefined } = {},
) {
  const path = route.url.replace('{merchant}', String(merchant)).replaceAll(/\{\w+\}/g, some)
  return portal.server.inject({
    method: route.method as 'GET',
    url: `/portal/api${path}`,
    headers: { ...(cookie && { cookie }), ...(origin && { origin }) },
    ...(route.method !== 'GET' && route.method !== 'DELETE' && { payload: {} }),
  })
}

const codeOf = (body: string): string => JSON.parse(body).errorCode

for (const { path, contents, read } of portalPages) {
  test(`${path} says what the program does (npm run update rewrites it)`, async () => {
    assert.equal(await read(), contents())
  })
}

test('every route but those for signing in is closed to strangers', async () => {
  for (const route of routes.filter(({ access }) => access.to !== 'anybody')) {
    for (const cookie of ['', 'tercet_portal=', 'tercet_portal=nobody-has-this-token']) {
      const answer = await call(route, { cookie })
      assert.equal(answer.statusCode, 401, `${route.method} ${route.url}`)
      assert.equal(codeOf(answer.body), 'signed_out')
    }
  }
})

test('every route takes every role as the table says, and no other', async () => {
  const cookies = new Map(await Promise.all(roles.map(async (role) => [role, await portal.cookieOf(role)] as const)))
  for (const route of routes) {
    if (route.access.to !== 'merchant') continue
    for (const role of roles) {
      const answer = await call(route, { cookie: cookies.get(role) ?? '' })
      const isLetIn = may(role, route.access.permission)
      const refusal = answer.statusCode === 403 ? codeOf(answer.body) : undefined
      assert.equal(refusal !== 'not_allowed', isLetIn, `${role} at ${route.method} ${route.url}: ${answer.body}`)
    }
  }
})

test("another merchant's owner finds nothing, as if the merchant did not exist", async () => {
  const cookie = await portal.cookieOf('owner', portal.otherMerchantId)
  for (const route of routes.filter(({ access }) => access.to === 'merchant')) {
    const [foreign, unknown] = [await call(route, { cookie }), await call(route, { cookie, merchant: 999_999 })]
    for (const answer of [foreign, unknown]) assert.equal(answer.statusCode, 404, `${route.method} ${route.url}`)
    assert.equal(JSON.parse(foreign.body).message, JSON.parse(unknown.body).message)
  }
})

test("another site's page can write nothing", async () => {
  const cookie = await portal.cookieOf('manager', portal.otherMerchantId)
  for (const route of routes.filter(({ method }) => method !== 'GET')) {
    for (const origin of ['https://evil.example', 'null', '']) {
      const answer = await call(route, { cookie, origin })
      assert.equal(answer.statusCode, 403, `${route.method} ${route.url} from ${origin || 'nowhere'}`)
      assert.equal(codeOf(answer.body), 'foreign_origin')
    }
  }
})

test('what a stolen session must not do wants a fresh proof', async () => {
  const cookie = await portal.cookieOf('owner')
  portal.advance(11n * minute)
  const sensitive = routes.filter(({ access }) => access.to !== 'anybody' && access.stepUp)
  assert(sensitive.length > 8, 'the routes were collected')
  for (const route of sensitive) {
    const answer = await call(route, { cookie })
    assert.equal(codeOf(answer.body), 'step_up_required', `${route.method} ${route.url}: ${answer.body}`)
  }
})

test('the password of somebody who was invited is guessed no more often than at the door', async () => {
  const { people } = portal
  const email = 'ada.guessed@example.com'
  await aMember(portal, { merchantId: portal.otherMerchantId, email })
  const invited = await people.invite({ merchantId: portal.merchantId, email, role: 'clerk', by: operator })
  assert(invited.ok)
  const url = `/portal/api/invitations/${invited.value.link.split('/').at(-1)}`
  const statuses: number[] = []
  for (let tries = 0; tries < 11; tries++) {
    const payload = { name: '', password: `guess number ${tries}`, language: 'en' }
    statuses.push(
      (await portal.server.inject({ method: 'POST', url, headers: { origin: publicUrl }, payload })).statusCode,
    )
  }
  assert.deepEqual(statuses, [...Array(10).fill(401), 429])
})

test('a body that is not as it should be changes nothing and says what is wrong', async () => {
  const answer = await portal.server.inject({
    method: 'POST',
    url: '/portal/api/session',
    headers: { origin: publicUrl },
    payload: { email: 7 },
  })
  assert.equal(answer.statusCode, 400)
  const { errorCode, detail } = JSON.parse(answer.body)
  assert.deepEqual([errorCode, detail], ['invalid_request', 'password'])
})
