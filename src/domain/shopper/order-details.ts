import type { Language } from '../../kernel/language.ts'

/** One thing that is bought, as the shop calls it. Text of merchants may be hostile; amounts are minor units. */
export type OrderItem = {
  readonly name: string
  readonly quantity: number
  readonly price: bigint | null
  /** an address that the merchant wrote: never for a shopper's browser */
  readonly imageUrl: string | null
}

/** What an order says of itself beside its amount: for the shopper to recognise it, and to spare them typing. */
export type OrderDetails = {
  /** at most `mostItems`; `itemCount` is how many there are */
  readonly items: readonly OrderItem[]
  readonly itemCount: number
  readonly shipping: bigint | null
  readonly discount: bigint | null
  readonly tax: bigint | null
  readonly language: Language | undefined
  /** the order does not say as which product it is paid: its shopper may choose */
  readonly isProductOpen: boolean
  readonly email: string
  readonly phone: string
  readonly givenNames: string
  readonly surname: string
  readonly address: string
  readonly postcode: string
  readonly city: string
  /** ISO 3166-1, two letters; empty when unknown */
  readonly country: string
}

/** More of them make no page easier to check. */
export const mostItems = 20
