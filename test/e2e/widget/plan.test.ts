import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import { paymentPlan } from '../../../src/domain/instalments/payment-plan.ts'
import { instalmentProducts } from '../../../src/domain/instalments/products.ts'
import { EUR } from '../../../src/kernel/currency.ts'
import type { Instant } from '../../../src/kernel/instant.ts'
import { decimalOf, money } from '../../../src/kernel/money.ts'
import { testBrowser } from '../../support/pages/browser.ts'
import { startShop, startWidgetServer, visit } from '../../support/pages/shop.ts'
import { aPayment } from '../../support/payments/factories.ts'

const { app, origin } = await startWidgetServer()
const shop = await startShop(origin)
const browser = await testBrowser()

test('shows in a browser, to the cent and the day, the plans that orders of the same total are given', async () => {
  const merchant = await app.merchants.byWidgetToken('8KDS3SPEL')
  assert(merchant)
  const totals = fc.sample(fc.bigInt(500n, 200_000n), 40)
  const cases = totals.flatMap((total) => instalmentProducts.map((product) => ({ total, product })))
  const markup = cases.map(
    ({ total, product }) =>
      `<scalapay-widget merchant-token="8KDS3SPEL" type="checkout" amount-selectors="#no" amount="${decimalOf(money(EUR, total))}" product-type="[${product}]"></scalapay-widget>`,
  )
  shop.show(markup.join(''), `<script src="${origin}/widget/tercet-widget.js"></script>`)
  const before = app.clock.now()
  const { page, lines } = await visit(browser, shop)
  await lines()
  const shown = await page.evaluate<string[][]>(`[...document.querySelectorAll('scalapay-widget')].map((each) =>
    [...each.shadowRoot.querySelectorAll('.box li')].map((row) => [...row.children].map((part) => part.textContent).join(' ')))`)
  const expectedAt = (now: Instant) =>
    cases.map(({ total, product }) =>
      paymentPlan(aPayment({ total, product }), merchant, undefined, now).map(({ number, dueAt, amount }) => {
        const day = Temporal.PlainDate.from(dueAt).toLocaleString('en-GB', { day: 'numeric', month: 'short' })
        const text = Number(decimalOf(amount)).toLocaleString('en-GB', { style: 'currency', currency: 'EUR' })
        return `${number === 1 && product !== 'later' ? 'Today' : day} ${text}`
      }),
    )
  // Midnight may come between the page and this line.
  const expected = expectedAt(before)
  assert.deepEqual(shown, isDeepStrictEqual(shown, expected) ? expected : expectedAt(app.clock.now()))
})
