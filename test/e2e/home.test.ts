import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { scalapayMerchantKey } from '../../src/main/fixtures.ts'
import { spawnTercet } from '../support/crash/crash-process.ts'
import { makeTestFolder } from '../support/folder.ts'
import { freePort } from '../support/free-port.ts'
import { auditPage } from '../support/pages/audit-page.ts'
import { testBrowser } from '../support/pages/browser.ts'

const { folder, remove } = await makeTestFolder()
after(remove)
const port = await freePort()
const server = spawnTercet({ PORT: String(port), TERCET_DATA: join(folder, 'data') })
await server.ready
after(() => server.stop())
const origin = `http://localhost:${port}`
const browser = await testBrowser()

test('a first order is made, paid and captured from the first page with a few presses', async () => {
  const page = await browser.newPage()
  const refused: string[] = []
  page.on('console', (message) => message.type() === 'error' && refused.push(message.text()))
  await page.goto(origin)
  await page.getByRole('button', { name: 'Create an order and pay it' }).click()
  await page.waitForURL(new RegExp(`^${origin}/checkout/SHOP[A-Z0-9]{8}$`))
  const token = page.url().slice(-12)
  // The shopper's own pages have tests of their own: here the sandbox is the shopper.
  const response = await fetch(`${origin}/sandbox/orders/${token}/authorize`, {
    method: 'POST',
    headers: { authorization: `Bearer ${scalapayMerchantKey}`, 'content-type': 'application/json' },
    body: '{"cardNumber": "4242424242424242"}',
  })
  assert.equal(response.status, 200)
  await page.goto(`${origin}/sandbox/first-order?orderToken=${token}&status=SUCCESS`)
  await page.getByRole('heading', { level: 1, name: 'The shopper has paid: capture it' }).waitFor()
  await page.getByRole('button', { name: 'Capture it here' }).click()
  await page.getByRole('heading', { level: 1, name: 'Captured: the money is yours' }).waitFor()
  assert.deepEqual(refused, [])
  await page.close()
})

test('a crypto payment is asked for from the first page, each press another one', async () => {
  const page = await browser.newPage()
  const asked = new Set<string>()
  for (const _ of [1, 2]) {
    await page.goto(origin)
    await page.getByRole('button', { name: 'Ask for a payment and pay it' }).click()
    await page.getByRole('heading', { level: 1, name: 'Pay Sandbox Crypto Shop' }).waitFor()
    asked.add(page.url())
  }
  assert.equal(asked.size, 2)
  await page.close()
})

test('an order that is none has no page, and the shopper who turned back may try again', async () => {
  assert.equal((await fetch(`${origin}/sandbox/first-order?orderToken=SHOPNOBODY00`)).status, 404)
  const made = await fetch(`${origin}/sandbox/first-order`, { method: 'POST', redirect: 'manual' })
  assert.equal(made.status, 303)
  const token = String(made.headers.get('location')).slice(-12)
  const back = await (await fetch(`${origin}/sandbox/first-order?orderToken=${token}&status=FAILED`)).text()
  assert.match(back, /without paying/)
})

test('every page of it can be used by everybody, and its links lead somewhere', async () => {
  const axe = await readFile(new URL('../../node_modules/axe-core/axe.min.js', import.meta.url), 'utf8')
  for (const [width, colorScheme] of [
    [1280, 'light'],
    [360, 'dark'],
  ] as const) {
    const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme, bypassCSP: true })
    await page.goto(origin)
    assert.deepEqual(await auditPage(page), [])
    await page.addScriptTag({ content: axe })
    const found = await page.evaluate<string[]>(
      "axe.run().then(({ violations }) => violations.map(({ id, nodes }) => id + ': ' + nodes[0].html))",
    )
    assert.deepEqual(found, [])
    const links = await page.evaluate<string[]>("[...document.querySelectorAll('main a')].map((each) => each.href)")
    assert(links.length >= 3)
    for (const link of links) assert.equal((await fetch(link, { headers: { accept: 'text/html' } })).status, 200, link)
    await page.close()
  }
})

test('browsers that ask for an icon get one', async () => {
  for (const path of ['/favicon.ico', '/favicon.svg']) {
    const icon = await fetch(`${origin}${path}`)
    assert.deepEqual([icon.status, icon.headers.get('content-type')], [200, 'image/svg+xml'])
  }
})
