import { returnUrls } from './return-urls.ts'

/**
 * The merchant's own order number in the URL that the shopper is sent back to, where the client puts it there: one plugin captures
 * whatever token comes back under the number that stands beside it (scalapay.md 14.2).
 */
export function returnReference(details: string): string | undefined {
  const confirm = returnUrls({ details })?.confirm
  return confirm === undefined ? undefined : (new URL(confirm).searchParams.get('order_id') ?? undefined)
}
