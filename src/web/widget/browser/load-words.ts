import type { WidgetLanguage } from '../offer/words/languages.ts'
import type { WidgetWords } from '../offer/words/words.ts'

/** The language's file stands beside this one: each is an entry of the bundle, and nobody pays for the other eight. */
export async function loadWords(language: WidgetLanguage): Promise<WidgetWords> {
  return (await import(/* @vite-ignore */ `./${language}.js`)).default
}
