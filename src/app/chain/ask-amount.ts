import { randomInt } from 'node:crypto'
import type pg from 'pg'
import {
  type AmountPlace,
  findTakenAmounts,
  insertAmount,
  listAmounts,
  type QuotedAmount,
} from '../../db/chain/amounts.ts'
import { findChainTerms } from '../../db/chain/chain-terms.ts'
import { listChains } from '../../db/chain/chains.ts'
import { listWallets } from '../../db/chain/wallets.ts'
import { listUnreadable } from '../../db/chain/watch.ts'
import { type Address, type ChainId, coin } from '../../domain/chain/address.ts'
import type { Chain, Token } from '../../domain/chain/chain.ts'
import type { ChainTerms } from '../../domain/chain/chain-terms.ts'
import { firstExactAmount, freeExactAmount, mostSteps, raisedBy } from '../../domain/chain/exact-amount.ts'
import { confirmationsFor } from '../../domain/chain/finality.ts'
import { dueUnits } from '../../domain/chain/open-amount.ts'
import { type PriceRefusal, withSpread } from '../../domain/chain/price.ts'
import type { Payment } from '../../domain/payment/payment.ts'
import { type Instant, millisecond, plus } from '../../kernel/instant.ts'
import { ok, type Result, refuse } from '../../kernel/result.ts'
import { noUnits, type TokenAmount } from '../../kernel/token-amount.ts'
import type { PriceBook } from '../../rails/quotes/price-book.ts'

/** One way to pay: a token on a chain, to the merchant's wallet there. */
export type PaymentChoice = { readonly chain: Chain; readonly token: Token; readonly recipient: Address }

export type AskRefusal =
  /** the merchant takes nothing like it */
  | { readonly reason: 'not_offered' }
  | PriceRefusal
  /** more open payments ask one wallet for nearly the same than there are amounts to tell them apart */
  | { readonly reason: 'no_free_amount' }
  /** the payment is paid, or over */
  | { readonly reason: 'not_open' }

export type AskParts = { readonly pool: pg.Pool; readonly prices: PriceBook }

type AskedPayment = Pick<Payment, 'merchantId' | 'id' | 'state' | 'currency' | 'total' | 'received'>

/**
 * What a shopper may choose from: the merchant's chains that have a wallet and an endpoint and can be read, with their tokens; the tokens first, coins
 * last. What was chosen before its chain could not be read any more stays.
 */
export async function listChoices(pool: pg.Pool, merchantId: Payment['merchantId']): Promise<PaymentChoice[]> {
  const [chains, unreadable, wallets, terms] = await Promise.all([
    listChains(pool),
    listUnreadable(pool),
    listWallets(pool, merchantId),
    findChainTerms(pool, merchantId),
  ])
  const current = new Map(wallets.filter(({ isCurrent }) => isCurrent).map((each) => [each.chainId, each.address]))
  return chains.flatMap((chain) => {
    const recipient = current.get(chain.id)
    if (!recipient || chain.endpoints.length === 0 || unreadable.has(chain.id)) return []
    if (!allows(terms.chains, chain.id)) return []
    return chain.tokens
      .filter(({ symbol }) => allows(terms.tokens, symbol))
      .toSorted((a, b) => Number(a.address === coin) - Number(b.address === coin))
      .map((token) => ({ chain, token, recipient }))
  })
}

function allows<T>(list: readonly T[], value: T): boolean {
  return list.length === 0 || list.includes(value)
}

/**
 * The exact amount that a payment asks for in a token, the same one for as long as its rate holds. A new one is rounded up and raised by as few
 * steps as make it the only one of its wallet; the database refuses a second, and then the next is tried.
 */
