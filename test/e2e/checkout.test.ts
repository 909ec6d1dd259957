import assert from 'node:assert/strict'
import { mkdir } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { after, test } from 'node:test'
import type { Page } from 'playwright-core'
import { minute, second } from '../../src/kernel/instant.ts'
import { type Language, languages, locales } from '../../src/kernel/language.ts'
import { auditPage } from '../support/pages/audit-page.ts'
import { axeViolations } from '../support/pages/axe.ts'
import { testBrowser } from '../support/pages/browser.ts'
import { startCheckout } from '../support/pages/checkout.ts'

const [checkout, browser, shop] = await Promise.all([startCheckout(), testBrowser(), startShop()])

/** A folder for a picture of each page: `npm run screenshots` sets it. */
const screenshots = process.env.TERCET_SCREENSHOTS
if (screenshots) await mkdir(screenshots, { recursive: true })

const phone = { viewport: { width: 360, height: 740 } }
const desktop = { viewport: { width: 1280, height: 800 } }

type Look = {
  readonly viewport?: { readonly width: number; readonly height: number }
  readonly locale?: string
  readonly javaScriptEnabled?: boolean
  readonly deviceScaleFactor?: number
  readonly colorScheme?: 'light' | 'dark'
}

/** What the browser refused to do because a page's policy forbids it. */
const violations: string[] = []

/** A browser window of its own, without script. */
async function openPage(path: string, look: Look = {}): Promise<Page> {
  const context = await browser.newContext({
    javaScriptEnabled: false,
    reducedMotion: 'reduce',
    ...phone,
    locale: 'en-GB',
    ...look,
  })
  after(() => context.close())
  const page = await context.newPage()
  page.on('console', (message) => {
    if (/Content.Security.Policy/i.test(message.text())) violations.push(message.text())
  })
  await page.goto(checkout.origin + path)
  return page
}

