import type { Currency } from '../../../kernel/currency.ts'
import { readPrice } from '../offer/read-price.ts'
import { warnOnce } from './warn-once.ts'

/** The price at the first selector that finds one, minor units. A price that is struck through is the old one, and is passed over. */
export function pagePrice(
  selectors: readonly string[],
  currency: Currency,
  separator: string | null,
): bigint | undefined {
  for (const selector of selectors)
    for (const element of elementsAt(selector)) {
      const price = readPrice(textOf(element), currency, separator)
      if (price !== undefined) return price
    }
  return undefined
}

function elementsAt(selector: string): Iterable<Element> {
  try {
    return document.querySelectorAll(selector)
  } catch {
    // A mistake of the page: it is not a selector.
    warnOnce(`"${selector}" is not a selector`)
    return []
  }
}

function textOf(element: Element): string {
  if (element.closest('del,s')) return ''
  const said = element.getAttribute('content') ?? (element as HTMLInputElement).value
  if (said !== undefined) return String(said)
  let text = element.textContent ?? ''
  for (const old of element.querySelectorAll('del,s,script,style')) text = text.replace(old.textContent ?? '', '')
  return text
}
