import { money } from '../../kernel/money.ts'
import { type TimelineStep, timeline } from '../shared/components/timeline.ts'
import { formatDate, formatMoney } from '../shared/format.ts'
import { type Html, html } from '../shared/html.ts'
import { orderItems, picturesBelow } from '../shared/order-items/order-items.ts'
import { orderItemWords } from '../shared/order-items/words.ts'
import { productChoice } from './choose-product.ts'
import { isDueNow } from './due-now.ts'
import type { Visit } from './visit.ts'

/** Amount, plan, and what is bought, folded away on a page that is about paying. */
export function orderSummary(visit: Visit): Html {
  const { order, setting } = visit
  const { locale } = setting
  const { payment } = order
  return html`
<section aria-labelledby="order">
<h1 id="order"><span class="amount">${formatMoney(money(payment.currency, payment.total), locale)}</span>
<span class="under">${termsOf(visit)}</span></h1>
${productChoice(visit)}
${planList(visit)}
<details class="items"><summary>${orderItemWords[setting.language].title}${
    payment.merchantReference !== null && html` <bdi class="small">${payment.merchantReference}</bdi>`
  }</summary>
${itemsOf(visit)}
</details>
</section>`
}

/** What was bought and when it is paid, for a page that is the end of an order. */
export function orderReceipt(visit: Visit): Html {
  return html`${itemsOf(visit)}${planList(visit)}`
}

function termsOf({ order: { plan, payment }, setting: { words, locale } }: Visit): string {
  const [first] = plan
  if (first === undefined) return ''
  if (!isDueNow(payment, first.number)) return words.heading.later(formatDate(first.dueAt, locale))
  return plan.length > 1 ? words.heading.instalments(plan.length) : ''
}

function planList({ order: { plan, payment }, setting: { words, locale } }: Visit): Html | undefined {
  if (plan.length === 0) return undefined
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

function itemsOf({ order: { payment, details, merchant, pictures }, setting }: Visit): Html {
  return orderItems(setting, payment, details, picturesBelow(setting.root, merchant.prefix, pictures))
}