/** Each line of an error list is a target of its own, and the list keeps away from the form below. */
async function assertErrorsApart(page: Page): Promise<void> {
  const boxOf = async (selector: string) =>
    await Promise.all((await page.locator(selector).all()).map((each) => each.boundingBox()))
  const lines = await boxOf('.alert li a')
  assert.equal(lines.length, 3)
  for (const [at, line] of lines.entries()) {
    const next = lines[at + 1]
    assert(line && line.height >= 24)
    if (next) assert(next.y >= line.y + line.height, 'two lines touch')
  }
  const [[list], [form]] = await Promise.all([boxOf('.alert'), boxOf('form[action$="/pay"]')])
  assert(list && form && form.y >= list.y + list.height + 8, 'the list touches the form')
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

const phoneNumber = '+393330000001'

async function signIn(page: Page, contact = phoneNumber): Promise<void> {
  await page.getByLabel('Mobile number or e-mail address').fill(contact)
  await page.getByRole('button', { name: 'Continue' }).click()
  await page.getByLabel('Code', { exact: true }).fill('123456')
  await page.getByRole('button', { name: 'Continue' }).click()
  await page.getByRole('heading', { name: /Check and confirm|Tell us who you are/ }).waitFor()
}

async function fillProfile(page: Page): Promise<void> {
  await page.getByLabel('Date of birth').fill('31/01/1990')
  await page.getByRole('button', { name: 'Continue' }).click()
  await page.getByRole('heading', { name: 'Check and confirm' }).waitFor()
}

async function fillCard(page: Page, number: string): Promise<void> {
  const another = page.getByLabel('Another card')
  if ((await another.count()) > 0) await another.check()
  await page.getByLabel('Card number').fill(number)
  await page.getByLabel('Expiry date').fill('12/39')
  await page.getByLabel('Security code').fill('123')
}

const pay = (page: Page) => page.getByRole('button', { name: /today/ })

for (const script of [false, true]) {
  // Each size of screen meets every step; what a page does without script does not depend on its width.
  const look: Look = { javaScriptEnabled: script, ...(script ? phone : desktop) }
  const how = script ? 'with script on a phone' : 'without script on a desktop'

  test(`lets a new shopper sign up and pay, ${how}`, async () => {
    const token = await checkout.order({}, shop.urls)
    const page = await openPage(`/checkout/${token}`, look)
    await signIn(page, `new.${script}@example.com`)
    await fillProfile(page)
    await fillCard(page, '4242 4242 4242 4242')
    await pay(page).click()
    await page.waitForURL(`${shop.storefront}/thanks`)
    assert.equal(shop.visits.at(-1), `GET /thanks?cart=7&orderToken=${token}&status=SUCCESS`)
    assert.equal(await checkout.stateOf(token), 'authorized')
  })

  test(`lets a declined shopper try another card, ${how}`, async () => {
    const token = await checkout.order({}, shop.urls)
    const page = await openPage(`/checkout/${token}`, look)
    await signIn(page)
    await fillCard(page, '4000 0000 0000 0002')
    await pay(page).click()
    await page.getByRole('alert').waitFor()
    assert.match(`${await page.getByRole('alert').textContent()}`, /Your card was not accepted/)
    assert.equal(await page.locator(':focus').getAttribute('role'), 'alert')
    await fillCard(page, '5555 5555 5555 4444')
    await pay(page).click()
    await page.waitForURL(`${shop.storefront}/thanks`)
    assert.equal(await checkout.stateOf(token), 'authorized')
  })

  test(`takes a shopper to the bank and back, or not, ${how}`, async () => {
    const token = await checkout.order({}, shop.urls)
    const page = await openPage(`/checkout/${token}`, look)
    await signIn(page)
    await fillCard(page, '4000 0000 0000 3063')
    await pay(page).click()
    await page.getByRole('link', { name: 'Continue' }).click()
    await page.getByText('could not confirm that it is you').waitFor()
    await fillCard(page, '4000 0000 0000 3220')
    await pay(page).click()
    await page.getByRole('link', { name: 'Continue' }).click()
    await page.waitForURL(`${shop.storefront}/thanks`)
    assert.equal(await checkout.stateOf(token), 'authorized')
    const never = await checkout.order({}, shop.urls)
    await page.goto(`${checkout.origin}/checkout/${never}`)
    await fillCard(page, '4000 0000 0000 3097')
    await pay(page).click()
    await page.getByText('lets nobody come back').waitFor()
    await page.goto(`${checkout.origin}/checkout/${never}`)
    await page.getByRole('heading', { name: 'Your bank wants to check that it is you' }).waitFor()
    assert.equal(await checkout.stateOf(never), 'created')
  })

  test(`pays once when the button is pressed twice, in two tabs, and after going back, ${how}`, async () => {
    const token = await checkout.order({}, shop.urls)
    const page = await openPage(`/checkout/${token}`, look)
    await signIn(page)
    const other = await page.context().newPage()
    await other.goto(`${checkout.origin}/checkout/${token}`)
    await pay(page).dblclick({ noWaitAfter: true })
    await page
      .getByText(/storefront|Your payment is approved|We are checking/)
      .first()
      .waitFor()
    await pay(other).click()
    await other.waitForURL(`${shop.storefront}/thanks`)
    await other.goBack()
    await other.goto(`${checkout.origin}/checkout/${token}`)
    await other.getByRole('heading', { name: 'Your payment is approved' }).waitFor()
    await other.getByRole('link', { name: 'Back to the shop' }).click()
    await other.waitForURL(`${shop.storefront}/thanks`)
    const { rows } = await checkout.database.pool.query(
      'select count(*)::int as n from attempt where payment_id = $1',
      [token],
    )
    assert.equal(rows[0].n, 1)
  })
}

for (const [name, screen] of Object.entries({ phone, desktop })) {
  test(`takes a returning shopper through by keyboard alone, each stop of it visible, on a ${name}`, async () => {
    const token = await checkout.order({}, shop.urls)
    const page = await openPage(`/checkout/${token}`, screen)
    const stops: string[] = []
    const tabTo = async (stop: RegExp) => {
      for (let i = 0; i < 40; i++) {
        await page.keyboard.press('Tab')
        const [label, outline] = await page.evaluate<[string, string]>(
          '(({ activeElement: e }) => [e.id || e.textContent.trim(), getComputedStyle(e).outlineStyle])(document)',
        )
        stops.push(label)
        if (label !== '' && !label.includes('{')) assert.notEqual(outline, 'none', label)
        if (stop.test(label)) return
      }
      assert.fail(`no ${stop} in ${stops.join(', ')}`)
    }
    await tabTo(/^Skip to content/)
    await tabTo(/^contact$/)
    await page.keyboard.press('Control+A')
    await page.keyboard.type(phoneNumber)
    await page.keyboard.press('Enter')
    await page.getByLabel('Code', { exact: true }).waitFor()
    await tabTo(/^code$/)
    await page.keyboard.type('123456')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Check and confirm' }).waitFor()
    await tabTo(/^Pay €30\.00 today$/)
    await page.keyboard.press('Enter')
    await page.waitForURL(`${shop.storefront}/thanks`)
    assert.equal(await checkout.stateOf(token), 'authorized')
  })

  test(`takes a shopper who cancels back to the basket, on a ${name}`, async () => {
    const token = await checkout.order({}, shop.urls)
    const page = await openPage(`/checkout?token=${token}`, screen)
    await page.getByRole('link', { name: 'Cancel' }).click()
    await page.waitForURL(`${shop.storefront}/basket`)
    assert.equal(shop.visits.at(-1), `GET /basket?orderToken=${token}&status=FAILED`)
    assert.equal(await checkout.stateOf(token), 'created')
  })

  test(`says that the time is over when an order ends while its page is open, on a ${name}`, async () => {
    const token = await checkout.order({ orderExpiryMilliseconds: 60_000 }, shop.urls)
    const page = await openPage(`/checkout/${token}`, screen)
    await signIn(page)
    checkout.advance(minute)
    await pay(page).click()
    await page.getByRole('heading', { name: 'This payment has expired' }).waitFor()
    await page.getByRole('link', { name: 'Back to the shop' }).click()
    await page.waitForURL(`${shop.storefront}/basket`)
  })
}

test('tells a mistyped card before it is sent, and keeps what else was typed', async () => {
  const token = await checkout.order({}, shop.urls)
  const page = await openPage(`/checkout/${token}`, { javaScriptEnabled: true })
  const enter = async (name: string, text: string) => {
    await page.locator(`#${name}`).fill(text)
    await page.locator(`#${name}`).press('Enter')
  }
  await enter('contact', '+393330000001')
  await enter('code', '123456')
  await page.getByLabel('Another card').check()
  await page.locator('#number').fill('4242 4242 4242 4241')
  await page.locator('#code').fill('123')
  let posts = 0
  page.on('request', (request) => {
    if (request.method() === 'POST') posts += 1
  })
  await enter('expiry', '13/39')
  const number = page.getByRole('textbox', { name: 'Card number' })
  await page.getByText('Check the card number: a digit is missing or mistyped').waitFor()
  assert.equal(await page.locator('.problem').count(), 2)
  assert.equal(await number.evaluate('document.activeElement.id'), 'number')
  assert.equal(await number.getAttribute('aria-invalid'), 'true')
  assert.equal(await number.getAttribute('aria-describedby'), 'number-problem')
  assert.deepEqual(await axeViolations(page), [])
  await number.press('End')
  await number.press('Backspace')
  await number.pressSequentially('2')
  assert.equal(await number.getAttribute('aria-invalid'), null)
  assert.equal(await number.inputValue(), '4242 4242 4242 4242')
  assert.equal(posts, 0)
  await enter('expiry', '12/39')
  await page.waitForURL(`${shop.storefront}/**`)
})

test('prints a receipt without what leads elsewhere', async () => {
  const page = await openPage(`/checkout/${await checkout.order({}, shop.urls)}`)
  await signIn(page)
  await page.getByRole('button', { name: /^Pay / }).click()
  await page.goto(`${checkout.origin}/account`)
  await page.getByRole('link', { name: 'Receipt' }).first().click()
  const back = page.getByRole('link', { name: 'Back to your account' })
  assert(await back.isVisible())
  await page.emulateMedia({ media: 'print' })
  assert(await page.getByRole('heading', { name: 'Receipt' }).isVisible())
  assert(!(await back.isVisible()))
  await page.context().close()
})

test('keeps the first page below 60 KB over the wire, and asks nobody else for anything', async () => {
  const token = await checkout.order({}, shop.urls)
  const page = await openPage('/checkout/NOSUCHTOKEN1', { javaScriptEnabled: true })
  const client = await page.context().newCDPSession(page)
  await client.send('Network.enable')
  await client.send('Network.setCacheDisabled', { cacheDisabled: true })
  let bytes = 0
  client.on('Network.loadingFinished', ({ encodedDataLength }) => {
    bytes += encodedDataLength
  })
  const hosts = new Set<string>()
  page.on('request', (request) => hosts.add(new URL(request.url()).host))
  await page.goto(`${checkout.origin}/checkout/${token}`, { waitUntil: 'networkidle' })
  assert.deepEqual([...hosts], [new URL(checkout.origin).host])
  assert(bytes > 10_000 && bytes < 60_000, `${bytes} bytes`)
})

/** Opens every page that an order can show to a shopper, one after the other. */
async function walkThrough(look: Look, visit: (page: Page, name: string) => Promise<void>): Promise<void> {
  const tokens = await states()
  // axe-core waits by timers, which a page without script does not have.
  const page = await openPage(`/checkout/${tokens.open}`, { javaScriptEnabled: true, ...look })
  const show = async (name: string) => {
    await page.goto(`${checkout.origin}/checkout/${tokens.open}`)
    await visit(page, name)
  }
  const send = async () => {
    const next = page.waitForEvent('load')
    await page.locator('#main .panel form button[type=submit]').first().click()
    await next
  }
  await visit(page, '01-sign-in')
  await page.locator('#contact').fill('nobody')
  await send()
  await visit(page, '02-sign-in-problem')
  await page.locator('#contact').fill(`walker.${Math.random()}@example.com`)
  await send()
  await visit(page, '03-code')
  await page.locator('#code').fill('000000')
  await send()
  await visit(page, '04-code-problem')
  await page.locator('#code').fill('123456')
  await send()
  await visit(page, '05-profile')
  await send()
  await visit(page, '06-profile-problem')
  await page.locator('#birthDate').fill('31/01/1990')
  await send()
  await visit(page, '07-card')
  // As a browser without script sends it: with one, such a mistake is told before it is sent.
  await Promise.all([
    page.waitForEvent('load'),
    page.evaluate(`document.querySelector('form[action$="/pay"]').submit()`),
  ])
  await visit(page, '08-card-problem')
  await assertErrorsApart(page)
  await page.locator('#number').fill('4000000000009995')
  await page.locator('#expiry').fill('12/39')
  await page.locator('#code').fill('123')
  await send()
  await visit(page, '09-declined')
  await page.locator('#number').fill('4242424242424242')
  await page.locator('#expiry').fill('12/39')
  await page.locator('#code').fill('123')
  await send()
  await page.goto(`${checkout.origin}/checkout/${tokens.second}`)
  await visit(page, '10-saved-card')
  await page.locator('input[value=new]').check()
  await page.locator('#number').fill('4000000000003097')
  await page.locator('#expiry').fill('12/39')
  await page.locator('#code').fill('123')
  await send()
  await visit(page, '11-bank-of-the-sandbox')
  await page.goto(`${checkout.origin}/checkout/${tokens.second}`)
  await visit(page, '12-bank')
  await show('13-paid')
  for (const [name, path] of [
    ['14-expired', tokens.expired],
    ['15-unknown', 'NOSUCHTOKEN1'],
  ] as const) {
    await page.goto(`${checkout.origin}/checkout/${path}`)
    await visit(page, name)
  }
  await page.goto(`${checkout.origin}/account`)
  await visit(page, '16-account')
  for (const [name, path] of [
    ['17-receipt', `/account/orders/${tokens.open}`],
    ['18-add-card', '/account/add-card'],
    ['19-erase', '/account/erase'],
  ] as const) {
    await page.goto(checkout.origin + path)
    await visit(page, name)
  }
  await page.locator('#main form button[type=submit]').first().click()
  await visit(page, '20-not-erased')
  await page.context().clearCookies({ name: /session/ })
  await page.goto(`${checkout.origin}/account`)
  await visit(page, '21-account-sign-in')
  await page.context().close()
}

async function states() {
  const expired = await checkout.order({ orderExpiryMilliseconds: 1_000 }, shop.urls)
  checkout.advance(second)
  const open = await checkout.order({ product: undefined, merchantReference: 'W'.repeat(120) }, shop.urls)
  return { expired, open, second: await checkout.order({ product: 'later' }, shop.urls) }
}

/** Where the README has its pictures. */
const readme = new Map([
  ['en-1280-light-10-saved-card', 'checkout.png'],
  ['en-360-dark-10-saved-card', 'checkout-dark.png'],
])

async function keepPicture(page: Page, name: string): Promise<void> {
  if (!screenshots) return
  await page.screenshot({ path: join(screenshots, `${name}.png`), fullPage: true })
  const shown = readme.get(name)
  if (shown !== undefined) await page.screenshot({ path: join(import.meta.dirname, '../../docs/images', shown) })
}

const looks = [
  { ...phone, colorScheme: 'light' },
  { ...phone, colorScheme: 'dark' },
  { ...desktop, colorScheme: 'light' },
  { ...desktop, colorScheme: 'dark' },
] as const

/**
 * Each page in each language and either scheme, on a phone and a desktop: light on the one and dark on the other, by turns page after page. Colours and widths
 * know nothing of each other, and English is looked at in all four; so is every language when pictures are taken.
 */
function looksAt(language: Language, step: string): readonly (typeof looks)[number][] {
  if (language === 'en' || screenshots) return looks
  const isDarkOnPhone = Number(step.slice(0, 2)) % 2 === 1
  return looks.filter(
    ({ viewport, colorScheme }) => ((viewport === phone.viewport) === (colorScheme === 'dark')) === isDarkOnPhone,
  )
}

for (const language of languages) {
  test(`every page is readable and usable: ${language}`, async () => {
    await walkThrough({ locale: locales[language] }, async (page, step) => {
      for (const { viewport, colorScheme } of looksAt(language, step)) {
        await page.setViewportSize(viewport)
        await page.emulateMedia({ colorScheme })
        const name = `${language}-${viewport.width}-${colorScheme}-${step}`
        await keepPicture(page, name)
        assert.deepEqual(await auditPage(page), [], name)
        assert.deepEqual(await axeViolations(page), [], name)
      }
    })
  })
}

test('no page is wider than a screen of 320 px, nor at twice its size', async () => {
  for (const look of [
    { viewport: { width: 320, height: 568 } },
    { viewport: { width: 640, height: 400 }, deviceScaleFactor: 2 },
  ])
    await walkThrough({ ...look, locale: 'fi-FI' }, async (page, step) => {
      assert.deepEqual(await auditPage(page), [], step)
    })
})

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
