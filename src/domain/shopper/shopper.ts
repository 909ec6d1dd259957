import type { Brand } from '../../kernel/brand.ts'
import type { Instant } from '../../kernel/instant.ts'
import type { Language } from '../../kernel/language.ts'
import type { CardBrand } from '../payment/instrument.ts'
import type { Profile } from './profile.ts'

export type ShopperId = Brand<string, 'ShopperId'>

export type ShopperState = 'active' | 'blocked' | 'erased'

/** A person with an account. Without a profile until they have said who they are. */
export type Shopper = {
  readonly id: ShopperId
  readonly email: string | null
  readonly phone: string | null
  readonly profile: Profile | null
  readonly language: Language
  readonly state: ShopperState
  readonly createdAt: Instant
}

/** What is kept of a card, less the acquirer's token. */
export type SavedCard = {
  readonly id: string
  readonly brand: CardBrand
  readonly last4: string
  readonly expiryMonth: number
  readonly expiryYear: number
  readonly acquirer: string
  readonly isDefault: boolean
}
