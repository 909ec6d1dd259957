import assert from 'node:assert/strict'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import type { Page } from 'playwright-core'
import decodeQr from 'qr/decode.js'
import type { Address } from '../../../src/domain/chain/address.ts'
import { languages, locales } from '../../../src/kernel/language.ts'
import { tokenAmount, unitsFromDecimal } from '../../../src/kernel/token-amount.ts'
import { auditPage } from '../../support/pages/audit-page.ts'
import { axeViolations } from '../../support/pages/axe.ts'
import { testBrowser } from '../../support/pages/browser.ts'
import { fakeWallet, installWallets, newAccount } from '../../support/pages/fake-wallet.ts'
import { type PayShop, startPayShop } from '../../support/pages/pay-shop.ts'

/** Tells where there is no chain, which then fails nothing. */
const unavailable: string[] = []
const shop = await startPayShop({ diagnostic: (message) => void unavailable.push(message) })
const browser = await testBrowser()

/** A folder for a picture of each page. */
const screenshots = process.env.TERCET_SCREENSHOTS
if (screenshots) await mkdir(screenshots, { recursive: true })

function onChain(name: string, run: (shop: PayShop) => Promise<void>): void {
  test(name, async (t) => (shop ? await run(shop) : t.diagnostic(unavailable.join())))
}

type Scheme = 'light' | 'dark'

type Look = {
  readonly width?: number
  readonly locale?: string
  readonly colorScheme?: Scheme
  readonly javaScriptEnabled?: boolean
  readonly hasWallet?: boolean
}

async function newPage({ local }: PayShop, { width = 360, hasWallet = false, ...look }: Look = {}): Promise<Page> {
  const viewport = { width, height: 800 }
  const context = await browser.newContext({ viewport, locale: 'en-GB', reducedMotion: 'reduce', ...look })
  after(() => context.close())
  const page = await context.newPage()
  if (hasWallet) await installWallets(page, local, [fakeWallet(local)])
  return page
}

/** Far longer than it takes. */
async function until(isSo: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 1_000; tries++) {
    if (await isSo()) return
    await pause(30)
  }
  throw new Error('it never was so')
}

/** Chooses a token as the page's form does. */
async function choose({ origin, local }: PayShop, path: string, symbol: string): Promise<void> {
  const token = local.tokens.find((each) => each.symbol === symbol)
  const body = new URLSearchParams({ choice: `321/${token?.address}` })
  const { status } = await fetch(`${origin}${path}`, { method: 'POST', body, redirect: 'manual' })
  assert.equal(status, 303)
}

/** What a camera sees. */
async function decode(page: Page, selector: string): Promise<string> {
  const size = 232
  const dots = await page.evaluate<string>(`(async () => {
    const image = document.querySelector(${JSON.stringify(selector)})
    image.loading = 'eager'
    await image.decode()
    const canvas = Object.assign(document.createElement('canvas'), { width: ${size}, height: ${size} })
    const context = canvas.getContext('2d')
    context.drawImage(image, 0, 0, ${size}, ${size})
    const { data } = context.getImageData(0, 0, ${size}, ${size})
    let dots = ''
    for (let at = 0; at < data.length; at += 4) dots += data[at] < 128 ? '1' : '0'
    return dots
  })()`)
  const data = Uint8Array.from([...dots].flatMap((dot) => (dot === '1' ? [0, 0, 0, 255] : [255, 255, 255, 255])))
  return decodeQr({ width: size, height: size, data })
}

onChain(
  'its codes say exactly what stands beside them, for coins and tokens of any decimals, and what they say is paid',
  async (it) => {
    const page = await newPage(it)
    for (const symbol of ['USDT', 'USDC', 'KCS']) {
      const path = await it.request()
      await choose(it, path, symbol)
      await page.goto(`${it.origin}${path}`)
      const token = it.local.tokens.find((each) => each.symbol === symbol)
      assert(token)
      const uri = await decode(page, '[data-part=send] img.qr')
      const shown = await page.locator('.exact code').innerText()
      const recipient = it.local.wallet
      const units = unitsFromDecimal(shown, token.decimals)
      assert.equal(
        uri,
        symbol === 'KCS'
          ? `ethereum:${recipient}@321?value=${units}`
          : `ethereum:${token.address}@321/transfer?address=${recipient}&uint256=${units}`,
      )
      assert.equal(await page.getByRole('link', { name: 'Open in a wallet on this device' }).getAttribute('href'), uri)
      const [, amount = ''] = /(?:value|uint256)=(\d+)$/.exec(uri) ?? []
      await it.local.pay({ token: token.address, recipient, units: tokenAmount(BigInt(amount)) })
      await page.getByRole('heading', { name: 'Your payment has arrived' }).waitFor()
      assert.equal((await it.stateOf(path)).transfers.length, 1)
    }
  },
)

