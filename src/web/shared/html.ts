import { assert } from '../../kernel/assert.ts'

/** Text that is markup already: only `html` makes it, so nothing that came from outside can claim to be. */
export class Html {
  readonly #markup: string

  private constructor(markup: string) {
    this.#markup = markup
  }

  static fromTemplate(strings: TemplateStringsArray, values: readonly HtmlValue[]): Html {
    checkQuotes(strings)
    let markup = strings.raw[0] ?? ''
    for (let at = 0; at < values.length; at++) markup += markupOf(values[at]) + strings.raw[at + 1]
    return new Html(markup)
  }

  toString(): string {
    return this.#markup
  }
}

/** What a template may hold. Nothing is printed for `undefined`, `null` and `false`, so `${isX && html`...`}` works. */
export type HtmlValue = Html | string | number | bigint | false | null | undefined | readonly HtmlValue[]

/**
 * Markup with every value escaped, for text and for quoted attributes: html`<p title="${name}">${items}</p>`. Not for
 * what lies inside script or style elements, nor for the scheme of a URL: the caller says where a link may lead.
 */
export function html(strings: TemplateStringsArray, ...values: readonly HtmlValue[]): Html {
  return Html.fromTemplate(strings, values)
}

/** A template is looked at once: to look at what was written so far for each value was a fifth of a page. */
const checked = new WeakSet<TemplateStringsArray>()

function checkQuotes(strings: TemplateStringsArray): void {
  if (checked.has(strings)) return
  for (const before of strings.raw.slice(0, -1))
    assert(!/=\s*$/.test(before), 'a value in an attribute stands between quotes')
  checked.add(strings)
}

function markupOf(value: HtmlValue): string {
  if (value === undefined || value === null || value === false) return ''
  if (value instanceof Html) return value.toString()
  return Array.isArray(value) ? value.map(markupOf).join('') : escapeText(String(value))
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  '`': '&#96;',
}

/** NUL and other control characters have no place in a page: browsers show them differently or not at all. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are exactly what must not be there
const control = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/g

/** Most texts hold none of what is replaced below: half of a surrogate pair is looked for only where there are surrogates. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: as above
const unusual = /[&<>"'`\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ud800-\udfff]/

function escapeText(text: string): string {
  if (!unusual.test(text)) return text
  return text
    .toWellFormed()
    .replace(control, '\ufffd')
    .replace(/[&<>"'`]/g, (character) => entities[character] ?? '')
}
