import type { Instalment } from '../../domain/instalments/plan.ts'
import { isInstalmentProduct, productRules } from '../../domain/instalments/products.ts'
import type { Payment } from '../../domain/payment/payment.ts'
import { money } from '../../kernel/money.ts'
import { type TimelineStep, timeline } from '../shared/components/timeline.ts'
import { formatDate, formatMoney } from '../shared/format.ts'
import { type Html, html } from '../shared/html.ts'
import type { Order } from './order.ts'
import type { Setting } from './setting.ts'

/** Shop, amount and plan. Names are isolated, so that one written right to left cannot turn the page's text around. */
export function orderSummary({ merchant, payment, plan }: Order, setting: Setting): Html {
  const { words, locale } = setting
  return html`
<section aria-labelledby="order">
<p class="clamp small"><bdi>${merchant.name}</bdi></p>
<h1 id="order"><span class="amount">${formatMoney(money(payment.currency, payment.total), locale)}</span>
<span class="under">${termsOf(payment, plan, setting)}</span></h1>
${plan.length > 1 && planList(payment, plan, setting)}
${
  payment.merchantReference !== null &&
  html`<p class="clamp small">${words.orderReference} <bdi>${payment.merchantReference}</bdi></p>`
}
</section>`
}

function termsOf(payment: Payment, plan: readonly Instalment[], { words, locale }: Setting): string {
  const [first] = plan
  if (first === undefined) return ''
  if (payment.product === 'later') return words.heading.later(formatDate(first.dueAt, locale))
  return plan.length > 1 ? words.heading.instalments(plan.length) : ''
}

function planList(payment: Payment, plan: readonly Instalment[], { words, locale }: Setting): Html {
  const steps = plan.map(({ number, dueAt, amount }): TimelineStep => {
    const isNow = isDueNow(payment, number)
    return {
      when: isNow ? words.today : html`<time datetime="${dueAt}">${formatDate(dueAt, locale)}</time>`,
      amount: formatMoney(amount, locale),
      kind: isNow ? 'now' : undefined,
    }
  })
  return html`<h2 class="hidden">${words.planTitle}</h2>${timeline(steps)}`
}

/** Pay-later waits for its only instalment; every other plan begins today. */
export function isDueNow(payment: Payment, instalment: number): boolean {
  return instalment === 1 && isInstalmentProduct(payment.product) && productRules[payment.product].startsAtOnce
}
