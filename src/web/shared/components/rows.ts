import { type Html, type HtmlValue, html } from '../html.ts'

export type Row = { readonly name: HtmlValue; readonly value: HtmlValue; readonly isTotal?: boolean }

/** Names and their values, one pair a line; a total stands out. */
export function rows(list: readonly Row[]): Html {
  const row = ({ name, value, isTotal }: Row) =>
    html`<div${isTotal && html` class="total"`}><dt>${name}</dt><dd>${value}</dd></div>`
  return html`<dl class="rows">${list.map(row)}</dl>`
}
