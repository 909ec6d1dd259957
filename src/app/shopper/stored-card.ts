import type { CardInstrument } from '../../domain/payment/instrument.ts'

/** A card that an acquirer keeps for the shopper. */
export type StoredCard = Pick<CardInstrument, 'brand' | 'last4' | 'expiryMonth' | 'expiryYear'> & {
  /** what attempts are filed under */
  readonly acquirer: string
  /** base64 of the encrypted name that the acquirer knows it by: an authorized payment's instrument has it as its token */
  readonly sealedToken: string
}
