import { type Html, html } from '../shared/html.ts'
import { layout, type Setting } from './layout.ts'
import type { Notice } from './words/index.ts'

/** Where a notice leads. The address is our own or one that `isRedirectUrl` has checked. */
export type NoticeLink = { readonly href: string; readonly text: string }

export type NoticeKind = 'good' | 'waiting' | 'sorry'

export type NoticePage = {
  readonly kind: NoticeKind
  readonly notice: Notice
  readonly link?: NoticeLink | undefined
  /** a small line at the end, for whoever asks for help */
  readonly reference?: string | undefined
}

/** A page that says one thing and offers at most one way on. */
export function noticePage(setting: Setting, { kind, notice, link, reference }: NoticePage): string {
  const main = html`<section class="notice notice-${kind}">
${icons[kind]}
<h1>${notice.title}</h1>
<p>${notice.text}</p>
${link && html`<a class="button" href="${link.href}">${link.text}</a>`}
${reference !== undefined && html`<p class="small">${setting.words.errorReference} <code>${reference}</code></p>`}
</section>`
  return layout(setting, notice.title, main)
}

const icons: Readonly<Record<NoticeKind, Html>> = {
  good: icon(html`<path d="M8 17l6 6 11-13"/>`),
  waiting: icon(html`<path d="M16 8v9l6 4"/>`),
  sorry: icon(html`<path d="M16 9v9M16 23v.01"/>`),
}

function icon(path: Html): Html {
  return html`<svg class="icon" viewBox="0 0 32 32" width="56" height="56" aria-hidden="true" focusable="false">${path}</svg>`
}
