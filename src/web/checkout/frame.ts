import { second } from '../../kernel/instant.ts'
import { formatMinutes } from '../shared/format.ts'
import { type Html, html } from '../shared/html.ts'
import { layout, type Page } from '../shared/layout.ts'
import { merchantBrand } from '../shared/merchant-brand.ts'
import type { Panel } from '../shared/sign-in/sign-in-forms.ts'
import { ownFormField } from '../shared/sign-in/visitor.ts'
import { signInWords } from '../shared/sign-in/words/index.ts'
import { orderSummary } from './order-summary.ts'
import type { Visit } from './visit.ts'

/** A step of the checkout as a whole page: what is bought and when it is paid beside what is asked. */
export function framePage(visit: Visit, { title, content, hasTrouble }: Panel, now: bigint): string {
  const { setting, order, home } = visit
  const { words, common } = setting
  const main = html`<div class="columns">
${orderSummary(visit)}
<div>
<section class="panel" aria-labelledby="step">
${content}
</section>
${order.urls && html`<p class="actions"><a class="text" href="${`${home}/cancel`}">${words.cancel}</a></p>`}
${countdown(visit, now)}
</div>
</div>`
  const whole = `${title} – ${order.merchant.name}`
  return layout(setting, {
    title: hasTrouble ? `${common.errorPrefix}: ${whole}` : whole,
    main,
    ...brandOf(visit),
  })
}

export function brandOf({ order: { merchant, brand }, setting: { root } }: Visit): Pick<Page, 'brand' | 'style'> {
  return merchantBrand(root, merchant, brand)
}

/** Who is signed in, and the way out. */
export function signedInLine({ visitor, setting, home }: Visit): Html | undefined {
  const shopper = visitor.session?.shopper
  if (!shopper) return undefined
  const name = shopper.profile ? shopper.profile.givenNames : (shopper.email ?? shopper.phone ?? '')
  return html`<form class="signed-in" method="post" action="${`${home}/sign-out`}">${ownFormField(visitor)}<p class="small">${setting.words.signedInAs(name)}</p><button class="text" type="submit">${signInWords[setting.language].signOut}</button></form>`
}

/** Longer times are not urgent: a clock beside them would only press. */
const longestShown = 3_600n * second

/**
 * The time that is left. Without script the minutes as the page was made; with it minutes and seconds, which a screen reader hears
 * at five minutes, at one, and at the end.
 */
function countdown({ order, setting, home }: Visit, now: bigint): Html | undefined {
  const { expiresAt } = order.payment
  if (expiresAt === null || expiresAt - now > longestShown) return undefined
  const left = Number((expiresAt - now) / second)
  return html`<p class="actions small" data-countdown="${left}" data-label="${setting.words.timeLeft}" data-reload="${home}">${setting.words.timeLeft}
<span data-left>${formatMinutes(Math.ceil(left / 60), setting.locale)}</span><span class="hidden" role="status"></span></p>`
}
