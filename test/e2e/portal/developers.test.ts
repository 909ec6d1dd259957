import assert from 'node:assert/strict'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { after, test } from 'node:test'
import type { Page } from 'playwright-core'
import { createMessageLog } from '../../../src/app/message/message-log.ts'
import { createClockMover } from '../../../src/app/sandbox/clock-mover.ts'
import { openSandboxClock } from '../../../src/app/sandbox/sandbox-clock.ts'
import { createStaffSandbox } from '../../../src/app/sandbox/staff-sandbox.ts'
import { connectClient } from '../../../src/db/wire/connection.ts'
import type { ChainId } from '../../../src/domain/chain/address.ts'
import type { Chain } from '../../../src/domain/chain/chain.ts'
import type { MerchantId } from '../../../src/kernel/ids.ts'
import { createOrderFaults } from '../../../src/main/order-faults.ts'
import { sandboxCards } from '../../../src/main/sandbox-desk.ts'
import { renderMessageFor } from '../../../src/web/messages/render-message.ts'
import { anAddress } from '../../support/chain/factories.ts'
import { setUp } from '../../support/chain/world.ts'
import { anOrder } from '../../support/payments/orders.ts'
import { axeFindings, startBrowserPortal } from '../../support/portal/in-browser.ts'
import { aMember, goodPassword } from '../../support/portal/people.ts'
import { startScalapay } from '../../support/protocols/scalapay.ts'
import { startReceiver, testSealer } from '../../support/protocols/webhooks.ts'

const scalapay = await startScalapay()
const { database, sealer } = scalapay
const clock = await openSandboxClock(database.pool, { mode: 'sandbox' })
after(() => clock.close())
const mover = createClockMover({
  ...{ clock, sources: [], connect: () => connectClient(database.url), pauseJobs: async () => () => undefined },
})
const portal = await startBrowserPortal(database, {
  sealer,
  sandbox: (auditLog) =>
    createStaffSandbox({
      ...{ mover, auditLog, chains: undefined, cards: sandboxCards },
      // What the portal itself sends is sealed with the key of its people.
      messages: createMessageLog(database.pool, testSealer, renderMessageFor('http://tercet.test')),
      orderFaults: createOrderFaults('/nowhere'),
    }),
})
const receiver = await startReceiver()
const shop = (await database.pool.query(`select id from merchant where prefix = 'SHOP'`)).rows[0].id as MerchantId
const hostile = `<img src=x onerror="document.title='broken'">"'`
portal.delivery.start()

async function signedIn(email: string, options: Parameters<typeof portal.open>[1] = {}): Promise<Page> {
  await aMember(portal, { merchantId: shop, email, role: 'developer' })
  const page = await portal.open('sign-in', options)
  const body = JSON.stringify({ email, password: goodPassword })
  const status = await page.evaluate(
    `fetch('/portal/api/session', { method: 'POST', headers: { 'content-type': 'application/json' }, body: ${JSON.stringify(body)} }).then(({ status }) => status)`,
  )
  assert.equal(status, 200)
  return page
}

const aChain: Chain = {
  ...{ id: 321 as ChainId, name: 'KCC', coin: 'KCS', explorerUrl: null, confirmations: 3, hasFinality: false },
  ...{ isLocal: false, walletRpcUrl: null, endpoints: ['http://127.0.0.1:1'] },
  tokens: [{ address: anAddress(50), symbol: 'USDT', decimals: 18, peg: 'USD' }],
}

/** As a shop's server asks for an order. */
async function order(key: string): Promise<number> {
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' }
  const body = JSON.stringify(anOrder())
  return (await fetch(`http://127.0.0.1:${scalapay.port}/v2/orders`, { method: 'POST', headers, body })).status
}

/** A key that ended is refused within a second: the server remembers for so long what a key opens. */
async function refusedInTheEnd(key: string): Promise<void> {
  while ((await order(key)) !== 401) await new Promise((resolve) => setTimeout(resolve, 50))
}

async function choose(page: Page, label: string, option: string): Promise<void> {
  await page.getByRole('dialog').getByRole('combobox', { name: label }).click()
  await page.getByRole('option', { name: option, exact: true }).click()
}

