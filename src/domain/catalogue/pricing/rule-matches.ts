import type { LocalTime } from '../model/local-time.ts'
import type { DiscountConditions, DiscountRule, QuantityRange } from './discount.ts'
import type { OrderRequest } from './order-request.ts'
import type { PricedLine } from './priced-order.ts'

export type Shopper = Pick<OrderRequest, 'user' | 'isPos' | 'tags'>

/** The indexes of the lines a rule is about; empty when any of its conditions does not hold for the order. */
export function matchingLines(
  rule: DiscountRule,
  lines: readonly PricedLine[],
  shopper: Shopper,
  time: LocalTime,
): readonly number[] {
  const conditions = rule.conditions
  if (!orderMatches(conditions, lines, shopper, time)) return []
  const matching = [...lines.keys()].filter((index) => lineMatches(conditions, lines[index]))
  const units = matching.reduce((sum, index) => sum + (lines[index]?.quantity ?? 0), 0)
  return isWithin(units, conditions.quantity) ? matching : []
}

function orderMatches(
  conditions: DiscountConditions,
  lines: readonly PricedLine[],
  shopper: Shopper,
  time: LocalTime,
): boolean {
  const { users, products, isPos, daysOfWeek, hours, orderTags } = conditions
  if (users && (shopper.user === null || !users.includes(shopper.user))) return false
  if (products && !products.every((uuid) => lines.some((line) => line.product.uuid === uuid))) return false
  if (isPos !== undefined && isPos !== shopper.isPos) return false
  if (daysOfWeek && !daysOfWeek.includes(time.dayOfWeek)) return false
  if (hours && !isBetween(time.hour, hours)) return false
  return !orderTags || orderTags.some((tag) => shopper.tags.includes(tag))
}

function lineMatches(conditions: DiscountConditions, line: PricedLine | undefined): boolean {
  if (!line) return false
  const { products, productTypes, attributes, itemTitle, departments, categories, unitQuantity } = conditions
  const { product } = line
  if (products && !products.includes(product.uuid)) return false
  if (productTypes && !isOneOf(product.productType, productTypes)) return false
  if (departments && !isOneOf(product.department, departments)) return false
  if (attributes && !attributes.some((attribute) => product.attributes.includes(attribute))) return false
  if (categories && !categories.some((category) => product.categories.includes(category))) return false
  if (itemTitle !== undefined && !product.title.toLowerCase().includes(itemTitle.toLowerCase())) return false
  return isWithin(line.quantity, unitQuantity)
}

function isOneOf(word: string | null, words: readonly string[]): boolean {
  return word !== null && words.includes(word)
}

function isWithin(quantity: number, range: QuantityRange | undefined): boolean {
  if (!range) return true
  return quantity >= range.minimum && (range.maximum === null || quantity <= range.maximum)
}

function isBetween(hour: number, { from, to }: { from: number; to: number }): boolean {
  return from < to ? hour >= from && hour < to : hour >= from || hour < to
}
