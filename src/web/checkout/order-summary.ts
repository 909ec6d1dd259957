import type { Instalment } from '../../domain/instalments/plan.ts'
import { isInstalmentProduct, productRules } from '../../domain/instalments/products.ts'
import type { Payment } from '../../domain/payment/payment.ts'
import { money } from '../../kernel/money.ts'
import { type Html, html } from '../shared/html.ts'
import { formatDate, formatMoney } from './format.ts'
import type { Order } from './order.ts'
import type { Words } from './words/index.ts'

/** Shop, amount and plan. Names are isolated, so that one written right to left cannot turn the page's text around. */
export function orderSummary({ merchant, payment, plan }: Order, words: Words): Html {
  return html`
<section class="summary" aria-labelledby="order">
<p class="shop"><bdi>${merchant.name}</bdi></p>
<h1 id="order"><span class="amount">${formatMoney(money(payment.currency, payment.total), words.locale)}</span>
<span class="terms">${termsOf(payment, plan, words)}</span></h1>
${plan.length > 1 && planList(payment, plan, words)}
${
  payment.merchantReference !== null &&
  html`<p class="reference">${words.orderReference} <bdi>${payment.merchantReference}</bdi></p>`
}
</section>`
}

function termsOf(payment: Payment, plan: readonly Instalment[], words: Words): string {
  const [first] = plan
  if (first === undefined) return ''
  if (payment.product === 'later') return words.heading.later(formatDate(first.dueAt, words.locale))
  return plan.length > 1 ? words.heading.instalments(plan.length) : ''
}

function planList(payment: Payment, plan: readonly Instalment[], words: Words): Html {
  const rows = plan.map(
    ({ number, dueAt, amount }) => html`
<li><span class="step" aria-hidden="true"></span><span class="when">${
      isDueNow(payment, number)
        ? words.today
        : html`<time datetime="${dueAt}">${formatDate(dueAt, words.locale)}</time>`
    }</span> <span class="part">${formatMoney(amount, words.locale)}</span></li>`,
  )
  return html`<h2 class="plan-title">${words.planTitle}</h2><ol class="plan">${rows}</ol>`
}

/** Pay-later waits for its only instalment; every other plan begins today. */
export function isDueNow(payment: Payment, instalment: number): boolean {
  return instalment === 1 && isInstalmentProduct(payment.product) && productRules[payment.product].startsAtOnce
}
