import assert from 'node:assert/strict'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import type { MerchantId } from '../../../src/kernel/ids.ts'
import { axeFindings, startBrowserPortal } from '../../support/portal/in-browser.ts'
import { aMember, goodPassword } from '../../support/portal/people.ts'
import { aPayment, requestPayment, startSalescloud } from '../../support/protocols/salescloud.ts'

const salescloud = await startSalescloud()
const { pool } = salescloud.database
const portal = await startBrowserPortal(salescloud.database)
const { rows } = await pool.query('select merchant_id as id from catalogue_product limit 1')
const shop = rows[0].id as MerchantId

/** A folder to which each page is photographed. */
const shots = process.env.TERCET_SCREENSHOTS
if (shots) await mkdir(shots, { recursive: true })

async function signedIn(email: string, options: Parameters<typeof portal.open>[1] = {}): Promise<Page> {
  await aMember(portal, { merchantId: shop, email })
  const page = await portal.open('sign-in', options)
  const body = JSON.stringify({ email, password: goodPassword })
  const status = await page.evaluate(
    `fetch('/portal/api/session', { method: 'POST', headers: { 'content-type': 'application/json' }, body: ${JSON.stringify(body)} }).then(({ status }) => status)`,
  )
  assert.equal(status, 200)
  return page
}

/** A look at the page as it stands: what axe finds, whether it is wider than the screen, and a picture where one is wanted. */
async function look(page: Page, name: string): Promise<void> {
  if (shots) await page.screenshot({ path: join(shots, `${name}.png`), fullPage: true })
  assert.deepEqual(await axeFindings(page), [], name)
  assert.equal(await page.evaluate('document.documentElement.scrollWidth <= innerWidth'), true, `${name} is too wide`)
}

test('a product is added, changed and removed, and what the catalogue refuses is said', async () => {
  const page = await signedIn('catalogue@example.com')
  await page.goto(`${portal.url}/portal/catalogue`)
  const dialog = page.getByRole('dialog')
  const card = (title: string) => page.getByRole('article').filter({ hasText: title })
  await page.getByRole('button', { name: 'Add' }).click()
  await dialog.getByLabel('Title').fill('Chair of oak')
  await dialog.getByLabel('Price').fill('a lot')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await dialog.getByRole('alert').waitFor()
  await dialog.getByLabel('Price').fill('12900')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await dialog.waitFor({ state: 'hidden' })
  await card('Chair of oak').getByText('12900').waitFor()
  await card('Chair of oak').getByRole('button', { name: 'Change' }).click()
  await dialog.getByLabel('Price').fill('9900')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await card('Chair of oak').getByText('9900').waitFor()
  const { rows: found } = await pool.query(`select price from catalogue_product where title = 'Chair of oak'`)
  assert.deepEqual(found, [{ price: 9_900n }])
  await card('Chair of oak').getByRole('button', { name: 'Delete' }).click()
  await card('Chair of oak').waitFor({ state: 'detached' })
  assert.deepEqual(portal.complaints, [])
})

/** A seat of the sandbox's event, in 2035. */
const seat = { uuid: '2ea94c7d-51f8-4b03-86ce-0d9b7f3a5e12', quantity: 1, startsAtTimeInMillis: 2_066_324_400_000 }

for (const { width, colorScheme, locale } of [
  { width: 360, colorScheme: 'dark', locale: 'it-IT' },
  { width: 1920, colorScheme: 'light', locale: 'en-GB' },
] as const)
  test(`the catalogue and an order of it have no fault that axe knows, nothing wider than the screen, at ${width} px, ${colorScheme}`, async () => {
    assert.equal((await requestPayment(salescloud, aPayment({ amount: 4900, items: [seat] }))).json.success, true)
    const newest = await pool.query('select payment_id from payment order by created_at desc limit 1')
    const page = await signedIn(`catalogue${width}@example.com`, { width, colorScheme, locale })
    await page.goto(`${portal.url}/portal/catalogue`)
    await page.getByRole('article').first().waitFor()
    await look(page, `catalogue-${width}`)
    await page.getByRole('article').first().getByRole('button').first().click()
    await page.getByRole('dialog').getByRole('textbox').first().waitFor()
    await look(page, `catalogue-form-${width}`)
    await page.goto(`${portal.url}/portal/orders/${newest.rows[0].payment_id}`)
    await page.getByText(/1 seat kept|1 posto riservato/).waitFor()
    await look(page, `sale-${width}`)
    for (const path of shots && width === 1920
      ? [
          'home',
          'orders',
          'branding',
          'wallets',
          'people',
          'audit-log',
          'account',
          'transfers',
          'developers/keys',
          'developers/webhooks',
          'developers/buttons',
          'developers/sandbox',
        ]
      : []) {
      await page.goto(`${portal.url}/portal/${path}`)
      await page.getByRole('heading', { level: 1 }).waitFor()
      await page.waitForLoadState('networkidle').catch(() => undefined)
      await look(page, `${path.replace('/', '-')}-${width}`)
    }
    assert.deepEqual(portal.complaints, [])
  })
