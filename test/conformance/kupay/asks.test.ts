import assert from 'node:assert/strict'
import { mkdir } from 'node:fs/promises'
import { after, test } from 'node:test'
import type { Page } from 'playwright-core'
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts'
import { createChainPayments } from '../../../src/app/chain/chain-payments.ts'
import { createEngineBook } from '../../../src/app/chain/engine-book.ts'
import { createPayees } from '../../../src/app/payee/payees.ts'
import { setMerchantDisabled } from '../../../src/db/merchant/change-merchant.ts'
import { type Address, type ChainId, coin } from '../../../src/domain/chain/address.ts'
import type { Chain } from '../../../src/domain/chain/chain.ts'
import { createLogger } from '../../../src/http/logger.ts'
import { buildServer } from '../../../src/http/server.ts'
import { languages, locales } from '../../../src/kernel/language.ts'
import { currencies } from '../../../src/protocols/kupay/payments/amount.ts'
import { findOwnRequest, openOwnAmount } from '../../../src/protocols/kupay/payments/open-own-amount.ts'
import { kupayProfile } from '../../../src/protocols/kupay/profile.ts'
import { pay } from '../../../src/web/pay/index.ts'
import { requestBundle } from '../../../src/web/request/bundle.ts'
import { request } from '../../../src/web/request/index.ts'
import { assets } from '../../../src/web/shared/assets.ts'
import { buildBundle } from '../../../src/web/shared/build/build-bundle.ts'
import { readBundle } from '../../../src/web/shared/build/built-bundle.ts'
import { anAddress } from '../../support/chain/factories.ts'
import { fixedPrices, setUp } from '../../support/chain/world.ts'
import { freePort } from '../../support/free-port.ts'
import { auditPage } from '../../support/pages/audit-page.ts'
import { axeViolations } from '../../support/pages/axe.ts'
import { testBrowser } from '../../support/pages/browser.ts'
import { startKupay } from '../../support/protocols/kupay.ts'

const kupay = await startKupay()
const { database, shop } = kupay
const [usdt, usdc] = [anAddress(50), anAddress(51)]
const chain: Chain = {
  ...{ id: 321 as ChainId, name: 'KCC', coin: 'KCS', explorerUrl: null, confirmations: 3, hasFinality: false },
  ...{ isLocal: false, walletRpcUrl: null, endpoints: ['http://127.0.0.1:1'] },
  tokens: [
    { address: coin, symbol: 'KCS', decimals: 18, peg: null },
    { address: usdt, symbol: 'USDT', decimals: 18, peg: 'USD' },
    { address: usdc, symbol: 'USDC', decimals: 18, peg: 'USD' },
  ],
}
const shopWallet = privateKeyToAccount(generatePrivateKey())
await setUp(database.pool, chain, shop.merchant, shopWallet.address.toLowerCase() as Address)
const { engine, clock } = kupay.app
const { pool } = database
const chains = createChainPayments({
  ...{ pool, clock, prices: await fixedPrices(), nudge: () => undefined },
  book: createEngineBook({ engine, pool }),
})
const port = await freePort()
const origin = `http://localhost:${port}`
await buildBundle(requestBundle)
const bundle = await readBundle(requestBundle)
const build = { find: () => bundle, settled: Promise.resolve(), close: () => undefined }
const app = { ...kupay.app, chains, publicUrl: origin }
const demo = anAddress(77)
const server = await buildServer({
  ...{ app, protocols: [], docs: undefined },
  pages: [
    assets,
    request({
      ...{ ...app, currencies, build, isBehindProxy: false, open: (amount) => openOwnAmount(app, amount) },
      asks: {
        payees: createPayees({ pool, clock, settings: chains.settings }),
        find: (merchant, id) => findOwnRequest(app, merchant, id),
        demo,
      },
    }),
    pay({
      ...{ ...app, mode: 'sandbox', build: { ...build, find: () => undefined } },
      linksOf: (stored) => kupayProfile.walletLinks?.(stored),
      wallet: undefined,
      changes: { version: async () => 'x', watch: () => () => undefined, close: () => undefined } as never,
    }),
  ],
  operations: { isReady: async () => true, metrics: undefined },
  logger: createLogger({ destination: { write: () => undefined } }),
})
await server.listen({ host: '127.0.0.1', port })
after(() => server.close())

