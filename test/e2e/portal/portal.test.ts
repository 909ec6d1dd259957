import assert from 'node:assert/strict'
import { test } from 'node:test'
import { generateSync } from 'otplib'
import type { Page } from 'playwright-core'
import { type Role, roles } from '../../../src/domain/user/role.ts'
import type { MerchantId, PaymentId } from '../../../src/kernel/ids.ts'
import { anOrder } from '../../support/payments/orders.ts'
import { axeFindings, startBrowserPortal } from '../../support/portal/in-browser.ts'
import { aMember, goodPassword, operator } from '../../support/portal/people.ts'
import { merchantKey, startScalapay } from '../../support/protocols/scalapay.ts'

const scalapay = await startScalapay()
const portal = await startBrowserPortal(scalapay.database)
const shop = (await scalapay.database.pool.query(`select id from merchant where prefix = 'SHOP'`)).rows[0]
  .id as MerchantId
const hostile = `<img src=x onerror="document.title='broken'">"'\u202e`

async function api(url: string, payload: object) {
  const headers = { authorization: `Bearer ${merchantKey}` }
  return (await scalapay.server.inject({ method: 'POST', url, headers, payload })).json()
}

async function aPaidOrder(reference: string): Promise<string> {
  const { token } = await api('/v2/orders', { ...(anOrder() as object), merchantReference: reference })
  await api(`/sandbox/orders/${token}/authorize`, { cardNumber: '4242424242424242' })
  await api('/v2/payments/capture', { token })
  return token
}

async function signIn(page: Page, email: string): Promise<void> {
  await page.getByLabel('E-mail address').fill(email)
  await page.locator('input[type=password]').fill(goodPassword)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
}

/** Signs in without the form, which other tests fill in. */
async function signInBehind(page: Page, email: string): Promise<void> {
  const answer = await page.evaluate(
    `fetch('/portal/api/session', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(${JSON.stringify({ email, password: goodPassword })}) }).then(({ status }) => status)`,
  )
  assert.equal(answer, 200)
}

