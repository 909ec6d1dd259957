import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { widgetLanguages } from '../../../src/web/widget/offer/words/languages.ts'
import { testBrowser } from '../../support/pages/browser.ts'
import { startShop, startWidgetServer, visit } from '../../support/pages/shop.ts'

const { origin } = await startWidgetServer()
const shop = await startShop(origin)
const browser = await testBrowser()

const loader = `<script src="${origin}/widget/tercet-widget.js"></script>`

/** Sums what moved; a text, since the project is compiled without the browser's types. */
const watchShifts = `window.shifts = 0; new PerformanceObserver((list) => { for (const each of list.getEntries()) window.shifts += each.value })
  .observe({ type: 'layout-shift', buffered: true })`

const kinds = [
  'amount="90"',
  'amount="100" locale="de"',
  'amount="90" show-title="true"',
  'amount="90" font-size="small" background="false"',
  'amount="90" type="checkout" locale="fr"',
  'merchant-token="8KDS3SPEL" amount="90" amount-selectors="#no"',
  'merchant-token="8KDS3SPEL" amount="3" amount-selectors="#no"',
]

/** How much of the page has moved once every widget has its words: 0 is nothing. */
async function shiftsOf(width: number, head: string): Promise<number> {
  shop.show(kinds.map((kind) => `<p>Before</p><scalapay-widget ${kind}></scalapay-widget><p>After</p>`).join(''), head)
  const context = await browser.newContext({ viewport: { width, height: 900 } })
  const page = await context.newPage()
  for (const late of ['**/scalapay-widget*', '**/widget.js', '**/merchants/**', '**/de.js'])
    await page.route(late, async (route) => {
      await pause(150)
      await route.continue()
    })
  await page.addInitScript(watchShifts)
  await page.goto(shop.origin)
  const isDone = `[...document.querySelectorAll('scalapay-widget')].every((each) => each.shadowRoot?.querySelector('.text'))`
  while (!(await page.evaluate<boolean>(isDone))) await pause(20)
  // The browser reports a shift with the frame after it.
  await page.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))')
  const moved = await page.evaluate<number>('window.shifts')
  await context.close()
  return moved
}

for (const width of [320, 1280])
  test(`moves nothing on the page when script, words and terms come late, at ${width} px`, async () => {
    assert.equal(await shiftsOf(width, loader), 0)
  })

test('moves nothing with the lines of older generations in the head', async () => {
  const first = ['webcomponents-bundle.js', 'scalapay-widget.js']
  const lines = first.map((name) => `<script src="${origin}/js/scalapay-widget/${name}"></script>`)
  assert.equal(await shiftsOf(320, lines.join('')), 0)
  const module = `<script type="module" blocking="render" src="${origin}/widget/scalapay-widget-loader.js?version=V5"></script>`
  assert.equal(await shiftsOf(320, module), 0)
})

test('the check of the layout sees what moves', async () => {
  shop.show('<div id="a"></div><p>After</p>')
  const context = await browser.newContext()
  const page = await context.newPage()
  await page.addInitScript(watchShifts)
  await page.goto(shop.origin)
  await page.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))')
  await page.evaluate(
    `document.querySelector('#a').append(Object.assign(document.createElement('h1'), { textContent: 'late' }))`,
  )
  while (!(await page.evaluate<number>('window.shifts'))) await pause(20)
  await context.close()
})

