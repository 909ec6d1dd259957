import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import { testBrowser } from '../../support/pages/browser.ts'
import { startShop, startWidgetServer, visit } from '../../support/pages/shop.ts'

const { origin } = await startWidgetServer()
const shop = await startShop(origin)
const browser = await testBrowser()

const loader = `<script src="${origin}/widget/tercet-widget.js"></script>`
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** Where the focus is, through shadow roots: an element's name and class. */
function focus(page: Page): Promise<string> {
  return page.evaluate<string>(`(() => {
    let at = document.activeElement
    while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement
    return at.localName + (at.className ? '.' + at.className : '')
  })()`)
}

const opened = (page: Page) => page.locator('scalapay-widget dialog[open]').waitFor()
const closed = (page: Page) => page.locator('scalapay-widget dialog[open]').waitFor({ state: 'detached' })

/** Closed, and the focus is where it was before. */
async function givenBack(page: Page): Promise<void> {
  await closed(page)
  assert.equal(await focus(page), 'button.open')
}

test('explains the best plan with its days and amounts, the others behind it, and the steps', async () => {
  shop.show(
    '<scalapay-widget amount="100" merchant-token="8KDS3SPEL" amount-selectors="#no" product="Chair"></scalapay-widget>',
    loader,
  )
  const { page, lines } = await visit(browser, shop)
  await lines()
  await page.locator('button.open').click()
  await opened(page)
  const days = await page.locator('dialog .schedule').first().locator('li').allInnerTexts()
  assert.equal(days.length, 4)
  const month = (count: number) =>
    Temporal.Now.plainDateISO('Europe/Rome')
      .add({ months: count })
      .toLocaleString('en-GB', { day: 'numeric', month: 'long' })
  assert.deepEqual(
    days.map((day) => day.replace(/\s+/g, ' ')),
    ['Today €25.00', ...[1, 2, 3].map((count) => `${month(count)} €25.00`)],
  )
  const text = await page.locator('dialog').innerText()
  for (const part of [
    'Pay in 4 instalments',
    'Chair',
    '€100.00 · No interest',
    'Pay in 3 instalments',
    'Pay later',
    'Confirm with your phone',
  ])
    assert(text.includes(part), part)
  await page.locator('summary').first().click()
  assert.match(await page.locator('details[open]').innerText(), /€33\.34/)
})

test('is worked by keyboard alone: opens, keeps the focus, closes, and gives the focus back', async () => {
  shop.show(
    '<a href="#x">before</a><scalapay-widget amount="100" merchant-token="8KDS3SPEL" amount-selectors="#no"></scalapay-widget><a href="#y">after</a>',
    loader,
  )
  const { page, lines } = await visit(browser, shop)
  await lines()
  await page.locator('a').first().focus()
  await page.keyboard.press('Tab')
  assert.equal(await focus(page), 'button.open')
  await page.keyboard.press('Enter')
  await opened(page)
  const stops: string[] = [await focus(page)]
  for (let presses = 0; presses < 4; presses++) {
    await page.keyboard.press('Tab')
    stops.push(await focus(page))
  }
  assert.deepEqual(stops, ['button.close', 'summary', 'summary', 'button.close', 'summary'])
  await page.keyboard.press('Shift+Tab')
  await page.keyboard.press('Shift+Tab')
  assert.equal(await focus(page), 'summary')
  await page.keyboard.press('Escape')
  await givenBack(page)
  await page.keyboard.press('Space')
  await page.locator('button.close').press('Enter')
  await givenBack(page)
})

test('closes by a click beside it, stays open by one on it, and follows the price while it is open', async () => {
  shop.show('<scalapay-widget amount="90"></scalapay-widget>', loader)
  const { page, lines } = await visit(browser, shop)
  await lines()
  await page.locator('button.open').click()
  await page.locator('dialog h2').click()
  await opened(page)
  await page.evaluate(`document.querySelector('scalapay-widget').setAttribute('amount', '120')`)
  await page.locator('dialog').getByText('€40.00').first().waitFor()
  await opened(page)
  await page.mouse.click(5, 5)
  await closed(page)
})

test('names what a screen reader says', async () => {
  shop.show('<scalapay-widget amount="90" locale="it"></scalapay-widget>', loader)
  const { page, lines } = await visit(browser, shop)
  await lines()
  const button = page.getByRole('button', { name: 'Paga in 3 rate da 30,00' })
  assert.equal(await button.getAttribute('aria-haspopup'), 'dialog')
  await button.click()
  const dialog = page.getByRole('dialog', { name: 'Paga in 3 rate' })
  assert.equal(await dialog.getAttribute('lang'), 'it')
  assert.equal(await dialog.getByRole('button', { name: 'Chiudi' }).count(), 1)
  assert.equal(await dialog.getByRole('list').count(), 2)
})

for (const colorScheme of ['light', 'dark'] as const)
  test(`axe finds nothing on page or dialog, ${colorScheme}`, async () => {
    const dark = colorScheme === 'dark' ? 'dark-mode="always"' : ''
    const kinds = [
      '',
      'show-title="true"',
      'type="checkout"',
      'learn-more="true"',
      'font-size="small"',
      'min-amount="200"',
      'background="false"',
    ]
    const ground = colorScheme === 'dark' ? '#111' : '#fff'
    shop.show(
      `<main><h1>Chair</h1>${kinds.map((kind) => `<scalapay-widget amount="90" ${kind} ${dark}></scalapay-widget>`).join('')}</main>`,
      `<style nonce="test">body { background: ${ground}; color: ${colorScheme === 'dark' ? '#fff' : '#000'} }</style>${loader}`,
    )
    const { page, lines } = await visit(browser, shop, { colorScheme })
    await lines()
    const audit = async () => {
      await page.evaluate(axe)
      const found = await page.evaluate<{ violations: { id: string; nodes: { html: string }[] }[] }>('axe.run()')
      return found.violations.map(({ id, nodes }) => [id, nodes.map((node) => node.html).slice(0, 3)])
    }
    assert.deepEqual(await audit(), [])
    await page.locator('button.open').first().click()
    await opened(page)
    assert.deepEqual(await audit(), [])
  })
