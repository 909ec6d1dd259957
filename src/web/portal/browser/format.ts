import { useContext } from 'react'
import { ShopContext } from './shop.ts'
import { useLanguage } from './words/index.ts'

export type Money = { readonly amount: string; readonly currency: string }

const locales = { en: 'en-GB', it: 'it-IT' } as const

/** Money and time as people write them in the chosen language; times are told in the shop's zone, wherever its reader sits. */
export function useFormat() {
  const { language } = useLanguage()
  const locale = locales[language]
  const zone = useContext(ShopContext)?.timeZone
  const inZone = zone === undefined ? {} : { timeZone: zone }
  const time = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short', ...inZone })
  const day = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', ...inZone })
  const date = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' })
  return {
    // The decimal text itself is formatted: no amount becomes a binary fraction on its way.
    money: ({ amount, currency }: Money) =>
      new Intl.NumberFormat(locale, {
        ...{ style: 'currency', currency, minimumFractionDigits: placesOf(amount), useGrouping: 'always' },
      }).format(amount as Intl.StringNumericLiteral),
    time: (iso: string) => time.format(new Date(iso)),
    day: (iso: string) => day.format(new Date(iso)),
    /** a day that is one already, `2026-11-25`: of no zone */
    date: (text: string) => date.format(new Date(`${text}T00:00:00Z`)),
    /** a day below a picture of some days: of a week its weekday, of more its month */
    shortDay: (text: string, shown: number) =>
      new Intl.DateTimeFormat(locale, {
        timeZone: 'UTC',
        day: 'numeric',
        ...(shown > 7 ? { month: 'short' } : { weekday: 'short' }),
      }).format(new Date(`${text}T00:00:00Z`)),
    /** a round amount beside a picture */
    roughly: (amount: number, currency: string) =>
      new Intl.NumberFormat(locale, {
        ...{ style: 'currency', currency, notation: 'compact', maximumFractionDigits: 1, minimumFractionDigits: 0 },
      }).format(amount),
    percent: (part: number) =>
      new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 }).format(part),
  }
}

/** `19,50` as it is typed in Italy, as a decimal with a dot. */
export function decimalTyped(amount: string): string {
  return amount.trim().replace(',', '.')
}

function placesOf(amount: string): number {
  return amount.split('.')[1]?.length ?? 0
}
