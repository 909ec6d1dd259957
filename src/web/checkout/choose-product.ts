import type { FastifyReply, FastifyRequest } from 'fastify'
import type { App } from '../../app/app.ts'
import { formatDate, formatMoney } from '../shared/format.ts'
import { type Html, html } from '../shared/html.ts'
import { ownFormField, textIn } from '../shared/sign-in/visitor.ts'
import { isDueNow } from './due-now.ts'
import type { Visit } from './visit.ts'

/** How the order may be paid, a button each: pressed, the page shows the plan that it makes. Nothing where there is no choice. */
export function productChoice({ order, setting, visitor, home }: Visit): Html | undefined {
  if (order.choices.length === 0) return undefined
  const { words, locale } = setting
  const buttons = order.choices.map(({ product, plan }) => {
    const [first] = plan
    if (!first) return undefined
    const isNow = isDueNow({ product }, first.number)
    const isChosen = product === order.payment.product
    const when = isNow ? words.today : formatDate(first.dueAt, locale)
    const name = isNow ? words.products.instalments(plan.length) : words.products.later
    return html`<button class="option" type="submit" name="product" value="${product}"${isChosen && html` aria-current="true"`}>
<span>${name}</span><span class="hint">${when}</span><span class="hint">${formatMoney(first.amount, locale)}</span></button>`
  })
  return html`<form class="options" method="post" action="${`${home}/product`}" aria-labelledby="choice">${ownFormField(visitor)}
<h2 class="label" id="choice">${words.chooseProduct}</h2>
${buttons}</form>`
}

/** The posted choice: kept with the order, so that it stands whatever the shopper does next. One that is not offered changes nothing. */
export async function chooseProduct(
  app: App,
  { order, home }: Visit,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const choice = order.choices.find(({ product }) => product === textIn(request.body, 'product'))
  if (choice) await app.shoppers.chooseProduct(order.merchant.id, order.payment.id, choice.product)
  return reply.redirect(home, 303)
}
