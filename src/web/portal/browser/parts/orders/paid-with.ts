import { useWords } from '../../words/index.ts'
import type { OrderRow } from './status.tsx'

/** `visa 4242` as it stands on receipts: Visa •••• 4242. */
export function cardName(card: string): string {
  const [brand = '', last4 = ''] = card.split(' ')
  return `${brand.charAt(0).toUpperCase()}${brand.slice(1)} •••• ${last4}`
}

/** What the order was sold as, in words where it has some. */
export function useProductName(): (product: OrderRow['product']) => string {
  const { order } = useWords()
  return (product) => {
    const [, parts] = /^pay-in-(\d+)$/.exec(product) ?? []
    if (parts !== undefined) return order.payIn(Number(parts))
    return product === 'later' ? order.payLater : product
  }
}
