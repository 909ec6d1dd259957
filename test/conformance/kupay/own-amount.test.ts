import assert from 'node:assert/strict'
import { mkdir } from 'node:fs/promises'
import { after, test } from 'node:test'
import { createChainPayments } from '../../../src/app/chain/chain-payments.ts'
import { createEngineBook } from '../../../src/app/chain/engine-book.ts'
import { changeBrand } from '../../../src/app/merchant/brand.ts'
import { type ChainId, coin } from '../../../src/domain/chain/address.ts'
import type { Chain } from '../../../src/domain/chain/chain.ts'
import { createLogger } from '../../../src/http/logger.ts'
import { buildServer } from '../../../src/http/server.ts'
import { languages } from '../../../src/kernel/language.ts'
import { currencies } from '../../../src/protocols/kupay/payments/amount.ts'
import { openOwnAmount } from '../../../src/protocols/kupay/payments/open-own-amount.ts'
import { request } from '../../../src/web/request/index.ts'
import { assets } from '../../../src/web/shared/assets.ts'
import { anAddress } from '../../support/chain/factories.ts'
import { fixedPrices, setUp } from '../../support/chain/world.ts'
import { freePort } from '../../support/free-port.ts'
import { axeViolations } from '../../support/pages/axe.ts'
import { testBrowser } from '../../support/pages/browser.ts'
import { startKupay } from '../../support/protocols/kupay.ts'

const kupay = await startKupay()
const { shop, otherShop, database } = kupay
const chain: Chain = {
  ...{ id: 321 as ChainId, name: 'KCC', coin: 'KCS', explorerUrl: null, confirmations: 3, hasFinality: false },
  ...{ isLocal: false, walletRpcUrl: null, endpoints: ['http://127.0.0.1:1'] },
  tokens: [
    { address: coin, symbol: 'KCS', decimals: 18, peg: null },
    { address: anAddress(50), symbol: 'USDT', decimals: 18, peg: 'USD' },
  ],
}
await setUp(database.pool, chain, shop.merchant, anAddress(60))
const { engine, clock } = kupay.app
const chains = createChainPayments({
  ...{ pool: database.pool, clock, prices: await fixedPrices(), nudge: () => undefined },
  book: createEngineBook({ engine, pool: database.pool }),
})
const port = await freePort()
const origin = `http://127.0.0.1:${port}`
const app = { ...kupay.app, chains, publicUrl: origin }
const pages = request({
  ...{ ...app, currencies, isBehindProxy: false, open: (amount) => openOwnAmount(app, amount) },
  ...{ build: { find: () => undefined }, asks: undefined },
})
const server = await buildServer({
  ...{ app, protocols: [], pages: [assets, pages], docs: undefined },
  operations: { isReady: async () => true, metrics: undefined },
  logger: createLogger({ destination: { write: () => undefined } }),
})
await server.listen({ host: '127.0.0.1', port })
after(() => server.close())
const page = '/-kupy'

async function send(path: string, fields: Record<string, string>) {
  const response = await fetch(`${origin}${path}`, {
    method: 'POST',
    redirect: 'manual',
    body: new URLSearchParams(fields),
  })
  return { status: response.status, location: response.headers.get('location') ?? '', text: await response.text() }
}

/** The smallest picture that is one. */
const pixel = 'R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw=='
const usdt = `321/${anAddress(50)}`

async function paymentAt(location: string) {
  const stored = await app.payments.find(shop.merchant.id, location.slice(-12) as never)
  assert(stored)
  const { amounts } = await chains.state(shop.merchant.id, stored.payment.id)
  return { ...stored.payment, details: JSON.parse(stored.details), amounts }
}

