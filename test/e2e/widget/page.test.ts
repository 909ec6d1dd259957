import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { testBrowser } from '../../support/pages/browser.ts'
import { startShop, startWidgetServer, type Visit, visit } from '../../support/pages/shop.ts'

const { origin } = await startWidgetServer()
const shop = await startShop(origin)
const browser = await testBrowser()

const loader = `<script src="${origin}/widget/tercet-widget.js"></script>`
const merchant = 'merchant-token="8KDS3SPEL"'

/** The markup as each generation's documents give it, but for the host. */
const generations = {
  first: `<div><scalapay-widget amount="200"></scalapay-widget></div>
<script src="${origin}/js/scalapay-widget/webcomponents-bundle.js"></script>
<script src="${origin}/js/scalapay-widget/scalapay-widget.js"></script>`,
  third: `<scalapay-widget amount="200"></scalapay-widget>
<script type="module" src="${origin}/widget/v3/js/scalapay-widget.esm.js"></script>
<script nomodule src="${origin}/widget/v3/js/scalapay-widget.js"></script>`,
  'third, without modules': `<scalapay-widget amount="200"></scalapay-widget><script src="${origin}/widget/v3/js/scalapay-widget.js"></script>`,
  fifth: `<script type="module" src="${origin}/widget/scalapay-widget-loader.js?version=V5"></script>
<scalapay-widget amount="200"></scalapay-widget>`,
  ours: `${loader}<tercet-widget amount="200"></tercet-widget>`,
  'all at once': `${loader}<scalapay-widget amount="200"></scalapay-widget>
<script type="module" src="${origin}/widget/scalapay-widget-loader.js?version=V5"></script>
<script src="${origin}/js/scalapay-widget/scalapay-widget.js"></script>`,
}

/** Waits until the only widget says so: what a page changes is seen a moment later. */
async function until({ lines }: Visit, expected: string): Promise<void> {
  let found = ''
  for (let tries = 0; tries < 1_500; tries++) {
    found = (await lines())[0]?.split(' | ')[0] ?? ''
    if (found === expected) return
    await pause(20)
  }
  assert.equal(found, expected)
}

for (const [name, markup] of Object.entries(generations))
  test(`works with the script lines of a generation, under a strict policy of another origin: ${name}`, async () => {
    shop.show(markup)
    const { lines, said, asked, page } = await visit(browser, shop)
    assert.deepEqual(await lines(), ['€66.68 today, then 2 × €66.66 | No interest'])
    assert.deepEqual(said, [])
    const others = asked.filter((url) => !url.startsWith(origin) && !url.startsWith(shop.origin))
    assert.deepEqual(others, [])
    assert.deepEqual(await page.context().cookies(), [])
    await page.context().close()
  })

test('follows attributes as they change', async () => {
  shop.show('<scalapay-widget amount="90"></scalapay-widget>', loader)
  const seen = await visit(browser, shop)
  const set = (name: string, value: string | null) =>
    seen.page.evaluate(
      `document.querySelector('scalapay-widget').${value === null ? `removeAttribute('${name}')` : `setAttribute('${name}','${value}')`}`,
    )
  await until(seen, 'Pay in 3 instalments of €30.00')
  await set('amount', '120')
  await until(seen, 'Pay in 3 instalments of €40.00')
  await set('locale', 'it')
  await until(seen, 'Paga in 3 rate da 40,00\u00a0€')
  await set('number-of-installments', '4')
  await until(seen, 'Paga in 4 rate da 30,00\u00a0€')
  await set('hide', 'true')
  await until(seen, '')
  await set('hide', null)
  await set('merchant-token', '8KDS3SPEL')
  await until(seen, 'Paga in 4 rate da 30,00\u00a0€')
})

test('follows the price on the page: late, replaced, retyped, struck through, in a field, and by the reload event', async () => {
  shop.show(
    `<div id="root"></div><scalapay-widget ${merchant} product-type="[pay-in-3]" amount-selectors='["#price"]'></scalapay-widget>`,
    loader,
  )
  const seen = await visit(browser, shop)
  const run = (code: string) =>
    seen.page.evaluate(`(() => { const root = document.querySelector('#root'); ${code} })()`)
  const put = (markup: string) =>
    run(
      `const made = document.implementation.createHTMLDocument(); const p = made.createElement('p'); p.id = 'price'; root.replaceChildren(document.adoptNode(p)); ${markup}`,
    )
  await put(`p.append('90,00 €')`)
  await until(seen, 'Pay in 3 instalments of €30.00')
  await run(`document.querySelector('#price').firstChild.data = '120,00 €'`)
  await until(seen, 'Pay in 3 instalments of €40.00')
  await put(`const old = document.createElement('del'); old.append('300,00 €'); p.append(old, ' 150,00 €')`)
  await until(seen, 'Pay in 3 instalments of €50.00')
  await put(
    `p.id = 'sale'; const old = document.createElement('del'), now = document.createElement('ins'); old.append('300,00 €'); now.append('165,00 €'); old.id = now.id = 'price'; p.append(old, now)`,
  )
  await until(seen, 'Pay in 3 instalments of €55.00')
  await run(
    `const input = document.createElement('input'); input.id = 'price'; input.value = '180.00'; root.replaceChildren(input)`,
  )
  await until(seen, 'Pay in 3 instalments of €60.00')
  await seen.page.locator('#price').fill('210.00')
  await until(seen, 'Pay in 3 instalments of €70.00')
  await run(
    `const meta = document.createElement('meta'); meta.id = 'price'; meta.content = '240.00'; root.replaceChildren(meta)`,
  )
  await until(seen, 'Pay in 3 instalments of €80.00')
  await run(
    `const data = document.createElement('data'); data.id = 'price'; data.value = '0'; root.replaceChildren(data)`,
  )
  await until(seen, '')
  await run(
    `Object.defineProperty(document.querySelector('#price'), 'value', { value: '270' }); window.dispatchEvent(new CustomEvent('scalapay-widget-reload'))`,
  )
  await until(seen, 'Pay in 3 instalments of €90.00')
})

