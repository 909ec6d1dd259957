import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { fastify } from 'fastify'
import { integrityPage, readIntegrityPage } from '../../../test/support/pages/integrity-page.ts'
import { aMerchant } from '../../../test/support/payments/factories.ts'
import { usualBrand } from '../../domain/merchant/brand.ts'
import { sizesOf } from '../shared/build/build-bundle.ts'
import { type BuiltBundle, readBundle } from '../shared/build/built-bundle.ts'
import { sizeLimits, widgetBundle } from './bundle.ts'
import { widget } from './index.ts'
import { loaderPaths, loadersFor } from './loaders.ts'

const bundle = await readBundle(widgetBundle)
assert(bundle, 'npm run build')

const merchant = aMerchant({ name: 'Secret Name', feePpm: 123_456 })

function aServer(build: BuiltBundle | undefined) {
  const asked: string[] = []
  const server = fastify({ routerOptions: { maxParamLength: 1024 } })
  const byWidgetToken = async (token: string) => {
    asked.push(token)
    return token === '8KDS3SPEL' ? merchant : undefined
  }
  const merchants = {
    ...{ byWidgetToken, byKey: async () => undefined, byPaymentId: async () => undefined },
    ...{ byPrefix: async () => undefined, brand: async () => usualBrand },
  }
  const part = widget({ mode: 'live', publicUrl: 'https://pay.example', merchants, build: { find: () => build } })
  void server.register(async (scope) => part.register(scope, undefined))
  return { asked, get: (url: string, headers = {}) => server.inject({ url, headers }), server }
}

const { get, asked, server } = aServer(bundle)

test('every loader is a short-lived script for any origin that names the version of today', async () => {
  for (const [path, toWidget] of Object.entries(loaderPaths)) {
    const { statusCode, headers, body } = await get(path)
    assert.equal(statusCode, 200, path)
    assert.equal(headers['content-type'], 'text/javascript; charset=utf-8')
    assert.equal(headers['cache-control'], 'public, max-age=60, stale-while-revalidate=600')
    assert.equal(headers['access-control-allow-origin'], '*')
    assert.equal(headers['cross-origin-resource-policy'], 'cross-origin')
    if (toWidget === null) {
      assert.equal(body, '', path)
      continue
    }
    const target = /new URL\("([^"]+)"/.exec(body)?.[1] ?? ''
    assert.equal(new URL(target, `https://pay.example${path}`).pathname, `/widget/v5/${bundle.version}/widget.js`)
  }
})

test('the element is compressed beforehand, kept for ever, and answered with 304 to who has it', async () => {
  const path = `/widget/v5/${bundle.version}/widget.js`
  const plain = await get(path)
  assert.equal(plain.headers['cache-control'], 'public, max-age=31536000, immutable')
  assert.equal(plain.headers.vary, 'accept-encoding')
  const br = await get(path, { 'accept-encoding': 'gzip, deflate, br' })
  const gzip = await get(path, { 'accept-encoding': 'gzip;q=1.0, br;q=0' })
  assert.deepEqual([br.headers['content-encoding'], gzip.headers['content-encoding']], ['br', 'gzip'])
  assert.equal(brotliDecompressSync(br.rawPayload).toString(), plain.body)
  assert.equal(gunzipSync(gzip.rawPayload).toString(), plain.body)
  const again = await get(path, { 'accept-encoding': 'br', 'if-none-match': String(br.headers.etag) })
  assert.deepEqual([again.statusCode, again.body], [304, ''])
})

test('a version of another day gets the file of today, for a minute', async () => {
  const { statusCode, headers } = await get('/widget/v5/000000000000/fr.js')
  assert.equal(statusCode, 200)
  assert.match(String(headers['cache-control']), /max-age=60/)
  assert.equal((await get(`/widget/v5/${bundle.version}/manifest.json`)).statusCode, 404)
  assert.equal((await get(`/widget/v5/${bundle.version}/..%2f..%2fpackage.json`)).statusCode, 404)
})

test('tells a merchant its products and limits, and nothing else of it', async () => {
  const { headers, body } = await get('/widget/v5/merchants/8KDS3SPEL')
  assert.equal(headers['cache-control'], 'public, max-age=300, stale-while-revalidate=600')
  assert.equal(headers['access-control-allow-origin'], '*')
  const limits = { minimum: '500', maximum: '200000' }
  const products = ['pay-in-3', 'pay-in-4', 'later'].map((product) => ({ product, ...limits }))
  assert.deepEqual(JSON.parse(body), { currency: 'EUR', timeZone: 'Europe/Rome', products })
})

test('answers 404 for tokens that nobody has, and asks no database about what is not a token', async () => {
  asked.length = 0
  for (const token of ['NOBODYS00', 'a'.repeat(500), '8kds3spel', '%00', "'or'1", '..'])
    assert.equal((await get(`/widget/v5/merchants/${token}`)).statusCode, 404, token)
  assert.deepEqual(asked, ['NOBODYS00'])
})

test('says 405 for other methods', async () => {
  const { statusCode, headers } = await server.inject({ method: 'POST', url: '/widget/tercet-widget.js' })
  assert.deepEqual([statusCode, headers.allow], [405, 'GET, HEAD'])
})

test('asks to come again while it is being built, and still tells limits', async () => {
  const unbuilt = aServer(undefined)
  for (const url of ['/widget/tercet-widget.js', '/widget/v5/1/widget.js']) {
    const { statusCode, headers } = await unbuilt.get(url)
    assert.deepEqual([statusCode, headers['retry-after'], headers['cache-control']], [503, '2', 'no-store'])
  }
  assert.equal((await unbuilt.get('/widget/v5/merchants/8KDS3SPEL')).statusCode, 200)
})

test('a page loads at most 9 KB, and the limits in the file are those that are kept', async () => {
  const { widget: element = 0, ...languages } = await sizesOf(widgetBundle)
  const loaders = [...loadersFor(bundle.version, 'https://pay.shop.example').values()]
  const loader = Math.max(...loaders.map(({ bodies }) => bodies.br?.length ?? 0))
  assert(element <= sizeLimits.widget, `element ${element}`)
  assert(Math.max(...Object.values(languages)) <= sizeLimits.language, JSON.stringify(languages))
  assert(loader <= sizeLimits.loader, `loader ${loader}`)
  // The first generation's page loads an empty script as well.
  const empty = Math.min(...loaders.map(({ bodies }) => bodies.br?.length ?? 0))
  assert(sizeLimits.widget + sizeLimits.language + sizeLimits.loader + empty <= 9 * 1024)
})

test('the documented integrity is that of what is served', async () => {
  const page = await readIntegrityPage()
  assert.equal(page, await integrityPage(), 'npm run update -- widget')
  const { rawPayload } = await get(`/widget/v5/${bundle.version}/widget.js`)
  assert(page.includes(createHash('sha384').update(rawPayload).digest('base64')))
})
