import type { Currency } from '../../kernel/currency.ts'

/**
 * The chart of accounts, one set per merchant and currency. `*_memo` accounts carry promises, not money: what shoppers'
 * banks hold for orders that are authorized and not yet captured.
 */
export const accounts = [
  'authorization_memo',
  'authorization_contra_memo',
  /** asset: what shoppers owe the operator who has funded the merchant (buy now, pay later) */
  'shopper_receivable',
  /** asset: what the card acquirer owes after a direct sale */
  'acquirer_receivable',
  /** memo: what shoppers paid into wallets that are the merchant's own */
  'merchant_wallet',
  /** liability: what the operator owes the merchant */
  'merchant_payable',
  'fee_income',
  'fee_tax_payable',
] as const

export type Account = (typeof accounts)[number]

export const transferKinds = [
  'authorization',
  'authorization_release',
  'capture',
  'fee',
  'fee_tax',
  'refund',
  'fee_reversal',
  'fee_tax_reversal',
] as const

export type TransferKind = (typeof transferKinds)[number]

/** One movement: `amount` (positive, minor units) leaves `credit` and arrives in `debit`, so every row balances itself. */
export type Transfer = {
  readonly kind: TransferKind
  readonly debit: Account
  readonly credit: Account
  readonly currency: Currency
  readonly amount: bigint
}
