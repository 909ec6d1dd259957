export type CardBrand = 'visa' | 'mastercard' | 'other'

/** What is kept of a card. */
export type CardInstrument = {
  readonly kind: 'card'
  readonly brand: CardBrand
  readonly last4: string
  readonly expiryMonth: number
  readonly expiryYear: number
  /** the acquirer's name for a card that it keeps, encrypted, as base64; never its number */
  readonly token?: string
}

/** The merchant's own wallet that a payment came into. Nobody but the merchant can move what is in it. */
export type WalletInstrument = {
  readonly kind: 'wallet'
  /** the network it is on, as the rail numbers it: the chain id `321` */
  readonly network: string
  readonly address: string
  /** symbol of what arrived, for people to read */
  readonly asset: string
}

/** What a payment is paid with. */
export type Instrument = CardInstrument | WalletInstrument
