export const widgetLanguages = ['en', 'it', 'fr', 'de', 'es', 'pt', 'nl', 'fi', 'is'] as const

export type WidgetLanguage = (typeof widgetLanguages)[number]

/** `it` of `it-IT`; English for every language that we lack, and without any. */
export function languageOf(tag: string | null | undefined): WidgetLanguage {
  return widgetLanguages.find((each) => tag?.toLowerCase().startsWith(each)) ?? 'en'
}
