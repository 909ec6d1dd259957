import type { Instant } from '../../../kernel/instant.ts'
import { ok, type Result, refuse } from '../../../kernel/result.ts'
import type { Product } from '../model/catalogue.ts'
import { parseUuid, type Uuid } from '../model/uuid.ts'
import { checkSession } from './check-session.ts'
import { chooseVariations } from './choose-variations.ts'
import type { CatalogueFacts } from './facts.ts'
import { maximumQuantity, type OrderItem } from './order-request.ts'
import { percentHundredths, shareHalfUp } from './percent.ts'
import type { AppliedDiscount, PricedLine } from './priced-order.ts'
import type { CatalogueRefusal } from './refusal.ts'

export type PricedLines = { readonly lines: readonly PricedLine[]; readonly discounts: readonly AppliedDiscount[] }

/** Each item at the catalogue's price, and what the till took off it. Stops at the first item that is not right. */
export function priceLines(
  facts: CatalogueFacts,
  items: readonly OrderItem[],
  now: Instant,
): Result<PricedLines, CatalogueRefusal> {
  const products = new Map(facts.products.map((product) => [product.uuid, product]))
  const lines: PricedLine[] = []
  for (const [index, item] of items.entries()) {
    const line = priceLine(facts, products, item, `items[${index}]`, now)
    if (!line.ok) return line
    lines.push(line.value)
  }
  return ok({ lines, discounts: lines.flatMap((line, index) => ownDiscount(line, index) ?? []) })
}

function priceLine(
  facts: CatalogueFacts,
  products: ReadonlyMap<Uuid, Product>,
  item: OrderItem,
  path: string,
  now: Instant,
): Result<PricedLine, CatalogueRefusal> {
  const uuid = parseUuid(item.uuid)
  const product = uuid && products.get(uuid)
  if (!product) return refuse({ reason: 'not_found', entity: 'product', path: `${path}.uuid` })
  if (!Number.isInteger(item.quantity) || item.quantity < 1 || item.quantity > maximumQuantity)
    return refuse({ reason: 'quantity_invalid', path: `${path}.quantity`, maximum: maximumQuantity })
  const discountHundredths = item.discountPercent === null ? 0 : percentHundredths(item.discountPercent)
  if (discountHundredths === undefined)
    return refuse({ reason: 'discount_percent_invalid', path: `${path}.discountPercent` })
  const variations = chooseVariations(product, item.variations, path)
  if (!variations.ok) return variations
  const start = checkSession(facts, product, item, path, now)
  if (!start.ok) return start
  const unitPrice = variations.value.reduce((sum, variation) => sum + variation.priceChange, product.price)
  return ok({
    product,
    variations: variations.value,
    quantity: item.quantity,
    unitPrice,
    gross: unitPrice * BigInt(item.quantity),
    discountHundredths,
    ...start.value,
  })
}

/** "Per line, half up": of the whole line, not of one unit times the quantity. */
function ownDiscount(line: PricedLine, index: number): AppliedDiscount | undefined {
  const amount = shareHalfUp(line.gross, line.discountHundredths)
  return amount > 0n ? { source: 'item', reference: null, name: null, line: index, amount } : undefined
}
