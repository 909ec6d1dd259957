import { html } from '../shared/html.ts'
import { layout } from '../shared/layout.ts'
import type { Setting } from '../shared/setting.ts'

/** Says nothing to people who try addresses. */
export function livePage(setting: Setting): string {
  const main = html`<div class="narrow"><h1>A Tercet payments server</h1></div>`
  return layout(setting, { title: 'Tercet', main, isEnglishOnly: true })
}
