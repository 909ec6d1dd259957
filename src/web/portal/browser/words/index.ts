import { createContext, useContext } from 'react'
import { en, type Words } from './en.ts'
import { it } from './it.ts'

export type { Words } from './en.ts'

export const languages = { en, it } as const

export type Language = keyof typeof languages

const storageKey = 'tercet-portal-language'

/** What the person chose before, else what the browser speaks. */
export function firstLanguage(): Language {
  const wished = [localStorage.getItem(storageKey), ...navigator.languages].map((each) => each?.slice(0, 2))
  return wished.find((each): each is Language => each === 'en' || each === 'it') ?? 'en'
}

export function keepLanguage(language: Language): void {
  localStorage.setItem(storageKey, language)
  document.documentElement.lang = language
}

export const LanguageContext = createContext<{ language: Language; choose: (language: Language) => void }>({
  language: 'en',
  choose: () => undefined,
})

export function useWords(): Words {
  return languages[useContext(LanguageContext).language]
}

export function useLanguage() {
  return useContext(LanguageContext)
}