export async function askAmount(
  { pool, prices }: AskParts,
  payment: AskedPayment,
  wish: { readonly chainId: ChainId; readonly token: Address },
  now: Instant,
): Promise<Result<QuotedAmount, AskRefusal>> {
  const standing = await findStanding(pool, payment, wish, now)
  if (standing) return ok(standing)
  if (payment.state !== 'created') return refuse({ reason: 'not_open' })
  const choices = await listChoices(pool, payment.merchantId)
  const choice = choices.find(({ chain, token }) => chain.id === wish.chainId && token.address === wish.token)
  if (!choice) return refuse({ reason: 'not_offered' })
  const agreed = prices.price(choice.token, payment.currency, now)
  if (!agreed.ok) return agreed
  const terms = await findChainTerms(pool, payment.merchantId)
  return await keepFree(pool, payment, choice, terms, agreed.value, now)
}

/** An amount of that token whose rate still holds, or that something was paid of: both stay what was shown. */
async function findStanding(
  pool: pg.Pool,
  payment: AskedPayment,
  wish: { readonly chainId: ChainId; readonly token: Address },
  now: Instant,
): Promise<QuotedAmount | undefined> {
  const amounts = await listAmounts(pool, payment.merchantId, payment.id)
  return amounts.findLast(
    (amount) =>
      amount.chainId === wish.chainId &&
      amount.token === wish.token &&
      amount.closedAt === null &&
      (amount.expiresAt > now || (amount.received > 0n && dueUnits(amount) > 0n && amount.watchedUntil > now)),
  )
}

type Agreed = { readonly price: QuotedAmount['price']; readonly sources: readonly string[]; readonly at: Instant }

async function keepFree(
  pool: pg.Pool,
  payment: AskedPayment,
  { chain, token, recipient }: PaymentChoice,
  terms: ChainTerms,
  agreed: Agreed,
  now: Instant,
): Promise<Result<QuotedAmount, AskRefusal>> {
  const price = withSpread(agreed.price, terms.spreadPpm)
  // What was paid in another token is paid.
  const minor = payment.total - payment.received
  const { units: first, step } = firstExactAmount(minor, payment.currency, price, token.decimals)
  const place: AmountPlace = { merchantId: payment.merchantId, chainId: chain.id, recipient, token: token.address }
  const expiresAt = plus(now, BigInt(terms.quoteMs) * millisecond)
  for (let tries = 0; tries < mostTries; tries++) {
    const units = await nextAmount(pool, place, first, step, tries)
    if (units === undefined) return refuse({ reason: 'no_free_amount' })
    const amount = {
      ...place,
      paymentId: payment.id,
      units,
      currency: payment.currency,
      minor,
      price,
      priceSources: agreed.sources,
      priceAt: agreed.at,
      confirmations: confirmationsFor(terms.tiers, { currency: payment.currency, minor: payment.total }),
      tolerancePpm: terms.tolerancePpm,
      createdAt: now,
      expiresAt,
      watchedUntil: plus(expiresAt, BigInt(terms.watchMs) * millisecond),
    }
    const number = await insertAmount(pool, amount)
    if (number !== undefined) return ok({ ...amount, number, received: noUnits, closedAt: null })
  }
  return refuse({ reason: 'no_free_amount' })
}

/** How many steps a first, second, third try may go up: mostly nobody asks for the same, and then nothing has to be looked up. */
const guesses = [1, 16, 256, mostSteps + 1, mostSteps + 1]

/** A guess, which the unique index may refuse; after some of them the smallest that is free. */
async function nextAmount(
  pool: pg.Pool,
  place: AmountPlace,
  first: TokenAmount,
  step: TokenAmount,
  tries: number,
): Promise<TokenAmount | undefined> {
  const guess = guesses[tries]
  if (guess !== undefined) return raisedBy(first, step, randomInt(guess))
  const range = { from: first, to: raisedBy(first, step, mostSteps) }
  return freeExactAmount(first, step, await findTakenAmounts(pool, place, range))
}

/** Shoppers who choose the same in the same moment take the next amounts one after another. */
const mostTries = 50
