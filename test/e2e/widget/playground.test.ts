import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { test } from 'node:test'
import { controlGroups } from '../../../src/web/widget/playground/controls.ts'
import { testBrowser } from '../../support/pages/browser.ts'
import { startWidgetServer } from '../../support/pages/shop.ts'

const { origin, server } = await startWidgetServer()
const browser = await testBrowser()
const address = origin.replace('127.0.0.1', 'localhost')
const axe = await readFile(new URL('../../../node_modules/axe-core/axe.min.js', import.meta.url), 'utf8')

/** For whoever looks: `WIDGET_SHOTS=/tmp/shots npm test -- e2e/widget/playground`. */
const shots = process.env.WIDGET_SHOTS

async function open(width: number, colorScheme: 'light' | 'dark' = 'light') {
  const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme })
  const page = await context.newPage()
  const said: string[] = []
  page.on('console', (message) => said.push(message.text()))
  page.on('pageerror', (error) => said.push(String(error)))
  await page.goto(`${address}/widget`)
  return {
    page,
    said,
    line: (at: number) => page.locator('scalapay-widget').nth(at).locator('.text > span').innerText(),
  }
}

test('has a field for every attribute that is documented, and documents every field', async () => {
  const document = await readFile(new URL('../../../docs/protocols/widget.md', import.meta.url), 'utf8')
  const section = document.slice(document.indexOf('## 2.'), document.indexOf('## 3.'))
  const names = section
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .flatMap((line) =>
      [...(line.split('|')[1] ?? '').matchAll(/`([\w-]+)`/g)].map(([, name = '']) => name.toLowerCase()),
    )
  const fields = controlGroups.flatMap(({ controls }) => controls.map(({ name }): string => name))
  assert.deepEqual(
    fields.filter((name) => name !== 'travel-date' && name !== 'currency').toSorted(),
    names.filter((name) => name !== 'currency').toSorted(),
  )
})

test('shows a product, a cart and a checkout, and each follows its page and the attributes', async () => {
  const { page, said } = await open(1280)
  await page.locator('scalapay-widget').first().getByText('Pay in 4 instalments of €32.25').first().waitFor()
  await page.locator('#variant').selectOption('1.249,00 €')
  await page.locator('scalapay-widget').first().getByText('€312.25').first().waitFor()
  await page.getByText('Cart', { exact: true }).click()
  await page.locator('#product-type').selectOption('[pay-in-3]')
  await page.locator('scalapay-widget').nth(1).getByText('€50.00').first().waitFor()
  const code = await page.locator('#code').innerText()
  assert.match(code, /<script src="http:\/\/localhost:\d+\/widget\/tercet-widget\.js"><\/script>/)
  assert.match(code, /type="cart"[\s\S]*amount-selectors='\["#cart-price"\]'[\s\S]*product-type="\[pay-in-3\]"/)
  await page.getByText('With Subresource Integrity').click()
  assert.match(
    await page.locator('.take details').innerText(),
    /widget\/v5\/[0-9a-f]{12}\/widget\.js"\s+integrity="sha384-/,
  )
  await page.getByText('Checkout', { exact: true }).click()
  const days = page.locator('scalapay-widget').nth(2).locator('.box li')
  await days.nth(2).waitFor()
  assert.equal(await days.count(), 3)
  await page.getByRole('button', { name: 'Start again' }).click()
  await page.locator('scalapay-widget').first().getByText('€312.25').first().waitFor({ state: 'hidden' })
  assert.deepEqual(said, [])
})

for (const width of [320, 1280])
  for (const colorScheme of ['light', 'dark'] as const)
    test(`can be used by everybody at ${width} px, ${colorScheme}: axe finds nothing, nothing is wider than the screen`, async () => {
      const { page, line } = await open(width, colorScheme)
      await line(0)
      await page.evaluate(axe)
      const found = await page.evaluate<string[]>(
        "axe.run().then(({ violations }) => violations.map(({ id, nodes }) => id + ': ' + nodes[0].html))",
      )
      assert.deepEqual(found, [])
      assert.equal(await page.evaluate('document.documentElement.scrollWidth'), width)
      if (!shots) return
      await page.screenshot({ path: `${shots}/playground-${width}-${colorScheme}.png`, fullPage: true })
      await page.getByText('Checkout', { exact: true }).click()
      await page.screenshot({ path: `${shots}/checkout-${width}-${colorScheme}.png` })
      await page.locator('scalapay-widget').nth(2).locator('button.open').click()
      await page.screenshot({ path: `${shots}/dialog-${width}-${colorScheme}.png` })
    })

test('is there in sandbox mode alone', async () => {
  assert.equal((await server.inject({ url: '/widget' })).statusCode, 200)
  const live = await startWidgetServer('live')
  assert.equal((await live.server.inject({ url: '/widget' })).statusCode, 404)
  assert.equal((await live.server.inject({ url: '/widget/tercet-widget.js' })).statusCode, 200)
})
