import { prefixLength } from '../../kernel/ids.ts'
import { money } from '../../kernel/money.ts'
import { rows } from '../shared/components/rows.ts'
import { formatDate, formatMoney, formatTime } from '../shared/format.ts'
import { html } from '../shared/html.ts'
import { layout } from '../shared/layout.ts'
import { orderItems, picturesBelow } from '../shared/order-items/order-items.ts'
import { sendPage } from '../shared/send.ts'
import { instalmentList } from './instalment-list.ts'
import { ownPurchase } from './purchases.ts'
import type { Change } from './show-account.ts'
import { accountWords } from './words/index.ts'

/** One's own purchase on a page that can be printed: what was bought, what was paid and when. Of somebody else's there is none. */
export const sendReceipt: Change = async (app, { setting, session, home }, request, reply) => {
  const { order } = request.params as { order: string }
  const found = await ownPurchase(app, session.shopper.id, order)
  const stored = found && (await app.payments.find(found.plan.merchantId, found.plan.paymentId))
  const details = stored && app.orderView(stored)
  if (!found || !stored || !details) return reply.redirect(home, 303)
  const { payment } = stored
  const shown = await app.shownPictures(payment.merchantId, details)
  const { receipt: words } = accountWords[setting.language]
  const { locale } = setting
  const amount = (minor: bigint): string => formatMoney(money(payment.currency, minor), locale)
  const moved = found.plan.steps
    .filter(({ state, purpose }) => state === 'succeeded' && purpose !== 'release')
    .map(({ startedAt, purpose, amount: minor }) => ({
      name: html`${formatTime(startedAt, locale)}${purpose === 'refund' && html` · ${words.paidBack}`}`,
      value: amount(purpose === 'refund' ? -minor : minor),
    }))
  const main = html`<article class="panel narrow">
<h1>${words.title}</h1>
<p><bdi>${found.shop}</bdi><br><span class="small">${payment.id}${payment.merchantReference !== null && html` · <bdi>${payment.merchantReference}</bdi>`}</span><br>
<span class="small">${formatDate(found.boughtOn, locale)}</span></p>
${orderItems(setting, payment, details, picturesBelow(setting.root, payment.id.slice(0, prefixLength), shown))}
${instalmentList(setting, found.plan)}
${moved.length > 0 && html`<h2>${words.payments}</h2>${rows(moved)}`}
<p class="actions"><button class="second" type="button" data-print hidden>${words.print}</button> <a class="text" href="${home}">${words.back}</a></p>
</article>`
  return sendPage(reply, 200, layout(setting, { title: `${words.title} – ${found.shop}`, main }))
}