type Fields = Readonly<Record<string, string | readonly string[]>>

function formOf(fields: Fields): URLSearchParams {
  return new URLSearchParams(
    Object.entries(fields).flatMap(([name, value]) => [value].flat().map((each) => [name, each])),
  )
}

const post = (path: string, fields: Fields) =>
  fetch(`${origin}${path}`, { method: 'POST', redirect: 'manual', body: formOf(fields) })

const somebody = () => privateKeyToAccount(generatePrivateKey())
const aForm = (changes: Fields = {}): Fields => ({
  ...{ amount: '25.00', currency: 'EUR', for: 'Rent for Máj', choice: [`321/${usdt}`], key: crypto.randomUUID() },
  ...changes,
})

/** The form as the page's script sends it, signed by that account. */
async function signed(account: ReturnType<typeof somebody>, form: Fields): Promise<Fields> {
  const answer = await post('/request/text', { ...form, account: account.address })
  assert.equal(answer.status, 200)
  const { text, at } = (await answer.json()) as { text: string; at: string }
  return { ...form, account: account.address, at, signature: await account.signMessage({ message: text }) }
}

const people = async () => (await pool.query('select count(*) as count from payee')).rows[0].count

test('makes a request for whoever has signed it, paid at their own address and in nothing else', async () => {
  const account = somebody()
  const form = await signed(account, aForm())
  const made = await post('/request', form)
  assert.equal(made.status, 303)
  const location = made.headers.get('location') ?? ''
  assert.match(location, /^\/request\/[a-z0-9]{4}\/[A-Z0-9]{12}$/)
  assert.equal((await post('/request', form)).headers.get('location'), location, 'sent twice, made once')
  const link = await (await fetch(`${origin}${location}`)).text()
  const payUrl = `${origin}${location.replace('/request/', '/pay/')}`
  assert(link.includes(payUrl) && link.includes('€25.00') && link.includes('Rent for Máj'))
  assert.match(link, /https:\/\/t\.me\/share\/url\?url=http%3A%2F%2Flocalhost/)
  const page = await (await fetch(payUrl)).text()
  assert.match(page, new RegExp(`value="321/${usdt}"`))
  assert.doesNotMatch(page, new RegExp(`value="321/${usdc}"|value="321/${coin}"`))
  assert.match(page, new RegExp(`${account.address.slice(0, 6).toLowerCase()}…`))
  const choose = (token: string) => post(payUrl.slice(origin.length), { choice: `321/${token}` })
  assert.equal((await choose(usdc)).status, 409)
  assert.equal((await choose(usdt)).status, 303)
  const { rows } = await pool.query(
    `select encode(recipient, 'hex') as recipient from chain_amount where payment_id = $1`,
    [location.slice(-12)],
  )
  assert.deepEqual(rows, [{ recipient: account.address.slice(2).toLowerCase() }])
  const before = await people()
  const again = await post('/request', await signed(account, aForm({ choice: [`321/${usdt}`, `321/${coin}`] })))
  assert.equal(again.headers.get('location')?.slice(0, 13), location.slice(0, 13), 'one page for one address')
  assert.equal(await people(), before)
})

test('two requests of an address that nobody knew, in one moment, have one owner', async () => {
  const account = somebody()
  const forms = await Promise.all([1, 2, 3, 4].map(() => signed(account, aForm())))
  const made = await Promise.all(forms.map((form) => post('/request', form)))
  const prefixes = new Set(made.map(({ headers }) => headers.get('location')?.slice(9, 13)))
  assert.deepEqual([made.map(({ status }) => status), prefixes.size], [[303, 303, 303, 303], 1])
})

