import assert from 'node:assert/strict'
import { mkdir } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import type { Page } from 'playwright-core'
import { day } from '../../src/kernel/instant.ts'
import { auditPage } from '../support/pages/audit-page.ts'
import { testBrowser } from '../support/pages/browser.ts'
import { startCheckout } from '../support/pages/checkout.ts'

const [checkout, browser, shop] = await Promise.all([startCheckout(), testBrowser(), startShop()])

const screenshots = join(tmpdir(), 'tercet-screenshots')
await mkdir(screenshots, { recursive: true })

const phone = { viewport: { width: 390, height: 844 } }
const desktop = { viewport: { width: 1280, height: 800 } }

type Look = {
  readonly viewport?: { readonly width: number; readonly height: number }
  readonly locale?: 'en-GB' | 'it-IT'
  readonly colorScheme?: 'light' | 'dark'
}

/** What the browser refused to do because a page's policy forbids it. */
const violations: string[] = []

/** A browser window of its own, without script. */
async function openPage(path: string, look: Look = {}): Promise<Page> {
  const context = await browser.newContext({ javaScriptEnabled: false, ...phone, locale: 'en-GB', ...look })
  after(() => context.close())
  const page = await context.newPage()
  page.setDefaultTimeout(10_000)
  page.on('console', (message) => {
    if (/Content.Security.Policy/i.test(message.text())) violations.push(message.text())
  })
  await page.goto(checkout.origin + path)
  return page
}

/**
 * A shop as many are built: the address that is given to the API belongs to its backend, which sends the shopper on to
 * the storefront on another origin.
 */
async function startShop() {
  const visits: string[] = []
  const server = createServer((request, response) => {
    const { pathname, search } = new URL(request.url ?? '/', 'http://shop')
    const isBackend = request.headers.host?.startsWith('localhost') ?? false
    if (!isBackend) return void response.end(`storefront ${pathname}`)
    visits.push(`${request.method} ${pathname}${search}`)
    response.writeHead(302, { location: `http://127.0.0.1:${port}${pathname}` }).end()
  })
  await new Promise<void>((resolve) => server.listen(0, resolve))
  const { port } = server.address() as AddressInfo
  after(() => server.close().closeAllConnections())
  const urls = { confirm: `http://localhost:${port}/thanks?cart=7`, cancel: `http://localhost:${port}/basket` }
  return { visits, urls, storefront: `http://127.0.0.1:${port}` }
}

async function fillIn(page: Page, number: string): Promise<void> {
  await page.getByLabel('Card number').fill(number)
  await page.getByLabel('Expiry date').fill('12/39')
  await page.getByLabel('Security code').fill('123')
}

test('takes a shopper through the checkout by keyboard alone, and back to the shop', async () => {
  const token = await checkout.order({}, shop.urls)
  const page = await openPage(`/checkout/${token}`)
  await page.keyboard.press('Tab')
  assert.equal(await page.locator(':focus').textContent(), 'Skip to content')
  await page.keyboard.press('Enter')
  for (const [field, text] of [
    ['number', '4242424242424242'],
    ['expiry', '12/39'],
    ['code', '123'],
  ] as const) {
    await page.keyboard.press('Tab')
    assert.equal(await page.locator(':focus').getAttribute('id'), field)
    assert.notEqual(await outlineOf(page), 'none')
    await page.keyboard.type(text)
  }
  await page.keyboard.press('Tab')
  assert.equal(await page.locator(':focus').textContent(), 'Pay €30.00 today')
  assert.notEqual(await outlineOf(page), 'none')
  await page.keyboard.press('Enter')
  await page.waitForURL(`${shop.storefront}/thanks`)
  assert.equal(shop.visits.at(-1), `GET /thanks?cart=7&orderToken=${token}&status=SUCCESS`)
  assert.equal(await checkout.stateOf(token), 'authorized')
})

async function outlineOf(page: Page): Promise<string> {
  return await page.evaluate<string>('getComputedStyle(document.activeElement).outlineStyle')
}

test('lets a declined shopper try another card', async () => {
  const token = await checkout.order({}, shop.urls)
  const page = await openPage(`/checkout/${token}`)
  await fillIn(page, '4000 0000 0000 0002')
  await page.getByRole('button').click()
  await page.getByRole('alert').waitFor()
  assert.match(`${await page.getByRole('alert').textContent()}`, /Your card was not accepted/)
  assert.equal(await page.locator(':focus').getAttribute('role'), 'alert')
  assert.equal(await page.getByLabel('Card number').inputValue(), '')
  await fillIn(page, '5555 5555 5555 4444')
  await page.getByRole('button').click()
  await page.waitForURL(`${shop.storefront}/thanks`)
  assert.equal(await checkout.stateOf(token), 'authorized')
})

