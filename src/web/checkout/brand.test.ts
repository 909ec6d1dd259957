import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import { startCheckout } from '../../../test/support/pages/checkout.ts'
import { changeBrand, readBrand } from '../../app/merchant/brand.ts'
import { keepFetched, wantPictures } from '../../db/picture/wanted-pictures.ts'
import { systemClock } from '../../kernel/clock.ts'
import type { MerchantId, PaymentId } from '../../kernel/ids.ts'

const checkout = await startCheckout()
const { server, app, database } = checkout
const token = await checkout.order()
const merchantId = (await app.merchants.byPaymentId(token as PaymentId))?.id as MerchantId

const noted = { by: { actor: { kind: 'operator', name: 'test' }, address: null }, clock: systemClock } as const

/** The smallest GIF: one pixel. */
const gif = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64')

const page = async (language = 'en') =>
  await server.inject({ url: `/checkout/${await checkout.order()}`, headers: { 'accept-language': language } })

test('shows a merchant’s logo, colour and language on the pages of its orders', async () => {
  const change = { language: 'it', colour: '#07F', logo: gif } as const
  const changed = await changeBrand(database.pool, merchantId, change, noted)
  assert(changed.ok)
  assert.equal(changed.value.colour, '#0077ff')
  const { body } = await page('de')
  const logo = /<img src="(\/pictures\/\w{4}\/[0-9a-f]{32})" alt="">/.exec(body)?.[1]
  const style = /href="(\/assets\/brand\/0077ff-[\w-]+\.css)"/.exec(body)?.[1]
  assert(logo && style)
  assert.match(body, /<html lang="it-IT">/)
  const picture = await server.inject({ url: logo })
  assert.deepEqual(picture.rawPayload, gif)
  assert.equal(picture.headers['content-type'], 'image/gif')
  assert.equal(picture.headers['x-content-type-options'], 'nosniff')
  assert.match(`${picture.headers['content-security-policy']}`, /default-src 'none'; sandbox/)
  assert.match((await server.inject({ url: style })).body, /--fill: rgb\(0 119 255\)/)
  const usual = await changeBrand(database.pool, merchantId, { language: null, colour: null, logo: null }, noted)
  assert(usual.ok)
  assert.deepEqual(usual.value, { language: null, colour: null, logoId: null })
  assert.equal((await server.inject({ url: logo })).statusCode, 404)
})

test('refuses a logo that is not a raster picture and a colour that is not one, and changes nothing then', async () => {
  const before = await readBrand(database.pool, merchantId)
  const refused = [
    { logo: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"><script>1</script></svg>') },
    { logo: Buffer.alloc(0) },
    { logo: Buffer.from('GIF89a') },
    { logo: Buffer.concat([gif.subarray(0, 6), Buffer.from([0xff, 0xff, 0xff, 0xff]), gif.subarray(10)]) },
    { logo: Buffer.concat([gif, Buffer.alloc(512 * 1024)]) },
    { colour: 'red;}body{display:none' },
    { colour: '' },
  ]
  for (const change of refused) {
    const answer = await changeBrand(database.pool, merchantId, { language: 'fi', ...change }, noted)
    assert.equal(answer.ok, false)
  }
  assert.deepEqual(await readBrand(database.pool, merchantId), before)
})

test('shows the pictures of an order that this server has, and never their addresses', async () => {
  const imageUrl = 'https://cdn.shop.example/chair.gif?"><script>1</script>'
  const items = [{ name: 'Chair', quantity: 1, price: { amount: '90.00', currency: 'EUR' }, imageUrl }]
  const home = `/checkout/${await checkout.order({ items })}`
  assert.doesNotMatch((await server.inject({ url: home })).body, /class="picture"/)
  const id = createHash('sha256').update(imageUrl).digest('hex').slice(0, 32)
  await wantPictures(database.pool, merchantId, [{ id, url: imageUrl }], app.clock.now())
  await keepFetched(database.pool, { merchantId, id }, { type: 'image/gif', content: gif })
  const { body } = await server.inject({ url: home })
  const src = /<img class="picture" src="([^"]+)" alt="" width="48" height="48" loading="lazy"/.exec(body)?.[1]
  assert(src)
  assert.doesNotMatch(body, /cdn\.shop|<script>1/)
  assert.deepEqual((await server.inject({ url: src })).rawPayload, gif)
})

test('has no picture under a name that is none', async () => {
  for (const url of [
    '/pictures/ABCD/x',
    `/pictures/abcd/${'0'.repeat(32)}`,
    `/pictures/ABCD/${'0'.repeat(32)}`,
    '/pictures/../x',
  ])
    assert.equal((await server.inject({ url })).statusCode, 404, url)
})
