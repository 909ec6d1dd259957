import { EUR } from '../../kernel/currency.ts'

/** One payment to the next, or for pay later the wait before the only one: `{ number: 14, frequencyType: 'daily' }`. */
export type Frequency = { readonly number: number; readonly frequencyType: 'daily' | 'weekly' | 'monthly' }

export type ProductRule = {
  /** how many instalments */
  readonly count: number
  readonly frequency: Frequency
  /** whether the first instalment is due at once; otherwise it waits one frequency, which the order may replace */
  readonly startsAtOnce: boolean
}

const monthly = { number: 1, frequencyType: 'monthly' } as const

/**
 * Every product that is sold in instalments, the best known first. This is the only list of them: what an order may
 * ask for, what a shop is told it may offer, the plans of checkout and widget and what is collected follow from it.
 */
export const productRules = {
  'pay-in-3': { count: 3, frequency: monthly, startsAtOnce: true },
  'pay-in-4': { count: 4, frequency: monthly, startsAtOnce: true },
  later: { count: 1, frequency: { number: 14, frequencyType: 'daily' }, startsAtOnce: false },
} as const satisfies Readonly<Record<string, ProductRule>>

export type InstalmentProduct = keyof typeof productRules

export const instalmentProducts = Object.keys(productRules) as readonly InstalmentProduct[]

/** The only currency that instalments are sold in. */
export const instalmentCurrency = EUR

export function isInstalmentProduct(name: string): name is InstalmentProduct {
  return Object.hasOwn(productRules, name)
}

/** In the order of the list above; names it does not know come last, as they came. */
export function byProductOrder(one: { readonly product: string }, other: { readonly product: string }): number {
  return placeOf(one.product) - placeOf(other.product)
}

function placeOf(name: string): number {
  return isInstalmentProduct(name) ? instalmentProducts.indexOf(name) : instalmentProducts.length
}
