import { type Html, html } from '../shared/html.ts'

/** A text to be copied exactly, without its `unit`, and a button that does it; the button shows itself where there is a script. */
export function copied(text: string, label: string, unit?: string): Html {
  return html`<span class="copied"><span><code>${text}</code>${unit && html` ${unit}`}</span><button type="button" class="copy" data-copy="${text}" aria-label="${label}" title="${label}" hidden>${copyIcon}</button></span>`
}

const copyIcon = html`<svg viewBox="0 0 24 24" width="20" height="20" aria-hidden="true" focusable="false"><rect x="9" y="9" width="11" height="11" rx="2"/><path d="M5 15V6a2 2 0 0 1 2-2h8"/></svg>`
