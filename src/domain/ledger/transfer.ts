import type { Currency } from '../../kernel/currency.ts'
import type { WalletInstrument } from '../payment/instrument.ts'

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
  /** memo: the other side of what lies in wallets that are the merchant's own */
  'wallet_contra_memo',
  /** liability: what the operator owes the merchant */
  'merchant_payable',
  'fee_income',
  /** income: what shoppers owe or have paid for being late */
  'late_fee_income',
  /** expense: what shoppers owed and nobody collects any more */
  'credit_loss',
  'fee_tax_payable',
] as const

/** One of the chart, or a wallet of the merchant's own: memo, one account for each network and address. */
export type Account = (typeof accounts)[number] | WalletAccount

export type WalletAccount = `wallet/${string}`

export function walletAccount({ network, address }: Pick<WalletInstrument, 'network' | 'address'>): WalletAccount {
  return `wallet/${network}/${address}`
}

export const transferKinds = [
  'authorization',
  'authorization_release',
  'capture',
  'fee',
  'fee_tax',
  'refund',
  'fee_reversal',
  'fee_tax_reversal',
  'receipt',
  'instalment',
  'instalment_refund',
  'write_off',
  'write_off_reversal',
  'late_fee',
  'late_fee_charge',
  'late_fee_waiver',
  'late_fee_refund',
  'late_fee_write_off',
  'late_fee_write_off_reversal',
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
