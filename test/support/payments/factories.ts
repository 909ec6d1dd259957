import { instalmentProducts } from '../../../src/domain/instalments/products.ts'
import type { MerchantTerms } from '../../../src/domain/merchant/terms.ts'
import type { Action, NewPayment, Receipt, StartAttempt } from '../../../src/domain/payment/action.ts'
import type { Card } from '../../../src/domain/payment/card.ts'
import type { DecisionContext } from '../../../src/domain/payment/decide/decision.ts'
import type { CardInstrument, WalletInstrument } from '../../../src/domain/payment/instrument.ts'
import type { Payment, PendingAttempt } from '../../../src/domain/payment/payment.ts'
import type { PaymentState } from '../../../src/domain/payment/state.ts'
import type { Command } from '../../../src/engine/command.ts'
import { EUR } from '../../../src/kernel/currency.ts'
import type { AttemptId, MerchantId, PaymentId } from '../../../src/kernel/ids.ts'
import { newCommandId } from '../../../src/kernel/ids.ts'
import { day, hour, type Instant, instantFromMillis, minute, plus } from '../../../src/kernel/instant.ts'
import { Secret } from '../../../src/kernel/secret.ts'

/** When every made-up thing was created, unless it says otherwise: 8 November 2024, 13:06:17.858 UTC. */
export const someTime: Instant = instantFromMillis(Date.UTC(2024, 10, 8, 13, 6, 17, 858))

export const somePaymentId = 'A7K2QXJ4MZ0P' as PaymentId

/** The first of many ids: `anAttemptId(2)` ends in 2. */
export function anAttemptId(number = 1): AttemptId {
  return `00000000-0000-4000-8000-${String(number).padStart(12, '0')}` as AttemptId
}

/** 5 % and 22 % tax on the fee, 5.00 to 2000.00 EUR: the terms of the sandbox's first merchant. */
export function aMerchant(overrides: Partial<MerchantTerms> = {}): MerchantTerms {
  const limits = { minimum: 500n, maximum: 200_000n }
  return {
    id: 1 as MerchantId,
    name: 'Bottega Verdi',
    prefix: 'A7K2',
    currency: 'EUR',
    feePpm: 50_000,
    feeTaxPpm: 220_000,
    // Sold in euros alone, and the database takes them of no other merchant.
    products:
      (overrides.currency ?? 'EUR') === 'EUR' ? instalmentProducts.map((product) => ({ product, ...limits })) : [],
    maximumOrderExpiryMs: 6_000_000,
    expiryWarningLeadMs: 86_400_000,
    timeZone: 'Europe/Rome',
    ...overrides,
  }
}

export function aContext(overrides: Partial<DecisionContext> = {}): DecisionContext {
  return { merchant: aMerchant(), paymentId: somePaymentId, now: someTime, ...overrides }
}

export function aCard(overrides: Partial<{ number: string; securityCode: string } & CardInstrument> = {}): Card {
  return {
    number: new Secret(overrides.number ?? '4242424242424242'),
    securityCode: new Secret(overrides.securityCode ?? '123'),
    expiryMonth: overrides.expiryMonth ?? 12,
    expiryYear: overrides.expiryYear ?? 2099,
  }
}

export function anInstrument(overrides: Partial<CardInstrument> = {}): CardInstrument {
  return { kind: 'card', brand: 'visa', last4: '4242', expiryMonth: 12, expiryYear: 2099, ...overrides }
}

/** An order of 100.00 EUR that may wait forty minutes. */
export function aNewPayment(overrides: Partial<NewPayment> = {}): NewPayment {
  return {
    protocol: 'scalapay',
    product: 'pay-in-3',
    funding: 'shopper',
    currency: EUR,
    total: 10_000n,
    merchantReference: 'ORDER-1',
    expiryMs: 2_400_000,
    details: '{}',
    ...overrides,
  }
}

export function anAttempt(overrides: Partial<StartAttempt> = {}): StartAttempt {
  return {
    attemptId: anAttemptId(),
    purpose: 'authorize',
    acquirer: 'sandbox',
    instrument: anInstrument(),
    ...overrides,
  }
}