test('leads from each problem to its field', async () => {
  const page = await openPage(`/checkout/${await checkout.order({}, shop.urls)}`)
  await page.getByLabel('Card number').fill('4242')
  await page.getByRole('button').click()
  await page.getByRole('alert').getByText('Enter the security code').click()
  assert.equal(await page.locator(':focus').getAttribute('id'), 'code')
  const number = page.getByLabel('Card number')
  assert.equal(await number.getAttribute('aria-invalid'), 'true')
  assert.equal(await number.inputValue(), '')
})

test('pays once when the button is clicked twice', async () => {
  const token = await checkout.order({}, shop.urls)
  const page = await openPage(`/checkout/${token}`)
  await fillIn(page, '4242 4242 4242 4242')
  await page.getByRole('button').dblclick({ noWaitAfter: true })
  await page
    .getByText(/storefront|Your payment is approved|We are checking/)
    .first()
    .waitFor()
  await page.goto(`${checkout.origin}/checkout/${token}`)
  await page.getByRole('heading', { name: 'Your payment is approved' }).waitFor()
  await page.getByRole('link', { name: 'Back to the shop' }).click()
  await page.waitForURL(`${shop.storefront}/thanks`)
})

test('takes a shopper who cancels back to the basket', async () => {
  const token = await checkout.order({}, shop.urls)
  const page = await openPage(`/checkout?token=${token}`)
  await page.getByRole('link', { name: 'Cancel' }).click()
  await page.waitForURL(`${shop.storefront}/basket`)
  assert.equal(shop.visits.at(-1), `GET /basket?orderToken=${token}&status=FAILED`)
  assert.equal(await checkout.stateOf(token), 'created')
})

test('is readable and usable in every language, size and colour, in every state', async () => {
  const looks: readonly (readonly [string, Look])[] = [
    ['phone-en', { ...phone, locale: 'en-GB' }],
    ['phone-it-dark', { ...phone, locale: 'it-IT', colorScheme: 'dark' }],
    ['desktop-it', { ...desktop, locale: 'it-IT' }],
    ['desktop-en-dark', { ...desktop, locale: 'en-GB', colorScheme: 'dark' }],
    ['narrow-it', { viewport: { width: 320, height: 568 }, locale: 'it-IT' }],
  ]
  const expired = await checkout.order({ orderExpiryMilliseconds: 1_000 }, shop.urls)
  checkout.advance(day)
  const long = 'W'.repeat(120)
  const open = await checkout.order({ product: 'pay-in-4', merchantReference: long }, shop.urls)
  const paid = await checkout.order({}, shop.urls)
  const declined = await checkout.order({}, shop.urls)
  await send(paid, '4242424242424242')
  await send(declined, '4000000000009995')
  for (const [name, look] of looks) {
    const page = await openPage(`/checkout/${open}`, look)
    await inspect(page, `${name}-form`)
    await page.getByRole('button').click()
    await page.getByRole('alert').waitFor()
    await inspect(page, `${name}-problems`)
    for (const [state, token] of Object.entries({ declined, paid, expired, unknown: 'NOSUCHTOKEN1' })) {
      await page.goto(`${checkout.origin}/checkout/${token}`)
      await inspect(page, `${name}-${state}`)
    }
  }
})

async function send(token: string, number: string): Promise<void> {
  const body = new URLSearchParams({ number, expiry: '12/39', code: '123' })
  await fetch(`${checkout.origin}/checkout/${token}`, { method: 'POST', body, redirect: 'manual' })
}

async function inspect(page: Page, name: string): Promise<void> {
  assert.deepEqual(await auditPage(page), [], name)
  await page.screenshot({ path: join(screenshots, `${name}.png`), fullPage: true })
}

test('no page asks for what its own policy forbids', () => {
  assert.deepEqual(violations, [])
})

test('the inspection finds what is wrong with a page', async () => {
  const page = await openPage('/checkout/NOSUCHTOKEN1')
  await page.goto('about:blank')
  const bad = '<h1>a</h1><h3>b</h3><p style="color:#999">c</p><a href="#" id="x">d</a><input id="x" name="n">'
  await page.setContent(`<body style="background:#fff">${bad}<div style="width:2000px">e</div>`)
  const found = (await auditPage(page)).join('\n')
  for (const part of [
    'no language',
    'no title',
    'not one main',
    'skipped to H3',
    'an id twice',
    'no label',
    'target',
    'wider',
    ':1 for c',
  ])
    assert(found.includes(part), `${part} in:\n${found}`)
})
