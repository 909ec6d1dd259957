import { useLanguage } from './words/index.ts'

export type Money = { readonly amount: string; readonly currency: string }

const locales = { en: 'en-GB', it: 'it-IT' } as const

/** Money and time as people write them in the chosen language. */
export function useFormat() {
  const { language } = useLanguage()
  const locale = locales[language]
  const time = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' })
  const day = new Intl.DateTimeFormat(locale, { dateStyle: 'medium' })
  return {
    // The decimal text itself is formatted: no amount becomes a binary fraction on its way.
    money: ({ amount, currency }: Money) =>
      new Intl.NumberFormat(locale, { style: 'currency', currency, minimumFractionDigits: placesOf(amount) }).format(
        amount as Intl.StringNumericLiteral,
      ),
    time: (iso: string) => time.format(new Date(iso)),
    day: (iso: string) => day.format(new Date(iso)),
    percent: (part: number) =>
      new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 }).format(part),
  }
}

function placesOf(amount: string): number {
  return amount.split('.')[1]?.length ?? 0
}
