import { type NoticeContent, noticeContent } from '../shared/components/notice.ts'
import { formatMoney } from '../shared/format.ts'
import { type Html, html } from '../shared/html.ts'
import { strayNotes } from './open-page.ts'
import { amountText, type PayView } from './pay-view.ts'
import type { Stage } from './stage.ts'

type ClosedStage = Exclude<Stage, { kind: 'choosing' | 'waiting' | 'partial' }>

/** The page when there is nothing to send any more: one word on how it went, and where to go. */
export function closedContent(view: PayView, stage: ClosedStage): { readonly title: string; readonly main: Html } {
  const content = contentOf(view, stage)
  return { title: content.notice.title, main: noticeContent(view.setting, content) }
}

function contentOf(view: PayView, stage: ClosedStage): NoticeContent {
  const { words, links } = view
  const { notices } = words
  // A shop may take an order for cancelled that comes back by this link: not one for which something was sent.
  const cancel = view.strays.length > 0 ? null : links.cancel
  const toShop = (href: string | null) => (href === null ? undefined : { href, text: words.back })
  switch (stage.kind) {
    case 'confirming':
      return { kind: 'waiting', notice: notices.confirming, link: toShop(links.paid), more: confirmations(view, stage) }
    case 'paid':
      return { kind: 'good', notice: notices.paid, link: toShop(links.paid), more: paidNotes(view, stage) }
    case 'cancelled':
      // The same order may be paid by another request since.
      return { kind: 'sorry', notice: notices.cancelled, link: undefined, more: strays(view) }
    case 'expired':
      return {
        kind: 'sorry',
        notice: notices.expired,
        link: stage.part ? undefined : toShop(cancel),
        more: html`${stage.part && html`<p class="small">${words.partKept(amountText(view, stage.part, stage.part.received) ?? '')}</p>`}${strays(view)}`,
      }
  }
}

/** The page stays what it is when something arrives that it cannot take: only this changes. */
function strays(view: PayView): Html {
  return html`<div data-part="strays">${strayNotes(view)}</div>`
}

/** What it was for: the largest of the page, as on the pages before. */
function sum({ payment, setting }: PayView): Html {
  return html`<p class="amount">${formatMoney({ currency: payment.currency, minor: payment.total }, setting.locale)}</p>`
}

function confirmations(view: PayView, { confirmations: count, needed }: Extract<Stage, { kind: 'confirming' }>): Html {
  const { words } = view
  return html`${sum(view)}<div class="confirmations" data-part="confirmations">
<progress max="${needed}" value="${count}" aria-label="${words.confirming(count, needed)}"></progress>
<p>${words.confirming(count, needed)}</p></div>
<p class="small">${words.mayLeave}</p>`
}

function paidNotes(view: PayView, { got, over, isLate }: Extract<Stage, { kind: 'paid' }>): Html {
  const { words, strays } = view
  const isPlain = !over && strays.length === 0
  const more = over && amountText(view, over.amount, over.units)
  return html`${sum(view)}${got && html`<p>${amountText(view, got, got.received)}</p>`}${isLate && html`<p>${words.late}</p>`}${more && html`<div class="aside"><p>${words.over(more)}</p></div>`}${strayNotes(view)}${
    isPlain && html`<p class="small" data-returning hidden>${words.returning}</p>`
  }`
}