onChain('a page is never older than the version it says it is of', async (it) => {
  const path = await it.request()
  const page = async () => await (await fetch(`${it.origin}${path}`)).text()
  assert.match(await page(), /data-version="/)
  it.meanwhile = () => it.kupay.receive(path.slice(-12), 1_234n)
  assert.match(await page(), /<h1>Paid<\/h1>/)
  it.meanwhile = undefined
})

onChain('the code for a phone leads to the same page', async (it) => {
  const path = await it.request()
  await choose(it, path, 'USDT')
  const page = await newPage(it)
  await page.goto(`${it.origin}${path}`)
  await page.getByText('Pay on your phone', { exact: true }).click()
  assert.equal(await decode(page, '[data-part=phone] img.qr'), `${it.origin}${path}`)
})

onChain('is paid by hand without script, from the choice to the end', async (it) => {
  const page = await newPage(it, { javaScriptEnabled: false })
  const path = await it.request()
  await page.goto(`${it.origin}${path}`)
  await page.getByLabel('USDC on KCC').check()
  await page.getByRole('button', { name: 'Continue' }).click()
  await page.getByText('Send USDC on KCC and nothing else').waitFor()
  assert.equal(await page.getByRole('heading', { name: 'Pay from your wallet' }).isVisible(), false)
  assert.equal(await page.locator('button.copy:visible').count(), 0)
  await page.getByRole('img', { name: 'Code for your wallet' }).waitFor()
  const [amount] = (await it.stateOf(path)).amounts
  assert(amount)
  const [digits, recipient] = await page.locator('[data-part=send] code').allInnerTexts()
  assert.deepEqual([unitsFromDecimal(digits ?? '', 6), recipient], [amount.units, amount.recipient])
  await it.local.pay({ token: amount.token, recipient: amount.recipient, units: amount.units })
  await until(async () => (await it.stateOf(path)).status === 'processing')
  await page.getByRole('link', { name: 'Look for my payment' }).click()
  await page.getByText('1 of 3 confirmations').waitFor()
  await it.local.mine(2)
  // It looks again by itself.
  await page.getByRole('heading', { name: 'Paid' }).waitFor()
  assert.equal(await page.getByRole('link', { name: 'Back to the shop' }).getAttribute('href'), 'https://example.com')
})

onChain('can be used with a keyboard alone, and lets no countdown talk', async (it) => {
  const page = await newPage(it, { hasWallet: true })
  await page.goto(`${it.origin}${await it.request()}`)
  await tabTo(page, 'Continue')
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: /with MetaMask/ }).waitFor()
  assert.equal(await page.locator('.clock [role=status]').innerText(), '')
  assert.equal(await page.locator('.clock > [aria-hidden]').count(), 1)
  await tabTo(page, 'Copy: Amount')
  await tabTo(page, 'Pay on your phone')
  await page.keyboard.press('Enter')
  await page.getByRole('img', { name: 'Code that opens this page on a phone' }).waitFor()
  await page.keyboard.press('Home')
  await tabTo(page, 'with MetaMask', { isBackwards: true })
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Your payment has arrived' }).waitFor()
  const focused = await page.evaluate<string>('document.activeElement.textContent')
  assert.equal(focused, 'Your payment has arrived')
})

async function tabTo(page: Page, name: string, { isBackwards = false } = {}): Promise<void> {
  for (let presses = 0; presses < 60; presses++) {
    await page.keyboard.press(isBackwards ? 'Shift+Tab' : 'Tab')
    const focused = await page.evaluate<string>(
      "(document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent ?? '')",
    )
    if (focused.includes(name)) return
  }
  throw new Error(`no way to ${name}`)
}

onChain('refuses what it cannot read, and shows nothing to whoever guesses addresses', async (it) => {
  const path = await it.request()
  await choose(it, path, 'USDT')
  const post = async (address: string, fields: Record<string, string>) =>
    (await fetch(`${it.origin}${address}`, { method: 'POST', body: new URLSearchParams(fields), redirect: 'manual' }))
      .status
  const get = async (address: string) => (await fetch(`${it.origin}${address}`)).status
  assert.equal(await post(path, { choice: `999/0x${'1'.repeat(40)}` }), 409)
  assert.equal(await post(path, { choice: 'x' }), 409)
  for (const fields of [
    {},
    { chain: '321' },
    { chain: '321', account: 'x' },
    { chain: '-1', account: it.local.account },
  ])
    assert.equal(await post(`${path}/hint`, fields), 400, JSON.stringify(fields))
  const account = it.local.account
  assert.equal(await post(`${path}/hint`, { chain: '321', account, transaction: '0x12' }), 400)
  assert.equal(await get(`${path}/transaction/1?units=1`), 409)
  assert.equal(await get(`${path}/transaction/9?units=1`), 409)
  const unknown = path.replace(/.{4}$/, 'ZZZZ')
  for (const address of [
    unknown,
    `${unknown}/events`,
    `${unknown}/qr/page`,
    `${unknown}/transaction/1`,
    path.replace('kupy', 'shop'),
  ])
    assert.equal(await get(address), 404, address)
  assert.equal(await post(`${unknown}/hint`, { chain: '321', account }), 404)
  assert.equal((await fetch(`${it.origin}${path}`, { method: 'PUT' })).status, 405)
})

