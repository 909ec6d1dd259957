import type { PaymentChoice } from '../../app/chain/ask-amount.ts'
import type { StoredTransfer } from '../../app/chain/chain-payments.ts'
import type { Hash } from '../../domain/chain/address.ts'
import type { Payment } from '../../domain/payment/payment.ts'
import type { Instant } from '../../kernel/instant.ts'
import { decimalOfUnits, type TokenAmount } from '../../kernel/token-amount.ts'
import type { Setting } from '../shared/setting.ts'
import type { ShopLinks } from './pay-app.ts'
import { type Amount, choiceOf, type Stage } from './stage.ts'
import type { PayWords } from './words/index.ts'

/** Everything that a payment's page is made of. */
export type PayView = {
  readonly setting: Setting
  readonly words: PayWords
  /** the page's own address below the server's: `/pay/kupy/KUPY8MDKMXOC` */
  readonly own: string
  /** the same with the server's name, for another device */
  readonly pageUrl: string
  readonly shop: string
  readonly payment: Payment
  readonly links: ShopLinks
  readonly choices: readonly PaymentChoice[]
  readonly stage: Stage
  readonly now: Instant
  readonly strays: readonly StoredTransfer[]
  /** first blocks of the sandbox's own chains, by chain: a wallet that has another one is on the real network */
  readonly genesis: ReadonlyMap<number, Hash>
  /** something that was refused, in a sentence */
  readonly problem: string | undefined
  /** what tells the script that this page is out of date; undefined where nothing can happen any more */
  readonly version: string | undefined
}

/** `12.34 USDT`, every digit of it; undefined for a token that nobody knows any more. */
export function amountText(
  view: Pick<PayView, 'choices'>,
  asked: Pick<Amount, 'chainId' | 'token'>,
  units: TokenAmount,
): string | undefined {
  const token = choiceOf(view.choices, asked)?.token
  return token && `${decimalOfUnits(units, token.decimals)} ${token.symbol}`
}
