import type { FastifyRequest } from 'fastify'
import type { App } from '../../app/app.ts'
import { pathOf } from '../../http/error-body.ts'
import { type Language, languageOf, locales } from '../../kernel/language.ts'
import { chooseLanguage } from './language.ts'
import { type CommonWords, commonWords } from './words/index.ts'

/** What every hosted page needs to know of its visitor and its server. */
export type Setting = {
  readonly language: Language
  /** of `language`, for `lang` and for the formats of numbers and dates */
  readonly locale: string
  readonly common: CommonWords
  readonly isSandbox: boolean
  /** path that a proxy adds before every address of ours: `/tercet`, mostly nothing */
  readonly root: string
  /** the page's own address below `root`, without a query: links to its other languages start from it */
  readonly here: string
}

/** The name of the cookie that keeps the language a visitor has chosen. */
export const languageCookie = 'tercet_language'

/**
 * The visitor's language is the one chosen before, else `preferred` (an order may say what its shopper speaks), else what the
 * browser likes best.
 */
export function settingOf(
  app: Pick<App, 'mode' | 'publicUrl'>,
  request: FastifyRequest,
  preferred?: Language | undefined,
): Setting {
  const chosen = languageOf(request.cookies?.[languageCookie])
  const language = chosen ?? preferred ?? chooseLanguage(request.headers['accept-language'])
  return {
    language,
    locale: locales[language],
    common: commonWords[language],
    isSandbox: app.mode === 'sandbox',
    root: rootOf(app.publicUrl),
    here: ownPath(request),
  }
}

/** Behind a proxy the server may live below a path of its own: `https://pay.example/tercet`. A page asks several times, always for the same. */
export function rootOf(publicUrl: string): string {
  if (known?.publicUrl !== publicUrl) known = { publicUrl, root: new URL(publicUrl).pathname.replace(/\/+$/, '') }
  return known.root
}

let known: { readonly publicUrl: string; readonly root: string } | undefined

/**
 * The path that was asked for, fit for a link and a Location header: a second slash at its beginning would make a host of
 * what follows, so an address with anything unusual in it is none.
 */
export function ownPath(request: FastifyRequest): string {
  const path = pathOf(request.url).replace(/\/{2,}/g, '/')
  return /^\/[\w./-]*$/.test(path) ? path : '/'
}
