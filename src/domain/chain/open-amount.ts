import type { Currency } from '../../kernel/currency.ts'
import type { MerchantId, PaymentId } from '../../kernel/ids.ts'
import { type Instant, minute } from '../../kernel/instant.ts'
import { noUnits, subtractUnits, type TokenAmount, tokenAmount } from '../../kernel/token-amount.ts'
import type { Address, ChainId } from './address.ts'

/**
 * What a payment asks for on one chain in one token: an exact number of units that no other open payment asks of the same wallet. A payment
 * has one for each choice that its shopper made; all of them stay open until they are no longer watched.
 */
export type OpenAmount = {
  readonly merchantId: MerchantId
  readonly paymentId: PaymentId
  /** from 1 within its payment */
  readonly number: number
  readonly chainId: ChainId
  readonly token: Address
  readonly recipient: Address
  readonly units: TokenAmount
  /** received for it so far and not undone */
  readonly received: TokenAmount
  readonly currency: Currency
  /** what `units` stand for, in minor units of `currency` */
  readonly minor: bigint
  /** null leaves it to the chain */
  readonly confirmations: number | null
  readonly tolerancePpm: number
  readonly createdAt: Instant
  /** until then the rate holds */
  readonly expiresAt: Instant
  /** until then what arrives is still taken for this payment */
  readonly watchedUntil: Instant
}

/** What is still due; nothing once all has arrived. */
export function dueUnits({ units, received }: Pick<OpenAmount, 'units' | 'received'>): TokenAmount {
  return received < units ? subtractUnits(units, received) : noUnits
}

/** The least that counts as all of it. */
export function leastUnits({ units, tolerancePpm }: Pick<OpenAmount, 'units' | 'tolerancePpm'>): TokenAmount {
  return subtractUnits(units, tokenAmount((units * BigInt(tolerancePpm)) / 1_000_000n))
}

/** A rate holds a little longer than is shown: a transfer that was sent in time need not be in a block in time. */
const lateAfter = 2n * minute

/** Whether a transfer came after the rate had ended. It may still be taken, at the price of its own time. */
export function isLate(at: Instant, { expiresAt }: Pick<OpenAmount, 'expiresAt'>): boolean {
  return at > expiresAt + lateAfter
}