/** Another amount than the one that was asked, from an account that the page has named. */
async function payFrom(
  it: PayShop,
  { path, amount }: { path: string; amount: { token: Address } },
  units: bigint,
): Promise<void> {
  const account = await newAccount(it.local)
  await fetch(`${it.origin}${path}/hint`, { method: 'POST', body: new URLSearchParams({ chain: '321', account }) })
  await it.local.pay({ token: amount.token, recipient: it.local.wallet, units: tokenAmount(units), from: account })
  await until(async () => (await it.stateOf(path)).transfers.length === 1)
}

/** One payment in each state that a page can show, the ended ones last: they need the clock to move. */
async function openStates(it: PayShop): Promise<Readonly<Record<string, string>>> {
  const asked = async (symbol: string) => {
    const path = await it.request()
    await choose(it, path, symbol)
    const [amount] = (await it.stateOf(path)).amounts
    assert(amount)
    return { path, amount }
  }
  const [waiting, coins, part, over, confirming] = [
    await asked('USDT'),
    await asked('KCS'),
    await asked('USDT'),
    await asked('USDC'),
    await asked('USDC'),
  ]
  await payFrom(it, part, 5n * 10n ** 18n)
  await payFrom(it, over, over.amount.units + 2_000_000n)
  await it.local.mine(3)
  await until(async () => (await it.stateOf(over.path)).status === 'captured')
  // The last: blocks that come after it would make it final.
  await it.local.pay({ token: confirming.amount.token, recipient: it.local.wallet, units: confirming.amount.units })
  await until(async () => (await it.stateOf(confirming.path)).status === 'processing')
  const paid = await it.request()
  await it.kupay.receive(paid.slice(-12), 1_234n)
  const cancelled = await it.request({ id: 'again' })
  await it.request({ id: 'again', amount: 5 })
  return {
    '1-choice': await it.request(),
    '2-waiting': waiting.path,
    '3-coins': coins.path,
    '4-part': part.path,
    '5-confirming': confirming.path,
    '6-paid': paid,
    '7-over': over.path,
    '8-cancelled': cancelled,
    '9-unknown': '/pay/kupy/KUPYNOBODY00',
  }
}

async function look(
  it: PayShop,
  states: Readonly<Record<string, string>>,
  { name, axe, ...as }: Look & { name: string; axe: Readonly<Record<string, readonly Scheme[]>> },
) {
  const page = await newPage(it, { ...as, hasWallet: true })
  for (const [state, path] of Object.entries(states)) {
    await page.goto(`${it.origin}${path}`)
    if ((await page.locator('[data-wallets]').count()) > 0) await page.locator('[data-buttons] button').waitFor()
    if (screenshots) await page.screenshot({ path: join(screenshots, `pay-${name}-${state}.png`), fullPage: true })
    assert.deepEqual(await auditPage(page), [], `${name} ${state}`)
    for (const colorScheme of axe[state] ?? axe.others ?? []) {
      await page.emulateMedia({ colorScheme })
      assert.deepEqual(await axeViolations(page), [], `${name} ${state} ${colorScheme}`)
    }
  }
  await page.context().close()
}

/** What pages are made of does not differ by language: the one with the most parts stands for all, in both schemes. */
const inBoth = { '2-waiting': ['light', 'dark'] } as const

/** English with axe-core, dark on a phone and light on a desktop; the other languages where words have the least room. */
async function lookEverywhere(it: PayShop, states: Readonly<Record<string, string>>): Promise<void> {
  for (const width of [360, 1280])
    for (const colorScheme of ['light', 'dark'] as const)
      if (screenshots || (width === 360) === (colorScheme === 'dark'))
        await look(it, states, {
          name: `en-${width}-${colorScheme}`,
          axe: { others: [colorScheme] },
          width,
          colorScheme,
        })
  const wordy = Object.fromEntries(Object.entries(states).filter(([state]) => !/coins|paid|unknown/.test(state)))
  for (const language of languages.filter((each) => each !== 'en'))
    await look(it, wordy, { name: `${language}-320`, axe: inBoth, width: 320, locale: locales[language] })
}

onChain('every page of it is readable and usable, in every language, while it is open', async (it) => {
  await lookEverywhere(it, await openStates(it))
})

onChain('and when its time is up, with a part that came, and with one that came too late', async (it) => {
  const part = await it.request()
  await choose(it, part, 'USDT')
  const late = await it.request()
  await choose(it, late, 'USDC')
  const [[some], [all]] = [(await it.stateOf(part)).amounts, (await it.stateOf(late)).amounts]
  assert(some && all)
  await payFrom(it, { path: part, amount: some }, 10n ** 18n)
  const nothing = await it.request()
  for (const path of [part, late, nothing]) await it.kupay.expire(path.slice(-12))
  await it.advance(0n)
  await it.local.pay({ token: all.token, recipient: it.local.wallet, units: all.units })
  await until(async () => (await it.stateOf(late)).strays.length === 1)
  await lookEverywhere(it, { '10-expired': nothing, '11-expired-part': part, '12-late': late })
})
