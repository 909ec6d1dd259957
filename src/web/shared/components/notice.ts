import { type Html, html } from '../html.ts'
import type { Setting } from '../setting.ts'
import type { Notice } from '../words/index.ts'

export type NoticeKind = 'good' | 'waiting' | 'sorry'

/** Where a notice leads. The address is our own or one that was checked. */
export type NoticeLink = { readonly href: string; readonly text: string }

export type NoticeContent = {
  readonly kind: NoticeKind
  readonly notice: Notice
  readonly link?: NoticeLink | undefined
  /** a small line at the end, for whoever asks for help */
  readonly reference?: string | undefined
  /** between the text and the link */
  readonly more?: Html | undefined
}

/** The content of a page that says one thing and offers at most one way on. */
export function noticeContent({ common }: Setting, { kind, notice, link, reference, more }: NoticeContent): Html {
  return html`<section class="notice panel">
${icons[kind]}
<h1>${notice.title}</h1>
<p>${notice.text}</p>
${more}${link && html`<a class="button" href="${link.href}">${link.text}</a>`}
${reference !== undefined && html`<p class="small">${common.errorReference} <code>${reference}</code></p>`}
</section>`
}

const icons: Readonly<Record<NoticeKind, Html>> = {
  good: icon('icon', html`<path d="M8 17l6 6 11-13"/>`),
  waiting: icon('icon', html`<path d="M16 8v9l6 4"/>`),
  sorry: icon('icon icon-sorry', html`<path d="M16 9v9M16 23v.01"/>`),
}

function icon(name: string, path: Html): Html {
  return html`<svg class="${name}" viewBox="0 0 32 32" width="56" height="56" aria-hidden="true" focusable="false">${path}</svg>`
}