test('keeps working when a framework makes, moves, clones and drops its elements', async () => {
  shop.show('<div id="a"></div><div id="b"></div>', loader)
  const seen = await visit(browser, shop)
  const run = (code: string) =>
    seen.page.evaluate(`(() => { const [a, b] = ['a', 'b'].map((id) => document.getElementById(id)); ${code} })()`)
  await run(`const made = document.createElement('scalapay-widget'); made.setAttribute('amount', '90'); a.append(made)`)
  await until(seen, 'Pay in 3 instalments of €30.00')
  await run(`b.append(a.firstChild); b.firstChild.setAttribute('amount', '120')`)
  await until(seen, 'Pay in 3 instalments of €40.00')
  await run(`a.append(b.firstChild.cloneNode(true)); b.replaceChildren()`)
  await until(seen, 'Pay in 3 instalments of €40.00')
  await run(`const held = a.firstChild; held.remove(); held.setAttribute('amount', '150'); window.held = held`)
  assert.deepEqual(await seen.lines(), [])
  await run(`b.append(window.held)`)
  await until(seen, 'Pay in 3 instalments of €50.00')
  assert.deepEqual(seen.said, [])
})

test('asks for a merchant once, however many widgets a page has', async () => {
  shop.show(
    `<p id="one">90</p><p id="two">120</p>
<scalapay-widget ${merchant} amount-selectors="#one"></scalapay-widget><scalapay-widget ${merchant} amount-selectors="#two" locale="it"></scalapay-widget>`,
    loader,
  )
  const { lines, asked } = await visit(browser, shop)
  const texts = (await lines()).map((line) => line.replaceAll('\u00a0', ' ').split(' | ')[0])
  assert.deepEqual(texts, ['Pay in 4 instalments of €22.50', 'Paga in 4 rate da 30,00 €'])
  assert.equal(asked.filter((url) => url.includes('/merchants/')).length, 1)
})

test('hides for a token that nobody has, and says why once', async () => {
  const unknown = '<scalapay-widget merchant-token="NOBODYS00" amount="90"></scalapay-widget>'
  shop.show(unknown + unknown, loader)
  const { lines, said, page } = await visit(browser, shop)
  assert.deepEqual(await lines(), ['', ''])
  const height = await page.evaluate<number>(`document.querySelector('scalapay-widget').getBoundingClientRect().height`)
  assert.equal(height, 0)
  await page.evaluate(`document.body.append('a change of the page')`)
  assert.equal(said.filter((line) => line.startsWith('scalapay widget:')).length, 1)
  assert.match(said.join('\n'), /scalapay widget: 404 for merchant-token="NOBODYS00": nobody has it/)
})

test('leaves the page alone when the network is blocked, and comes back with the reload event', async () => {
  shop.show(`<scalapay-widget ${merchant} amount="90" amount-selectors="#none"></scalapay-widget>`, loader)
  const context = await browser.newContext()
  const page = await context.newPage()
  let isBlocked = true
  await page.route('**/merchants/**', (route) => (isBlocked ? route.abort() : route.continue()))
  const errors: string[] = []
  page.on('pageerror', (error) => errors.push(String(error)))
  await page.goto(shop.origin)
  const height = () => page.evaluate<number>(`document.querySelector('scalapay-widget').getBoundingClientRect().height`)
  while ((await height()) > 0) await pause(20)
  isBlocked = false
  await page.evaluate(`dispatchEvent(new CustomEvent('scalapay-widget-reload'))`)
  while ((await height()) === 0) await pause(20)
  assert.deepEqual(errors, [])
  await context.close()
})

test('gives its place back when the element cannot be loaded', async () => {
  shop.show('<scalapay-widget amount="90"></scalapay-widget><p id="next">next</p>', loader)
  const context = await browser.newContext()
  const page = await context.newPage()
  await page.route('**/widget.js', (route) => route.abort())
  await page.goto(shop.origin)
  const height = () => page.evaluate<number>(`document.querySelector('scalapay-widget').getBoundingClientRect().height`)
  while ((await height()) > 30) await pause(20)
  await context.close()
})

test('opens the explanation from the link of the first generation, and warns of travel without a date', async () => {
  shop.show(
    '<a id="scalapayPopUpTrigger" href="#">How it works</a><scalapay-widget amount="90" channel="travel"></scalapay-widget>',
    loader,
  )
  const { page, lines, said } = await visit(browser, shop)
  await lines()
  await page.locator('#scalapayPopUpTrigger').click()
  await page.locator('scalapay-widget dialog[open]').waitFor()
  assert.match(await page.locator('scalapay-widget dialog').innerText(), /when you book/)
  assert.deepEqual(said, ['scalapay widget: travel date not found'])
})