// First: how a page looks is remembered for a while.
test('shows whose page it is: name, colour, logo, and the language of its own', async () => {
  const looks = { colour: '#5856ef', logo: Buffer.from(pixel, 'base64'), language: 'it' } as const
  const by = { actor: { kind: 'operator', name: 'test' }, address: null } as const
  const changed = await changeBrand(database.pool, otherShop.merchant.id, looks, { by, clock })
  assert(changed.ok)
  const { prefix, name } = otherShop.merchant
  for (const path of [`/-${prefix}`, `/donate/${prefix}`]) {
    const text = await (await fetch(`${origin}${path}`)).text()
    assert.match(text, /<html lang="it/)
    assert.match(text, /href="\/assets\/brand\/5856ef-[\w-]+\.css"/)
    assert.match(text, new RegExp(`src="/pictures/${prefix}/${changed.value.logoId}"`))
    assert.match(text, new RegExp(`<bdi>${name}</bdi>`))
  }
})

test('asks for the amount that was typed, in what was chosen, and leads to the payment', async () => {
  const typed = { amount: '25,50', currency: 'EUR', for: 'Rent for May', choice: usdt, key: crypto.randomUUID() }
  const sent = await send(page, typed)
  assert.equal(sent.status, 303)
  assert.match(sent.location, new RegExp(`^${origin}/pay/kupy/KUPY[A-Z0-9]{8}$`))
  const { total, currency, details, amounts } = await paymentAt(sent.location)
  assert.deepEqual([total, currency, details.face, details.orderNumber], [2_550n, 'EUR', 'account', 'Rent for May'])
  assert.deepEqual([amounts.length, amounts[0]?.token], [1, anAddress(50)])
  assert.equal((await send(page, typed)).location, sent.location, 'sent twice, asked once')
  const donated = await send('/donate/kupy', { amount: '5', currency: 'JPY', choice: usdt })
  assert.equal((await paymentAt(donated.location)).details.face, 'donation')
})

test('says what is wrong with a form, keeps what was typed, and makes nothing', async () => {
  const right = { amount: '5.00', currency: 'USD', choice: usdt }
  for (const [wrong, sentence] of [
    [{ amount: '' }, /Please type an amount/],
    [{ amount: '0' }, /Please type an amount/],
    [{ amount: '1.001' }, /Please type an amount/],
    [{ amount: '1.50', currency: 'JPY' }, /Please type an amount/],
    [{ amount: '9999999999999' }, /Please type an amount/],
    [{ choice: '' }, /Please choose one of these/],
    [{ choice: `56/${anAddress(50)}` }, /Please choose one of these/],
  ] as const) {
    const { status, text } = await send(page, { ...right, ...wrong, for: '<b>it</b>' })
    assert.equal(status, 422, JSON.stringify(wrong))
    assert.match(text, sentence)
    assert.match(text, /value="&lt;b&gt;it&lt;\/b&gt;"/)
  }
})

test('starts with the chain, amount and currency that the link names, and with nothing else', async () => {
  const read = async (query: string) => await (await fetch(`${origin}${page}?${query}`)).text()
  const text = await read('chain_id=321&amount=100&currency=EUR')
  assert.match(text, /name="amount"[^>]* value="100"/)
  assert.match(text, /<option value="EUR" selected>/)
  const odd = await read('chain_id=1&amount=-5&currency=XXX&amount=7')
  assert.doesNotMatch(odd, /name="amount"[^>]* value=/)
  assert.match(odd, /<option value="USD" selected>/)
})

test('knows no merchant that is not there, and says so of one that takes nothing', async () => {
  for (const path of ['/-nobody', '/-zzzz', '/donate/zzzz', '/-%2e%2e', '/request', '/request/kupy/KUPYAAAAAAAA'])
    assert.equal((await fetch(`${origin}${path}`)).status, 404, path)
  const { prefix } = otherShop.merchant
  const headers = { cookie: 'tercet_language=en' }
  assert.match(await (await fetch(`${origin}/-${prefix}`, { headers })).text(), /No payments from wallets/)
})

test('can be used by everybody, in nine languages, without script, in the dark, on a phone', async () => {
  const browser = await testBrowser()
  for (const [width, colorScheme] of [
    [360, 'dark'],
    [1280, 'light'],
  ] as const) {
    const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme, bypassCSP: true })
    const tab = await context.newPage()
    for (const language of width === 360 ? languages : (['en'] as const)) {
      await tab.goto(`${origin}/donate/kupy?lang=${language}`)
      const tooWide = await tab.evaluate<boolean>('document.documentElement.scrollWidth > innerWidth')
      assert.deepEqual([await axeViolations(tab), tooWide], [[], false], `${language} at ${width}`)
    }
    if (process.env.SCREENSHOTS) {
      await mkdir(process.env.SCREENSHOTS, { recursive: true })
      await tab.screenshot({ path: `${process.env.SCREENSHOTS}/donate-${width}-${colorScheme}.png`, fullPage: true })
    }
    await context.close()
  }
  const plain = await browser.newContext({ javaScriptEnabled: false })
  const tab = await plain.newPage()
  await tab.goto(`${origin}${page}?amount=12.34`)
  await tab.getByRole('button', { name: 'Continue to payment' }).click()
  await tab.waitForURL(/\/pay\/kupy\/KUPY/)
  await plain.close()
})
