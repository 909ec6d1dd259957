import { isObject } from '../../shared/body.ts'
import { parseKeepingDigits } from '../../shared/exact-json.ts'

/**
 * The merchant's request as it is echoed: its own text, so that every key, number and spelling comes back as it was sent,
 * with the newest `merchantReference` (scalapay.md 5). While that is still the one that was sent, the text is used as it
 * is. Otherwise it is printed anew, each number by its own digits; white space goes then, and of a key sent twice the
 * last stays.
 */
export function orderDetailsText(details: string, merchantReference: string | null): string {
  const order: unknown = JSON.parse(details)
  if (!isObject(order) || referenceIn(order) === merchantReference) return details
  const exact = parseKeepingDigits(details)
  return isObject(exact) ? JSON.stringify(withReference({ ...exact }, merchantReference)) : details
}

/** The same without white space between its parts: most receivers parse and print again before they check a signature. */
export function compactDetails(details: string, merchantReference: string | null): string {
  const exact = parseKeepingDigits(details)
  if (!isObject(exact) || referenceIn(exact) === merchantReference) return JSON.stringify(exact)
  return JSON.stringify(withReference({ ...exact }, merchantReference))
}

function referenceIn(order: Readonly<Record<string, unknown>>): string | null {
  const { merchantReference } = order
  return typeof merchantReference === 'string' && merchantReference !== '' ? merchantReference : null
}

/** A key that the merchant sent keeps its place; one that is removed goes. */
function withReference(order: Record<string, unknown>, merchantReference: string | null): Record<string, unknown> {
  if (merchantReference === null) delete order.merchantReference
  else order.merchantReference = merchantReference
  return order
}
