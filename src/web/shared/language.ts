import { type Language, languageOf } from '../../kernel/language.ts'

/** What each language calls itself: whoever looks for theirs may read no other. */
export const languageNames: Readonly<Record<Language, string>> = {
  en: 'English',
  it: 'Italiano',
  fr: 'Français',
  de: 'Deutsch',
  es: 'Español',
  pt: 'Português',
  nl: 'Nederlands',
  fi: 'Suomi',
  is: 'Íslenska',
}

/** English when the browser asks for nothing we have: it is the language most readers of any other one know best. */
const usual: Language = 'en'

/** Longer headers are cut: no browser sends them. */
const longest = 512

/** The language the browser likes best of those we have (RFC 9110, 12.5.4); among equals, the one it names first. */
export function chooseLanguage(acceptLanguage: string | undefined): Language {
  let best: { language: Language; quality: number } | undefined
  for (const range of (acceptLanguage ?? '').slice(0, longest).split(',')) {
    const wish = wishOf(range)
    if (wish && wish.quality > (best?.quality ?? 0)) best = wish
  }
  return best?.language ?? usual
}

/** `it-IT;q=0.8` is Italian at 0.8; undefined for languages we lack. `*` is whatever we like: the usual one. */
function wishOf(range: string): { language: Language; quality: number } | undefined {
  const [tag = '', ...parameters] = range.toLowerCase().split(';')
  const primary = tag.trim().split('-')[0]
  const language = primary === '*' ? usual : languageOf(primary)
  return language && { language, quality: qualityOf(parameters) }
}

function qualityOf(parameters: readonly string[]): number {
  const quality = parameters.map((each) => /^\s*q\s*=\s*([01](?:\.\d{0,3})?)\s*$/.exec(each)?.[1]).find(Boolean)
  return quality === undefined ? 1 : Math.min(Number(quality), 1)
}
