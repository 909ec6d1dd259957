import assert from 'node:assert/strict'
import { test } from 'node:test'
import { testBrowser } from '../../support/pages/browser.ts'
import { startShop, startWidgetServer, visit } from '../../support/pages/shop.ts'

const { origin } = await startWidgetServer()
const shop = await startShop(origin)
const browser = await testBrowser()

const loader = `<script src="${origin}/widget/tercet-widget.js"></script>`

/** Attributes of a widget, and what it then says; nothing for a widget that is not shown. */
type Row = readonly [attributes: string, line: string]

async function check(rows: readonly Row[], rest = ''): Promise<void> {
  shop.show(
    rest + rows.map(([attributes]) => `<div><scalapay-widget ${attributes}></scalapay-widget></div>`).join(''),
    loader,
  )
  const seen = await visit(browser, shop)
  const lines = await seen.lines()
  const found = rows.map(([attributes], at) => [attributes, (lines[at] ?? '').replaceAll('\u00a0', ' ')])
  assert.deepEqual(found, rows)
  await seen.page.context().close()
}

/** A day of the merchants' usual zone, as an English page names it. */
function inDays(days: number): string {
  const today = new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/Rome' }).format()
  const format = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', timeZone: 'UTC' })
  return format.format(Date.parse(today) + days * 86_400_000)
}

const in3 = 'Pay in 3 instalments of €30.00 | No interest'

test('the first generation: amount, min, max, numberOfPayments, locale', () =>
  check([
    ['amount="90"', in3],
    ['amount="100"', '€33.34 today, then 2 × €33.33 | No interest'],
    ['amount="1234.50"', 'Pay in 3 instalments of €411.50 | No interest'],
    ['amount="90" min="50" max="200"', in3],
    ['amount="90" min="100"', ''],
    ['amount="90" max="80"', ''],
    ['amount="100" numberOfPayments="4"', 'Pay in 4 instalments of €25.00 | No interest'],
    ['amount="90" locale="it"', 'Paga in 3 rate da 30,00 € | Senza interessi'],
    ['amount="0"', ''],
    ['amount="free"', ''],
  ]))

test('the third generation: selectors, instalments, hiding, currency, title, products', () =>
  check(
    [
      [`amount-selectors='["#price .amount"]'`, in3],
      [`amount-selectors='["#nowhere","#price .amount"]'`, in3],
      ['amount-selectors="#price .amount"', in3],
      [`amount="30" amount-selectors='["#price .amount"]'`, in3],
      [`amount="30" amount-selectors='["#nowhere"]'`, 'Pay in 3 instalments of €10.00 | No interest'],
      [`amount="30" amount-selectors='["::nonsense("]'`, 'Pay in 3 instalments of €10.00 | No interest'],
      ['amount="100" number-of-installments="4"', 'Pay in 4 instalments of €25.00 | No interest'],
      ['amount="90" number-of-installments="1"', `Pay €90.00 on ${inDays(14)} | No interest`],
      ['amount="90" currency="CHF"', 'Pay in 3 instalments of CHF 30.00 | No interest'],
      ['amount="100" number-of-installments="4" frequency-number="30"', 'Pay in 4 instalments of €25.00 | No interest'],
      ['amount="90" product-type="[later]" frequency-number="30"', `Pay €90.00 on ${inDays(30)} | No interest`],
      ['amount="90" hide="true"', ''],
      ['amount="90" hide="false"', in3],
      ['amount="90" hide-price="true"', 'Pay in 3 instalments | No interest'],
      ['amount="90" currency-position="after"', 'Pay in 3 instalments of 30.00 € | No interest'],
      ['amount="90" currency-position="before" locale="it"', 'Paga in 3 rate da €30,00 | Senza interessi'],
      ['amount="90" currency-display="code"', 'Pay in 3 instalments of EUR 30.00 | No interest'],
      ['amount="90" currency-display="symbol"', in3],
      ['amount="90" show-title="true"', `Pay in 3 instalments | ${in3}`],
      ['amount="90" show-title="false"', in3],
      [`amount="100" product-type='[pay-in-4]'`, 'Pay in 4 instalments of €25.00 | No interest'],
      [`amount="100" product-type='["pay-in-4"]'`, 'Pay in 4 instalments of €25.00 | No interest'],
      ['amount="90" type="cart"', in3],
    ],
    '<p id="price">Now <span class="amount">90,00 €</span></p>',
  ))

