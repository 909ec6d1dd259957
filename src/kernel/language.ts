/** Every language that people are spoken to in, on pages and in messages (ISO 639-1). */
export const languages = ['en', 'it', 'fr', 'de', 'es', 'pt', 'nl', 'fi', 'is'] as const

export type Language = (typeof languages)[number]

/** For `lang`, and for the formats of numbers and dates. */
export const locales: Readonly<Record<Language, string>> = {
  en: 'en-GB',
  it: 'it-IT',
  fr: 'fr-FR',
  de: 'de-DE',
  es: 'es-ES',
  pt: 'pt-PT',
  nl: 'nl-NL',
  fi: 'fi-FI',
  is: 'is-IS',
}

/** The value as a language we have; undefined for anything else. */
export function languageOf(value: unknown): Language | undefined {
  return languages.find((each) => each === value)
}
