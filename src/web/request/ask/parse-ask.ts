import { type Address, type ChainId, parseAddress } from '../../../domain/chain/address.ts'
import type { Chain, Token } from '../../../domain/chain/chain.ts'
import type { Currency } from '../../../kernel/currency.ts'
import { currencyOf } from '../../../kernel/currency.ts'
import { ok, type Result, refuse } from '../../../kernel/result.ts'
import { choiceName } from '../../shared/payment-choice.ts'
import { currencyIn, minorOf, textOf } from '../typed.ts'

/** One token of a chain that somebody may ask for. */
export type Offer = { readonly chain: Chain; readonly token: Token }

/** What was typed; each may be wrong. */
export type TypedAsk = {
  readonly amount: string
  readonly currency: string
  readonly forWhat: string
  /** `321/0x...`; those that are offered, in their order */
  readonly choices: readonly string[]
}

/** What somebody asks for. */
export type Ask = Omit<TypedAsk, 'currency' | 'amount'> & {
  readonly currency: Currency
  /** minor units */
  readonly total: bigint
  readonly chains: readonly [ChainId, ...ChainId[]]
  readonly key: string
}

/** Who asks, and what shows it. */
export type Proof = { readonly address: Address; readonly issuedAt: string; readonly signature: string }

export type AskBody = Readonly<Record<string, unknown>>

export function readTyped(body: AskBody, offers: readonly Offer[], currencies: readonly string[]): TypedAsk {
  const chosen = new Set([body.choice].flat().map((each) => textOf(each, 80)))
  return {
    amount: textOf(body.amount, 15),
    currency: currencyIn(body.currency, currencies),
    forWhat: textOf(body.for, 100),
    choices: offers.map(nameOfOffer).filter((name) => chosen.has(name)),
  }
}

/** The field that is wrong, or what is asked for. */
export function parseAsk(typed: TypedAsk, body: AskBody, offers: readonly Offer[]): Result<Ask, 'amount' | 'choice'> {
  const currency = currencyOf(typed.currency)
  const total = currency && minorOf(typed.amount, currency)
  if (currency === undefined || total === undefined) return refuse('amount')
  const { forWhat, choices } = typed
  const [first, ...others] = new Set(
    offers.filter((offer) => choices.includes(nameOfOffer(offer))).map(({ chain }) => chain.id),
  )
  const key = textOf(body.key, 36)
  if (first === undefined || !/^[\da-f-]{36}$/.test(key)) return refuse('choice')
  return ok({ currency, total, forWhat, choices, chains: [first, ...others], key })
}

/** Undefined when it is not even the form of one. */
export function readProof(body: AskBody): Proof | undefined {
  const address = parseAddress(textOf(body.account, 42))
  const [issuedAt, signature] = [textOf(body.at, 24), textOf(body.signature, 132)]
  return address && { address, issuedAt, signature }
}

export function nameOfOffer({ chain, token }: Offer): string {
  return choiceName(chain.id, token.address)
}