test('the fifth generation: merchant and its limits, range, locale, progress', () =>
  check(
    [
      ['merchant-token="8KDS3SPEL"', 'Pay in 4 instalments of €50.00 | No interest'],
      ['merchant-token="8KDS3SPEL" amount="30"', 'Pay in 4 instalments of €50.00 | No interest'],
      [
        'merchant-token="8KDS3SPEL" amount-selectors="#none" amount="30"',
        'Pay in 4 instalments of €7.50 | No interest',
      ],
      ['merchant-token="8KDS3SPEL" amount-selectors="#none" amount="2000.01"', ''],
      ['merchant-token="8KDS3SPEL" amount-selectors="#none" amount="3"', 'Add €2.00 to pay in 4 instalments'],
      [
        'merchant-token="8KDS3SPEL" amount-selectors="#none" amount="3" spend-progress="text-mode"',
        'Add €2.00 to pay in 4 instalments',
      ],
      ['merchant-token="8KDS3SPEL" amount-selectors="#none" amount="3" spend-progress="hidden"', ''],
      ['merchant-token="8KDS3SPEL" min-amount="250"', 'Add €50.00 to pay in 4 instalments'],
      ['merchant-token="8KDS3SPEL" max-amount="150"', ''],
      [
        'merchant-token="8KDS3SPEL" min-amount="1" amount-selectors="#none" amount="3"',
        'Add €2.00 to pay in 4 instalments',
      ],
      ['merchant-token="8KDS3SPEL" locale="de"', 'Zahle in 4 Raten zu 50,00 € | Ohne Zinsen'],
      ['merchant-token="8KDS3SPEL" locale="xx"', 'Pay in 4 instalments of €50.00 | No interest'],
      ['merchant-token="8KDS3SPEL" amount-selectors="#odd" amount-separator="."', 'Add €3.77 to pay in 4 instalments'],
      ['merchant-token="8KDS3SPEL" amount-selectors="#odd"', 'Pay in 4 instalments of €308.50 | No interest'],
      [
        'merchant-token="8KDS3SPEL" environment="integration" type="product"',
        'Pay in 4 instalments of €50.00 | No interest',
      ],
    ],
    '<p class="price-container"><b class="price">€ 200.00</b></p><p id="odd">1.234</p>',
  ))

test('the look follows the attributes: alignment, dark mode, size, background, logo, width, progress bar', async () => {
  const rows = [
    'alignment="right"',
    'alignment="center"',
    'dark-mode="always"',
    'dark-mode="system"',
    'font-size="small"',
    'background="false"',
    'logo-color="black"',
    'theme="variant"',
    'logo-size="50"',
    'max-width="50%"',
    'learn-more="true"',
    'type="checkout"',
    'merchant-token="8KDS3SPEL" spend-progress="standard" min-amount="100"',
    'merchant-token="8KDS3SPEL" spend-progress="text-mode" min-amount="100"',
    '',
  ]
  shop.show(rows.map((row) => `<div><scalapay-widget amount="90" ${row}></scalapay-widget></div>`).join(''), loader)
  const { page, lines } = await visit(browser, shop, { colorScheme: 'dark' })
  await lines()
  const looks = await page.evaluate<
    Record<string, unknown>[]
  >(`[...document.querySelectorAll('scalapay-widget')].map((each) => {
    const at = (selector) => each.shadowRoot.querySelector(selector)
    const style = (selector) => getComputedStyle(at(selector))
    const [outer, inner] = [each.getBoundingClientRect(), at('.box').getBoundingClientRect()]
    return {
      left: Math.round(inner.left - outer.left), right: Math.round(outer.right - inner.right), share: Math.round(inner.width / outer.width * 100),
      ground: style('.box').backgroundColor, size: style('.box').fontSize, logo: style('svg').fill, side: at('svg').getBoundingClientRect().width,
      more: at('u')?.textContent, chevron: !!at('i'), days: each.shadowRoot.querySelectorAll('.box li').length, bar: !!at('progress'),
    }
  })`)
  const [right, center, always, system, small, bare, black, variant, half, wide, more, checkout, bar, text, usual] =
    looks
  assert(usual && right && center)
  assert.deepEqual([usual.left, right.right], [0, 0])
  assert.equal(center.left, center.right)
  assert.deepEqual(
    [usual.ground, always?.ground, system?.ground],
    ['rgb(255, 255, 255)', 'rgb(23, 32, 28)', 'rgb(23, 32, 28)'],
  )
  assert.deepEqual([usual.size, small?.size, bare?.ground], ['14px', '12px', 'rgba(0, 0, 0, 0)'])
  assert.deepEqual([usual.logo, black?.logo, variant?.logo], ['rgb(194, 24, 91)', 'rgb(20, 32, 27)', 'rgb(20, 32, 27)'])
  assert.deepEqual([usual.side, half?.side, wide?.share], [24, 12, 50])
  assert.deepEqual([usual.chevron, more?.more, more?.chevron], [true, 'Learn more', false])
  assert.deepEqual([usual.days, checkout?.days], [0, 3])
  assert.deepEqual([usual.bar, bar?.bar, text?.bar], [false, true, false])
})

test('says it in nine languages, in that of the page under our own name', async () => {
  const languages = ['en', 'it', 'fr', 'de', 'es', 'pt', 'nl', 'fi', 'is']
  const widgets = languages.map(
    (language) => `<div lang="${language}"><tercet-widget amount="90"></tercet-widget></div>`,
  )
  shop.show(`${widgets.join('')}<div lang="fr"><scalapay-widget amount="90"></scalapay-widget></div>`, loader)
  const { lines, said } = await visit(browser, shop)
  const shown = await lines()
  assert.equal(new Set(shown).size, 9)
  assert.equal(shown[9], shown[0])
  assert(shown.every((line) => /30[.,]00/.test(line)))
  assert.deepEqual(said, [])
})