test('leads from an invitation to the first refund, by keyboard and screen reader alike', async () => {
  const token = await aPaidOrder('INVOICE 1')
  const invited = await portal.people.invite({
    merchantId: shop,
    email: 'new@example.com',
    role: 'support',
    by: operator,
  })
  assert(invited.ok)
  const page = await portal.open(`invitation/${invited.value.link.split('/').at(-1)}`)
  await page.getByLabel('Your name').fill('New Person')
  await page.getByLabel('Choose a password').fill(goodPassword)
  await page.keyboard.press('Enter')
  await page.getByRole('link', { name: 'Orders' }).click()
  await page.getByRole('link', { name: token }).click()
  await page.getByRole('button', { name: 'Refund' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel(/^Amount/).fill('10,50')
  await dialog.getByRole('button', { name: 'Refund' }).click()
  await page.getByText('Partially refunded').first().waitFor()
  await dialog.waitFor({ state: 'hidden' })
  const { rows } = await scalapay.database.pool.query('select refunded from payment where payment_id = $1', [token])
  assert.equal(rows[0].refunded, 1_050n)
  // Support works on orders, and is not offered what it may not do.
  assert.equal(await page.getByRole('link', { name: 'People' }).count(), 0)
  assert.equal(await page.getByRole('link', { name: 'Audit log' }).count(), 0)
  assert.deepEqual(portal.complaints, [])
})

test('shows what is hostile in an order as text', async () => {
  const token = await aPaidOrder(hostile.slice(0, 60))
  const member = await aMember(portal, { merchantId: shop, email: 'hostile@example.com' })
  await portal.app.orders.orderPages.addNote(shop, token as PaymentId, hostile, hostile)
  await portal.app.users.savedViews.put({ merchantId: shop, userId: member }, { name: hostile.slice(0, 60), query: {} })
  await portal.app.users.auditLog.record({
    ...{
      merchantId: shop,
      ...operator,
      action: hostile,
      subject: hostile,
      before: { [hostile]: hostile },
      after: hostile,
    },
  })
  const page = await portal.open('sign-in')
  await signIn(page, 'hostile@example.com')
  await page.getByRole('link', { name: 'Orders' }).click()
  await page.getByText(hostile.slice(0, 30)).first().waitFor()
  await page.getByRole('link', { name: token }).click()
  await page.getByRole('heading', { name: 'Notes' }).waitFor()
  await page.getByText(hostile.slice(0, 30)).first().waitFor()
  await page.getByRole('link', { name: 'Audit log' }).click()
  await page.getByText(hostile.slice(0, 30)).first().waitFor()
  assert.equal(await page.title(), 'Audit log – Tercet')
  assert.deepEqual(portal.complaints, [])
})

/** What each role finds in its menu, and the first page that it sees. */
const menus: Readonly<Record<Role, readonly string[]>> = {
  owner: ['Home', 'Orders', 'Unmatched transfers', 'Catalogue', 'Branding', 'Wallets', 'People', 'Audit log'],
  manager: ['Home', 'Orders', 'Unmatched transfers', 'Catalogue', 'Branding', 'Wallets', 'People', 'Audit log'],
  finance: ['Home', 'Orders', 'Unmatched transfers', 'Wallets', 'Audit log'],
  support: ['Orders', 'Unmatched transfers', 'Wallets'],
  developer: ['Orders', 'Catalogue'],
  clerk: ['Orders'],
}

test('leads each role to what it may do, and says so where it may not', async () => {
  const page = await portal.open('sign-in')
  for (const role of roles) {
    const email = `${role}@roles.example.com`
    await aMember(portal, { merchantId: shop, email, role })
    await signInBehind(page, email)
    await page.goto(`${portal.url}/portal/`)
    await page.getByRole('heading', { name: menus[role][0] as string, level: 1 }).waitFor()
    const links = await page.getByRole('navigation').getByRole('link').allInnerTexts()
    const own = links.filter((each) => ownPages.has(each))
    assert.deepEqual(own, menus[role], role)
    if (menus[role].includes('Audit log')) continue
    await page.goto(`${portal.url}/portal/audit-log`)
    await page.getByText(`Your role (${role}) does not allow this. Ask an owner of the shop.`).waitFor()
  }
})

const ownPages = new Set(menus.owner)

test('a session that was stolen ends where its owner ends it', async () => {
  await aMember(portal, { merchantId: shop, email: 'stolen@example.com' })
  const page = await portal.open('sign-in')
  await signIn(page, 'stolen@example.com')
  await page.getByRole('heading', { name: 'Home' }).waitFor()
  const thief = await portal.open('home', { context: page.context() })
  await thief.getByRole('heading', { name: 'Home' }).waitFor()
  const { sessions } = (await (await page.request.get(`${portal.url}/portal/api/sessions`)).json()) as {
    sessions: { id: string }[]
  }
  for (const { id } of sessions)
    await page.evaluate(`fetch('/portal/api/sessions/${id}', { method: 'DELETE' }).then(({ status }) => status)`)
  await thief.reload()
  await thief.getByRole('button', { name: 'Sign in', exact: true }).waitFor()
})

test('leads back to the page that was wanted when the session had ended', async () => {
  await aMember(portal, { merchantId: shop, email: 'back@example.com' })
  const page = await portal.open('orders?status=expired')
  await page.getByRole('heading', { name: 'Sign in' }).waitFor()
  assert.equal(await page.title(), 'Sign in – Tercet')
  await signIn(page, 'back@example.com')
  await page.waitForURL(/\/portal\/orders\?status=expired$/)
  await page.context().clearCookies()
  // The list may have read itself again first: then the door is there already, and leads back to the list.
  await page.evaluate(`[...document.querySelectorAll('nav a')].find(({ text }) => text === 'Audit log')?.click()`)
  await page.getByRole('heading', { name: 'Sign in' }).waitFor()
  await signIn(page, 'back@example.com')
  await page.waitForURL(/\/portal\/(audit-log|orders\?status=expired)$/)
  // An address that somebody else wrote leads nowhere else.
  await page.context().clearCookies()
  await page.goto(`${portal.url}/portal/sign-in?to=%22//elsewhere.example%22`)
  await signIn(page, 'back@example.com')
  await page.getByRole('heading', { name: 'Home' }).waitFor()
})

test('asks for a code of the app that was set up here', async () => {
  await aMember(portal, { merchantId: shop, email: 'totp@example.com' })
  const page = await portal.open('sign-in')
  await signIn(page, 'totp@example.com')
  await page.getByRole('link', { name: 'Your account' }).click()
  await page.getByRole('button', { name: 'Set up an app' }).click()
  const secret = await page.locator('code').first().innerText()
  const code = () => generateSync({ secret, epoch: Number(portal.clock.now() / 1_000_000n) })
  await page.getByLabel('Code the app shows now').fill(code())
  await page.getByRole('button', { name: 'Turn on' }).click()
  await page.getByText('Each works once when your phone is lost').waitFor()
  portal.advance(30_000_000n)
  await page.getByRole('button', { name: 'Sign out' }).click()
  await signIn(page, 'totp@example.com')
  await page.getByLabel('Code of your app, or a recovery code').fill(code())
  await page.getByRole('button', { name: 'Go on' }).click()
  await page.getByRole('heading', { name: 'Home' }).waitFor()
})

test('shows four weeks beside the four before', async () => {
  await aMember(portal, { merchantId: shop, email: 'weeks@example.com' })
  const page = await portal.open('sign-in')
  await signInBehind(page, 'weeks@example.com')
  await page.goto(`${portal.url}/portal/home`)
  await page.getByText('the 7 days before').first().waitFor()
  await page.getByText('28 days', { exact: true }).click()
  await page.getByText('the 28 days before').first().waitFor()
  await page.getByText('As a table').click()
  assert.equal(await page.getByRole('region', { name: 'As a table' }).locator('tbody tr').count(), 28)
})

test('says since when its sums are for a shop of too many orders, and compares them with nothing', async () => {
  await aMember(portal, { merchantId: shop, email: 'large@example.com' })
  const page = await portal.open('sign-in')
  await signInBehind(page, 'large@example.com')
  await page.goto(`${portal.url}/portal/home`)
  await page.getByText('the 7 days before').first().waitFor()
  await page.route('**/sales?*', async (route) => {
    const response = await route.fetch()
    await route.fulfill({ response, json: { ...(await response.json()), since: '2026-11-25T09:00:00Z' } })
  })
  await page.reload()
  await page.getByText('The sums are of the newest 50,000', { exact: false }).waitFor()
  assert.equal(await page.getByText('the 7 days before').count(), 0)
  await page.unrouteAll({ behavior: 'ignoreErrors' })
})

test('says in Italian what the server refused, with the amount that it is about', async () => {
  const token = await aPaidOrder('FATTURA 1')
  await aMember(portal, { merchantId: shop, email: 'italian@example.com' })
  const page = await portal.open('sign-in', { locale: 'it-IT' })
  await page.getByLabel('Indirizzo e-mail').fill('italian@example.com')
  await page.locator('input[type=password]').fill('not the password')
  await page.getByRole('button', { name: 'Accedi', exact: true }).click()
  await page.getByText('Non corrisponde. Controlla quello che hai scritto e riprova.').waitFor()
  // What a proxy says of a server that it does not reach.
  await page.route('**/portal/api/session', (route) => route.fulfill({ status: 502, body: '<h1>Bad Gateway</h1>' }))
  await page.getByRole('button', { name: 'Accedi', exact: true }).click()
  await page.getByText('Il server non si raggiunge. Controlla la connessione e riprova.').waitFor()
  await page.unroute('**/portal/api/session')
  await signInBehind(page, 'italian@example.com')
  await page.goto(`${portal.url}/portal/orders/${token}`)
  await page.getByRole('button', { name: 'Rimborsa' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel(/^Importo/).fill('90,01')
  await dialog.getByRole('button', { name: 'Rimborsa' }).click()
  await dialog.getByText('Al massimo sono disponibili 90.00 EUR.').waitFor()
})

test('signs in with a passkey that was added here', async () => {
  await aMember(portal, { merchantId: shop, email: 'passkey@example.com' })
  const page = await portal.open('sign-in')
  const devices = await page.context().newCDPSession(page)
  await devices.send('WebAuthn.enable')
  const options = { protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true } as const
  await devices.send('WebAuthn.addVirtualAuthenticator', { options: { ...options, isUserVerified: true } })
  await signIn(page, 'passkey@example.com')
  await page.getByRole('link', { name: 'Your account' }).click()
  await page.getByLabel('Name of this device').fill('Laptop')
  await page.getByRole('button', { name: 'Add a passkey' }).click()
  await page.getByText('Laptop').waitFor()
  await page.getByRole('button', { name: 'Sign out' }).click()
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click()
  await page.getByRole('heading', { name: 'Home' }).waitFor()
})

test('says that it cannot reach the database, and goes on when it can', async () => {
  await aMember(portal, { merchantId: shop, email: 'outage@example.com' })
  const page = await portal.open('sign-in')
  await page.route('**/portal/api/session', (route) =>
    route.fulfill({ status: 503, json: { message: 'The database cannot be reached.' } }),
  )
  await signIn(page, 'outage@example.com')
  await page.getByText('The database cannot be reached.').waitFor()
  await page.unroute('**/portal/api/session')
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await page.getByRole('heading', { name: 'Home' }).waitFor()
})

/** A folder to which every page is photographed as it is tried; absent: none is. `npm run screenshots` and `npm run pictures` name one. */
const { TERCET_SCREENSHOTS: screenshots, TERCET_PICTURES: pictures } = process.env

/** What the README shows. */
const shown: Readonly<Record<string, string>> = {
  'home-1440-light': 'portal-home',
  'orders-1440-light': 'portal-orders',
  'order-1440-dark': 'portal-order',
  'orders-360-dark': 'portal-phone',
}

async function photograph(page: Page, name: string): Promise<void> {
  if (screenshots) await page.screenshot({ path: `${screenshots}/portal-${name}.png`, fullPage: true })
  if (pictures && name in shown) await page.screenshot({ path: `${pictures}/${shown[name]}.png` })
}

/** A shop whose sales make a picture. */
async function sellForTwoWeeks(): Promise<void> {
  for (let at = 0; at < 40; at += 1) {
    const token = await aPaidOrder(`INVOICE ${2042 + at}`)
    await scalapay.database.pool.query(
      'update payment set created_at = created_at - make_interval(days => $2) where payment_id = $1',
      [token, [0, 1, 1, 2, 3, 3, 4, 5, 6, 6, 8, 9, 11, 12][(at * 5) % 14]],
    )
  }
}

const looks = [
  { width: 360, colorScheme: 'dark', locale: 'it-IT' },
  { width: 1440, colorScheme: 'light', locale: 'en-GB' },
] as const
const moreLooks = [
  { width: 360, colorScheme: 'light', locale: 'en-GB' },
  { width: 1440, colorScheme: 'dark', locale: 'en-GB' },
] as const

for (const { width, colorScheme, locale } of screenshots || pictures ? [...looks, ...moreLooks] : looks) {
  test(`has no fault that axe knows, nothing wider than the screen, at ${width} px in the ${colorScheme}, ${locale}`, async () => {
    const token = await aPaidOrder('INVOICE 2041')
    if (pictures) await sellForTwoWeeks()
    const email = `axe${width}.${colorScheme}@example.com`
    await aMember(portal, { merchantId: shop, email })
    const page = await portal.open('sign-in', { width, colorScheme, locale })
    await page.getByRole('heading', { level: 1 }).waitFor()
    assert.deepEqual(await axeFindings(page), [], 'sign-in')
    await signInBehind(page, email)
    const paths = {
      ...{ home: 'home', orders: 'orders', order: `orders/${token}`, hidden: 'orders?status=refunded_not_charged' },
      ...{ transfers: 'transfers', branding: 'branding', wallets: 'wallets', catalogue: 'catalogue' },
      ...{ people: 'people', audit: 'audit-log', account: 'account' },
    }
    for (const [name, path] of Object.entries(paths)) {
      await page.goto(`${portal.url}/portal/${path}`)
      await page.getByRole('heading', { level: 1 }).waitFor()
      await page.waitForLoadState('networkidle').catch(() => undefined)
      await photograph(page, `${name}-${width}-${colorScheme}`)
      assert.deepEqual(await axeFindings(page), [], path)
      assert.equal(
        await page.evaluate('document.documentElement.scrollWidth <= innerWidth'),
        true,
        `${path} is wider than the screen`,
      )
    }
    assert.deepEqual(portal.complaints, [])
  })
}