test('leads a developer from a key to a webhook that is sent again', async () => {
  const page = await signedIn('developer@example.com')
  await page.goto(`${portal.url}/portal/developers/keys`)
  const dialog = page.getByRole('dialog')
  await page.getByRole('button', { name: 'Make a key' }).click()
  await dialog.getByLabel('Name, for you and your colleagues').fill(hostile.slice(0, 60))
  await dialog.getByRole('button', { name: 'Make a key' }).click()
  const first = await dialog.locator('code').innerText()
  await dialog.getByRole('button', { name: 'I have kept it' }).click()
  assert.equal(await order(first), 200)
  await page.getByText(first).waitFor({ state: 'detached' })

  const card = page.locator('[data-key]', { hasText: hostile.slice(0, 30) })
  await card.getByRole('button', { name: 'Rotate' }).click()
  await choose(page, 'The old key still works for', 'an hour')
  await dialog.getByRole('button', { name: 'Rotate' }).click()
  const second = await dialog.locator('code').innerText()
  await dialog.getByRole('button', { name: 'I have kept it' }).click()
  await dialog.waitFor({ state: 'hidden' })
  assert.deepEqual([await order(first), await order(second)], [200, 200])

  const old = page.locator('[data-key]', { hasText: 'works until' })
  await old.getByRole('button', { name: 'Revoke' }).click()
  await dialog.getByRole('button', { name: 'Revoke' }).click()
  await dialog.waitFor({ state: 'hidden' })
  await refusedInTheEnd(first)
  assert.equal(await order(second), 200)

  await page.getByRole('link', { name: 'Webhooks' }).click()
  await page.getByRole('button', { name: 'Add an endpoint' }).click()
  await dialog.getByLabel('Address').fill(receiver.url)
  await dialog.getByLabel('What it is for').fill(hostile)
  await dialog.getByRole('button', { name: 'Add an endpoint' }).click()
  assert.match(await dialog.locator('code').innerText(), /^whsec_/)
  await dialog.getByRole('button', { name: 'I have kept it' }).click()
  receiver.answer = (response) => response.writeHead(200).end(hostile)
  await page.getByRole('button', { name: 'Send a test' }).click()
  await dialog.getByRole('button', { name: 'Send a test' }).click()
  await receiver.received(1)
  // Nobody asks for it: the page is told.
  const delivery = page.locator('[data-delivery]').first()
  await delivery.getByText('delivered', { exact: true }).waitFor()
  await delivery.getByText('Request and answers').click()
  await delivery.getByText('"merchantReference":"TEST"').waitFor()
  await delivery.getByText(hostile).waitFor()
  await delivery.getByRole('button', { name: 'Send again' }).click()
  await receiver.received(2)
  const [once, again] = receiver.requests
  assert.equal(once?.headers['webhook-id'], again?.headers['webhook-id'])
  // Only another address wants a fresh proof.
  await database.pool.query('update staff_session set stepped_up_at = null')
  await page.getByRole('button', { name: 'Edit' }).click()
  await dialog.getByLabel('What it is for').fill('the stock')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await page.getByText('the stock').waitFor()
  assert.equal(await page.title(), 'Webhooks – Developers – Tercet')
  assert.deepEqual(portal.complaints, [])
})

test("moves the sandbox's clock, and says where no acquirer is simulated", async () => {
  const page = await signedIn('clock@example.com')
  await page.goto(`${portal.url}/portal/developers/sandbox`)
  await page.getByRole('button', { name: 'Move the clock' }).click()
  await page.getByText(/^It is .* now\.$/).waitFor()
  await page.getByRole('button', { name: 'Order it' }).click()
  await page.getByText('No acquirer simulator runs beside this server', { exact: false }).waitFor()
  const { rows } = await database.pool.query(
    `select action from audit_entry where merchant_id = $1 and action in ('advance_clock', 'order_acquirer_faults')`,
    [shop],
  )
  assert.equal(rows.length, 2)
})

test('builds a button that leads to the shop’s own page for an amount', async () => {
  const merchant = await portal.app.merchants.byId(shop)
  assert(merchant)
  await setUp(database.pool, aChain, merchant, anAddress(60))
  const page = await signedIn('buttons@example.com')
  await page.goto(`${portal.url}/portal/developers/buttons`)
  await page.getByRole('combobox', { name: 'Chain' }).click()
  await page.getByRole('option', { name: 'KCC', exact: true }).click()
  await page.getByLabel('Amount, if you like').fill('12,50')
  const link = `${portal.url}/-shop?chain_id=321&#38;amount=12.50&#38;currency=EUR`
  await page.locator('pre', { hasText: link }).waitFor()
  await page.getByRole('combobox', { name: 'Where it leads' }).click()
  await page.getByRole('option', { name: 'your donation page' }).click()
  await page.locator('pre', { hasText: `${portal.url}/donate/shop?chain_id=321` }).waitFor()
  assert.deepEqual(portal.complaints, [])
})

const shots = process.env.TERCET_SCREENSHOTS

for (const { width, colorScheme, locale } of [
  { width: 360, colorScheme: 'dark', locale: 'it-IT' },
  { width: 1440, colorScheme: 'light', locale: 'en-GB' },
] as const) {
  test(`developers' pages have no fault that axe knows, nothing wider than the screen, at ${width} px, ${colorScheme}`, async () => {
    const page = await signedIn(`axe${width}@example.com`, { width, colorScheme, locale })
    for (const path of ['keys', 'webhooks', 'requests', 'buttons', 'sandbox']) {
      await page.goto(`${portal.url}/portal/developers/${path}`)
      await page.getByRole('heading', { level: 1 }).waitFor()
      await page.getByRole('status').waitFor({ state: 'detached' })
      assert.equal(await page.getByRole('alert').count(), 0, path)
      if (shots) {
        await mkdir(shots, { recursive: true })
        await page.screenshot({ path: join(shots, `developers-${path}-${width}-${colorScheme}.png`), fullPage: true })
      }
      assert.deepEqual(await axeFindings(page), [], path)
      const isNarrow = await page.evaluate('document.documentElement.scrollWidth <= innerWidth')
      assert.equal(isNarrow, true, `${path} is wider than the screen`)
    }
  })
}
