import type { Address, ChainId, Hash } from '../../../src/domain/chain/address.ts'
import type { ChainTransfer } from '../../../src/domain/chain/chain.ts'
import type { Candidate } from '../../../src/domain/chain/match-transfer.ts'
import type { Currency } from '../../../src/kernel/currency.ts'
import type { MerchantId, PaymentId } from '../../../src/kernel/ids.ts'
import { day, minute, plus } from '../../../src/kernel/instant.ts'
import { tokenAmount } from '../../../src/kernel/token-amount.ts'
import { someTime } from '../payments/factories.ts'

export function anAddress(number: number): Address {
  return `0x${number.toString(16).padStart(40, '0')}` as Address
}

export function aHash(number: number): Hash {
  return `0x${number.toString(16).padStart(64, '0')}` as Hash
}

/** Two dollars and a half in a token that has ten cents to the unit, or whatever the test makes of it. */
export function anOpenAmount(overrides: Partial<Candidate> = {}): Candidate {
  return {
    merchantId: 1 as MerchantId,
    paymentId: 'TESTAAAAAAAA' as PaymentId,
    number: 1,
    chainId: 321 as ChainId,
    token: anAddress(50),
    recipient: anAddress(60),
    units: tokenAmount(5_000n),
    received: tokenAmount(0n),
    currency: 'USD' as Currency,
    minor: 250n,
    confirmations: null,
    tolerancePpm: 0,
    createdAt: someTime,
    expiresAt: plus(someTime, 15n * minute),
    watchedUntil: plus(someTime, day),
    hints: [],
    payers: [],
    ...overrides,
  }
}

/** Somebody's transfer to that wallet, a minute after. */
export function aChainTransfer(overrides: Partial<ChainTransfer> = {}): ChainTransfer {
  return {
    chainId: 321 as ChainId,
    transaction: aHash(1_000),
    logIndex: 0,
    token: anAddress(50),
    from: anAddress(2),
    to: anAddress(60),
    units: tokenAmount(5_000n),
    block: { number: 100n, hash: aHash(2_000) },
    at: plus(someTime, minute),
    ...overrides,
  }
}