export function aPendingAttempt(overrides: Partial<PendingAttempt> = {}): PendingAttempt {
  return {
    id: anAttemptId(),
    purpose: 'authorize',
    acquirer: 'sandbox',
    amount: 10_000n,
    startedAt: someTime,
    abandoned: false,
    ...overrides,
  }
}

/** Asks for a new order unless told otherwise; the id is fresh each time. */
export function aCommand(overrides: Partial<Command> = {}): Command {
  const action: Action = { kind: 'create', ...aNewPayment() }
  return { id: newCommandId(), merchant: aMerchant(), paymentId: null, action, ...overrides }
}

/**
 * A payment whose amounts and times fit its state: `aPayment({ state: 'captured' })` has all of its total captured.
 * What is given wins, also where it makes a payment that could never be.
 */
export function aPayment(overrides: Partial<Payment> = {}): Payment {
  const state = overrides.state ?? 'created'
  const total = overrides.total ?? 10_000n
  return { ...aCreatedPayment(total), ...factsOf(state, total), state, ...overrides }
}

function aCreatedPayment(total: bigint): Payment {
  const expiresAt = plus(someTime, 40n * minute)
  return {
    merchantId: 1 as MerchantId,
    id: somePaymentId,
    protocol: 'scalapay',
    product: 'pay-in-3',
    funding: 'shopper',
    state: 'created',
    currency: EUR,
    total,
    authorized: 0n,
    captured: 0n,
    refunded: 0n,
    reduced: 0n,
    received: 0n,
    settled: 0n,
    feePpm: 50_000,
    feeTaxPpm: 220_000,
    merchantReference: 'ORDER-1',
    processorReference: null,
    sequence: 1,
    createdAt: someTime,
    changedAt: someTime,
    expiresAt,
    timerAt: expiresAt,
    authorizedAt: null,
    delayedAt: null,
    capturedAt: null,
    voidedAt: null,
    instrument: null,
    pendingAttempt: null,
    captures: [],
    railReference: null,
    failure: null,
  }
}

const receivedFacts = { funding: 'none', instrument: aWallet() } as const

/** What money came into that nobody collected. */
export function aWallet(overrides: Partial<WalletInstrument> = {}): WalletInstrument {
  return { kind: 'wallet', network: '321', address: `0x${'a'.repeat(40)}`, asset: 'USDT', ...overrides }
}

export function aReceipt(overrides: Partial<Receipt> = {}): Receipt {
  return { step: 'seen', credit: '321/0xabc/0', amount: 10_000n, tolerance: 0n, wallet: aWallet(), ...overrides }
}

const ended = { expiresAt: null, timerAt: null } as const

function factsOf(state: PaymentState, total: bigint): Partial<Payment> {
  const expiresAt = plus(someTime, 5n * day)
  const authorized: Partial<Payment> = {
    sequence: 3,
    authorized: total,
    authorizedAt: someTime,
    instrument: anInstrument(),
    railReference: 'rail-1',
    expiresAt,
    timerAt: plus(expiresAt, -24n * hour),
  }
  const captured: Partial<Payment> = {
    ...authorized,
    ...ended,
    sequence: 4,
    captured: total,
    capturedAt: someTime,
    captures: [{ amount: total, at: someTime }],
  }
  const facts: Record<PaymentState, Partial<Payment>> = {
    created: {},
    processing: { ...receivedFacts, sequence: 2, received: total, timerAt: null },
    authorized,
    delayed: { ...authorized, sequence: 4, delayedAt: someTime },
    captured,
    partially_refunded: { ...captured, sequence: 5, refunded: total / 2n },
    refunded: { ...captured, sequence: 5, refunded: total },
    voided: { ...authorized, ...ended, sequence: 4, voidedAt: someTime },
    expired: { ...ended, sequence: 2 },
    lapsed: { ...authorized, ...ended, sequence: 4 },
    failed: { ...ended, sequence: 2, failure: 'card_declined' },
  }
  return facts[state]
}
