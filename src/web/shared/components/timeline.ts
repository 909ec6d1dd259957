import { type Html, type HtmlValue, html } from '../html.ts'

export type TimelineStep = {
  readonly when: HtmlValue
  readonly amount: string
  /** `now` stands out, `off` is struck out */
  readonly kind?: 'now' | 'off' | undefined
  /** after the amount: a badge */
  readonly mark?: Html | undefined
}

/** What is paid when, in its order. */
export function timeline(steps: readonly TimelineStep[]): Html {
  const step = ({ when, amount, kind, mark }: TimelineStep) => html`
<li${kind && html` class="${kind}"`}><span class="step" aria-hidden="true"></span><span class="when">${when}</span> <span class="part">${amount}</span>${mark && html` ${mark}`}</li>`
  return html`<ol class="timeline">${steps.map(step)}</ol>`
}