test('keeps to its height in every language from 200 px on, and within its column', async () => {
  const widths = [200, 260, 300, 360, 600]
  const widgets = widths.flatMap((width) =>
    widgetLanguages.flatMap((language) =>
      ['90', '1234.55'].map(
        (amount) =>
          `<div class="w${width}"><scalapay-widget amount="${amount}" locale="${language}"></scalapay-widget></div>`,
      ),
    ),
  )
  const style = widths.map((width) => `.w${width} { width: ${width}px }`).join('')
  shop.show(widgets.join(''), `<style nonce="test">${style}</style>${loader}`)
  const { page, lines } = await visit(browser, shop)
  const texts = await lines()
  const boxes = await page.evaluate<
    { height: number; over: number }[]
  >(`[...document.querySelectorAll('scalapay-widget')].map((each) => {
    const [box, column] = [each.shadowRoot.querySelector('.box'), each.parentElement].map((one) => one.getBoundingClientRect())
    return { height: box.height, over: Math.max(0, box.right - column.right, each.shadowRoot.querySelector('.text').scrollWidth - each.shadowRoot.querySelector('.text').clientWidth) }
  })`)
  const wrong = boxes.flatMap(({ height, over }, at) =>
    height === 64 && over === 0 ? [] : [`${widths[Math.floor(at / 18)]} ${texts[at]} ${height} ${over}`],
  )
  assert.deepEqual(wrong, [])
})

test('keeps to its height when it says in any language what is missing', async () => {
  const widgets = widgetLanguages.map(
    (language) =>
      `<div class="w300"><scalapay-widget amount="3" min-amount="5" locale="${language}"></scalapay-widget></div>`,
  )
  shop.show(widgets.join(''), `<style nonce="test">.w300 { width: 300px; font-family: sans-serif }</style>${loader}`)
  const { page, lines } = await visit(browser, shop)
  await lines()
  const heights = await page.evaluate<number[]>(
    `[...document.querySelectorAll('scalapay-widget')].map((each) => each.shadowRoot.querySelector('.box').getBoundingClientRect().height)`,
  )
  assert.deepEqual(
    heights,
    widgets.map(() => 64),
  )
})

test('has a width wherever a shop puts it: flex row, inline block, float, table cell, grid', async () => {
  const places = ['flex', 'inline', 'float', 'cell', 'grid', 'zero']
  const css = `.flex { display: flex } .inline { display: inline-block } .float { float: left } .cell { display: table-cell } .grid { display: inline-grid } .zero { font-size: 0; line-height: 0; letter-spacing: 9px; text-transform: uppercase; white-space: nowrap; text-align: right } :root { --text: 1rem; --title: 9rem; --days: 9rem; --ink: red }`
  shop.show(
    places
      .map((place) => `<section><div class="${place}"><scalapay-widget amount="90"></scalapay-widget></div></section>`)
      .join(''),
    `<style nonce="test">${css}</style>${loader}`,
  )
  const { page, lines } = await visit(browser, shop, { viewport: { width: 320, height: 900 } })
  await lines()
  const boxes = await page.evaluate<{ width: number; height: number }[]>(
    `[...document.querySelectorAll('scalapay-widget')].map((each) => { const { width, height } = each.shadowRoot.querySelector('.box').getBoundingClientRect(); return { width, height } })`,
  )
  for (const [at, { width, height }] of boxes.entries()) {
    assert(width >= 200 && width <= 320, `${places[at]}: ${width}`)
    assert.equal(height, 64, `${places[at]}`)
  }
})

test('is a mirror image on a page that reads from right to left', async () => {
  shop.show(
    '<scalapay-widget amount="90"></scalapay-widget>',
    `<style nonce="test">html { direction: rtl }</style>${loader}`,
  )
  const { page, lines } = await visit(browser, shop)
  await lines()
  const places = () =>
    page.evaluate<number[]>(
      `['svg', '.text', 'i'].map((each) => document.querySelector('scalapay-widget').shadowRoot.querySelector(each).getBoundingClientRect().left)`,
    )
  const [mark = 0, text = 0, chevron = 0] = await places()
  assert(mark > text && text > chevron)
  const left = `(() => { const widget = document.querySelector('scalapay-widget'); widget.setAttribute('alignment', 'left'); return widget.shadowRoot.querySelector('.box').getBoundingClientRect().left - widget.getBoundingClientRect().left })()`
  assert.equal(await page.evaluate(left), 0)
})
