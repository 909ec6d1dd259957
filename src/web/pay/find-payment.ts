import type { StoredPayment } from '../../app/app.ts'
import type { Address, ChainId } from '../../domain/chain/address.ts'
import type { MerchantTerms } from '../../domain/merchant/terms.ts'
import { parsePaymentId } from '../../kernel/ids.ts'
import { choiceName } from '../shared/payment-choice.ts'
import type { PayApp, ShopLinks } from './pay-app.ts'

/** Parameters of every address of the page. */
export type PayPath = { readonly merchant: string; readonly id: string; readonly number?: string }

export type Found = { readonly merchant: MerchantTerms; readonly stored: StoredPayment; readonly links: ShopLinks }

/** The payment of this address. One that belongs to another merchant, or is not paid from a wallet, is not there. */
export async function findPayment(
  app: PayApp,
  { merchant: prefix, id: text }: Pick<PayPath, 'merchant' | 'id'>,
): Promise<Found | undefined> {
  const id = parsePaymentId(text)
  const merchant = id && (await app.merchants.byPaymentId(id))
  if (!id || !merchant || merchant.prefix.toLowerCase() !== prefix.toLowerCase()) return undefined
  const stored = await app.payments.find(merchant.id, id)
  // What a closed shop still asks for is nobody's to pay.
  if (merchant.isDisabled && stored?.payment.captured === 0n) return undefined
  const links = stored && app.linksOf(stored)
  return stored && links ? { merchant, stored, links } : undefined
}

/** The payment's own address, whichever of its addresses was asked for. */
export function pathOf({ merchant, id }: Pick<PayPath, 'merchant' | 'id'>): string {
  return `/pay/${encodeURIComponent(merchant.toLowerCase())}/${encodeURIComponent(id)}`
}

/** Whether a payment may be paid in a token of a chain. */
export function allows({ choices }: ShopLinks, chainId: ChainId, token: Address): boolean {
  return choices === undefined || choices.includes(choiceName(chainId, token))
}
