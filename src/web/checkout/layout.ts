import { type Html, html } from '../shared/html.ts'
import { styleSheet } from './style-sheet.ts'
import type { Words } from './words/index.ts'

/** What every page of the checkout needs to know. */
export type Setting = {
  readonly words: Words
  readonly isSandbox: boolean
  /** path of the checkout without a trailing slash, below whatever prefix a proxy adds: `/checkout` */
  readonly base: string
}

/** The whole document. `title` is also what a screen reader says first. */
export function layout({ words, isSandbox, base }: Setting, title: string, main: Html): string {
  return html`<!doctype html>
<html lang="${words.locale}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<meta name="color-scheme" content="light dark">
<meta name="format-detection" content="telephone=no">
<title>${title}</title>
<link rel="stylesheet" href="${base}${styleSheet.path}">
</head>
<body>
<div class="page">
<header class="top">
<span class="brand">${mark}Tercet</span>
${isSandbox && html`<span class="badge">${words.sandbox}</span>`}
</header>
<main>${main}</main>
${isSandbox && html`<footer class="bottom"><p>${words.sandboxFooter}</p></footer>`}
</div>
</body>
</html>
`.toString()
}

/** Three lines: a tercet. */
const mark = html`<svg class="mark" viewBox="0 0 24 24" width="24" height="24" aria-hidden="true" focusable="false"><rect x="2" y="4" width="20" height="4" rx="2"/><rect x="2" y="10" width="14" height="4" rx="2"/><rect x="2" y="16" width="8" height="4" rx="2"/></svg>`
