import { type Language, languages, locales } from '../../kernel/language.ts'
import { type Html, html } from './html.ts'
import { languageNames } from './language.ts'
import type { Setting } from './setting.ts'
import type { Asset } from './style/asset.ts'
import { icon } from './style/icon.ts'
import { script } from './style/script.ts'
import { styleSheet } from './style/style-sheet.ts'

export type Page = {
  /** also what a screen reader says first */
  readonly title: string
  readonly main: Html
  /** whose page it is; ours without */
  readonly brand?: Html | undefined
  /** links at the end of the header */
  readonly links?: Html | undefined
  /** a style sheet of the page's own, beside the common one */
  readonly style?: Asset | undefined
  /** at the end of the head: a script of the page's own */
  readonly head?: Html | undefined
  /** there is no other language to switch to */
  readonly isEnglishOnly?: boolean | undefined
}

/** The whole document of a hosted page. It is complete without script; the script only makes it more comfortable. */
export function layout(setting: Setting, { title, main, brand, links, style, head, isEnglishOnly }: Page): string {
  const { locale, common, isSandbox, root } = setting
  return html`<!doctype html>
<html lang="${locale}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<meta name="color-scheme" content="light dark">
<meta name="format-detection" content="telephone=no">
<title>${title}</title>
<link rel="icon" href="${root}${icon.path}" type="${icon.type}">
<link rel="stylesheet" href="${root}${styleSheet.path}">${
    style &&
    html`
<link rel="stylesheet" href="${root}${style.path}">`
  }
<script src="${root}${script.path}" defer></script>${head}
</head>
<body>
<div class="page">
<a class="skip" href="#main">${common.skip}</a>
<header class="top">
${brand ?? ownBrand}
${links}${isSandbox && html`<span class="badge badge-note">${common.sandbox}</span>`}
</header>
<main id="main">${main}</main>
<footer class="bottom">
${!isEnglishOnly && languageSwitch(setting)}
<p>${isSandbox ? common.sandboxFooter : html`${brand && html`Tercet`}`}</p>
</footer>
</div>
</body>
</html>
`.toString()
}

function languageSwitch({ language, common, root, here }: Setting): Html {
  const others = languages.filter((each) => each !== language)
  const link = (each: Language): Html => {
    const href = `${root}${here}?lang=${each}`
    return html`<li><a href="${href}" lang="${locales[each]}" hreflang="${each}">${languageNames[each]}</a></li>`
  }
  return html`<details class="languages"><summary><span class="hidden">${common.language}: </span>${languageNames[language]}</summary>
<nav aria-label="${common.language}"><ul>${others.map(link)}</ul></nav></details>`
}

/** Three lines: a tercet. */
const ownBrand = html`<span class="brand"><svg class="mark" viewBox="0 0 24 24" width="24" height="24" aria-hidden="true" focusable="false"><rect x="2" y="4" width="20" height="4" rx="2"/><rect x="2" y="10" width="14" height="4" rx="2"/><rect x="2" y="16" width="8" height="4" rx="2"/></svg>Tercet</span>`