test('makes nothing of a signature that is of somebody else, of something else, old, or missing', async () => {
  const [account, other] = [somebody(), somebody()]
  const before = await people()
  const right = await signed(account, aForm())
  const old = new Date(Date.now() - 3_600_000).toISOString()
  for (const wrong of [
    { account: other.address },
    { amount: '26.00' },
    { currency: 'USD' },
    { for: 'Something else' },
    { choice: [`321/${usdc}`] },
    { key: crypto.randomUUID() },
    { at: old },
    { at: 'yesterday' },
    { signature: '' },
    { signature: `0x${'1'.repeat(130)}` },
    { signature: await account.signMessage({ message: 'hello' }) },
  ] as const) {
    const answer = await post('/request', { ...right, ...wrong })
    assert.equal(answer.status, 422, JSON.stringify(wrong))
    assert.match(await answer.text(), /The signature does not fit/)
  }
  assert.equal(await people(), before)
})

test('says what is wrong with a form, and gives no text to sign for it', async () => {
  const account = somebody()
  for (const [wrong, sentence] of [
    [{ amount: '0' }, /Please type an amount/],
    [{ amount: '1.5', currency: 'JPY' }, /Please type an amount/],
    [{ choice: [] }, /Please choose one of these/],
    [{ choice: [`321/${anAddress(99)}`] }, /Please choose one of these/],
    [{ key: 'x' }, /Please choose one of these/],
  ] as const) {
    const form = { ...aForm(wrong), account: account.address, at: '', signature: '' }
    assert.equal((await post('/request/text', form)).status, 422)
    const answer = await post('/request', form)
    assert.equal(answer.status, 422, JSON.stringify(wrong))
    assert.match(await answer.text(), sentence)
  }
  assert.equal((await post('/request/text', { ...aForm(), account: 'x' })).status, 422)
})

test('leaves the address of a shop to the shop', async () => {
  const answer = await post('/request', await signed(shopWallet, aForm()))
  assert.equal(answer.status, 409)
  assert.match(await answer.text(), /A shop is paid at this address/)
})

test('takes no request any more for an address that its operator has closed', async () => {
  const account = somebody()
  const made = await post('/request', await signed(account, aForm()))
  const merchant = await kupay.app.merchants.byPrefix(made.headers.get('location')?.slice(9, 13) ?? '')
  assert(merchant)
  await setMerchantDisabled(pool, merchant.id, true)
  const answer = await post('/request', await signed(account, aForm()))
  assert.equal(answer.status, 409)
  assert.match(await answer.text(), /takes no more addresses/)
  const { rows } = await pool.query('select count(*)::int as count from payment where merchant_id = $1', [merchant.id])
  assert.deepEqual(rows, [{ count: 1 }])
})

test('shows currencies without minor units as people write them, to who asks and to who pays', async () => {
  const made = await post('/request', aForm({ amount: '1500', currency: 'JPY', demo: '1' }))
  const location = made.headers.get('location') ?? ''
  for (const path of [location, location.replace('/request/', '/pay/')]) {
    const text = await (await fetch(`${origin}${path}`, { headers: { 'accept-language': 'en' } })).text()
    assert.match(text, /¥1,500(?![.\d])/, path)
  }
})

test('shows only requests of such people, and only by their whole address', async () => {
  const made = await post('/request', aForm({ demo: '1' }))
  const location = made.headers.get('location') ?? ''
  assert.equal((await fetch(`${origin}${location}`)).status, 200)
  for (const path of [`/request/kupy/${location.slice(-12)}`, `${location.slice(0, -4)}ZZZZ`, '/request/x/y'])
    assert.equal((await fetch(`${origin}${path}`)).status, 404, path)
})

