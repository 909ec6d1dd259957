import { readFileSync } from 'node:fs'
import type { Bundle } from '../shared/build/bundle.ts'
import { type WidgetLanguage, widgetLanguages } from './offer/words/languages.ts'

/**
 * The most bytes with brotli that a page's widget may load: the element, one language, a loader. Together 9 KB (9,216 bytes). A shop gives
 * away its shoppers' patience here, so a feature that does not fit has to be worth one that goes.
 */
export const sizeLimits = JSON.parse(readFileSync(new URL('size-limit.json', import.meta.url), 'utf8')) as {
  readonly widget: number
  readonly language: number
  readonly loader: number
}

/** The element, and a file for each language. The domain's plan is in it, so a change there makes it new. */
export const widgetBundle: Bundle = {
  name: 'widget',
  entries: {
    widget: 'src/web/widget/browser/main.ts',
    en: 'src/web/widget/offer/words/en.ts',
    it: 'src/web/widget/offer/words/it.ts',
    fr: 'src/web/widget/offer/words/fr.ts',
    de: 'src/web/widget/offer/words/de.ts',
    es: 'src/web/widget/offer/words/es.ts',
    pt: 'src/web/widget/offer/words/pt.ts',
    nl: 'src/web/widget/offer/words/nl.ts',
    fi: 'src/web/widget/offer/words/fi.ts',
    is: 'src/web/widget/offer/words/is.ts',
  } satisfies Record<'widget' | WidgetLanguage, string>,
  inputs: [
    'src/web/widget/bundle.ts',
    'src/web/widget/browser',
    'src/web/widget/offer',
    'src/domain/instalments',
    'src/kernel',
    'src/web/widget/size-limit.json',
  ],
  limits: {
    widget: sizeLimits.widget,
    ...Object.fromEntries(widgetLanguages.map((language) => [language, sizeLimits.language])),
  },
  hasPlainNames: true,
}

/** The script of the page on which the widget is tried. */
export const playgroundBundle: Bundle = {
  name: 'playground',
  entries: { playground: 'src/web/widget/browser/playground.ts' },
  inputs: ['src/web/widget/browser/playground.ts'],
  limits: {},
}