/** A wallet that signs with that account, or refuses. */
async function openWithWallet(page: Page, account: ReturnType<typeof somebody>, mayRefuse = { first: false }) {
  await page.exposeFunction('askWallet', async (method: string, params: readonly string[]) => {
    if (method === 'eth_requestAccounts') return { result: [account.address] }
    if (mayRefuse.first) {
      mayRefuse.first = false
      return { error: { code: 4001, message: 'User rejected the request.' } }
    }
    return { result: await account.signMessage({ message: { raw: params[0] as `0x${string}` } }) }
  })
  await page.addInitScript(`{
    const request = async ({ method, params }) => {
      const { result, error } = await window.askWallet(method, params ?? [])
      if (error) throw Object.assign(new Error(error.message), { code: error.code })
      return result
    }
    const info = { uuid: '350670db-19fa-4704-a166-e52e178b59d0', name: 'MetaMask', rdns: 'test.wallet' }
    const announce = () => window.dispatchEvent(
      new CustomEvent('eip6963:announceProvider', { detail: Object.freeze({ info, provider: { request } }) }))
    window.addEventListener('eip6963:requestProvider', announce)
    announce()
  }`)
}

const screenshots = process.env.SCREENSHOTS
if (screenshots) await mkdir(screenshots, { recursive: true })

test('leads from the form over the wallet to a link, and says so when the wallet refuses', async () => {
  const browser = await testBrowser()
  const page = await (await browser.newContext({ locale: 'en-GB', viewport: { width: 1280, height: 900 } })).newPage()
  await openWithWallet(page, somebody(), { first: true })
  await page.goto(`${origin}/request?amount=12&currency=USD`)
  const button = page.getByRole('button', { name: 'Create the link with MetaMask' })
  await page.getByLabel('What is it for?').fill('Pizza')
  await button.click()
  await page.getByText('You did not sign, so there is no link yet.').waitFor()
  await button.click()
  await page.getByRole('heading', { name: 'Your link is ready' }).waitFor()
  assert.match(await page.getByRole('link', { name: `${origin}/pay/` }).innerText(), /\/pay\/\w{4}\/\w{12}$/)
  if (screenshots) await page.screenshot({ path: `${screenshots}/link-1280-light.png`, fullPage: true })
  await page.getByRole('link', { name: 'Ask for another payment' }).click()
  await button.waitFor()
  await page.getByLabel('Amount').fill('nonsense')
  await button.click()
  await page.getByText('Please type an amount, like 25.00.').waitFor()
  await page.context().close()
})

test('can be used by everybody, in nine languages, in light and dark, with and without a wallet', async () => {
  const browser = await testBrowser()
  const link = (await post('/request', aForm({ demo: '1' }))).headers.get('location') ?? ''
  for (const hasWallet of [true, false]) {
    const viewport = { width: hasWallet ? 360 : 1280, height: 800 }
    const context = await browser.newContext({ viewport, reducedMotion: 'reduce' })
    const page = await context.newPage()
    if (hasWallet) await openWithWallet(page, somebody())
    for (const language of hasWallet ? languages : (['en'] as const))
      for (const path of ['/request', link]) {
        await page.goto(`${origin}${path}?lang=${language}`)
        assert.equal(await page.getAttribute('html', 'lang'), locales[language])
        if (path === '/request' && hasWallet) await page.locator('[data-buttons] button').waitFor()
        // What a page is made of does not differ by language: the form, which has the most parts, stands for both.
        const schemes = path === link && language !== 'en' ? [] : (['light', 'dark'] as const)
        for (const colorScheme of schemes) {
          await page.emulateMedia({ colorScheme })
          assert.deepEqual(await axeViolations(page), [], `${language} ${colorScheme} ${path}`)
          const name = `${path === link ? 'link' : 'ask'}-${hasWallet ? 360 : 1280}-${language}-${colorScheme}`
          if (screenshots && language === 'en')
            await page.screenshot({ path: `${screenshots}/${name}.png`, fullPage: true })
        }
        assert.deepEqual(await auditPage(page), [], `${language} ${path}`)
      }
    await context.close()
  }
})
