import { assert } from '../../../kernel/assert.ts'
import type { Instant } from '../../../kernel/instant.ts'
import { lesserOf } from '../../../kernel/lesser-of.ts'
import { localTimeOf } from '../model/local-time.ts'
import type { DiscountRule } from './discount.ts'
import type { CatalogueFacts } from './facts.ts'
import { divideHalfUp, shareHalfUp } from './percent.ts'
import type { AppliedDiscount, PricedLine } from './priced-order.ts'
import { matchingLines, type Shopper } from './rule-matches.ts'
import { type UnitsLeft, unitsOfThreeForTwo } from './three-for-two.ts'

/** A line while rules are applied to it: what is left of its price, and which rules may still touch it. */
type OpenLine = { remaining: bigint; isTouched: boolean; isClosed: boolean }

/**
 * What the organization's rules take off: product rules first, then order rules, each by sort order and then machine
 * name, so that the answer does not depend on how they were stored. A rule that is not compatible with others passes
 * over a line another rule touched, and closes each line it touches.
 */
export function applyRules(
  lines: readonly PricedLine[],
  own: readonly AppliedDiscount[],
  facts: CatalogueFacts,
  shopper: Shopper,
  now: Instant,
): readonly AppliedDiscount[] {
  const time = localTimeOf(now, facts.timeZone)
  const open = lines.map((line, index) => ({
    remaining: line.gross - sumOf(own.filter((discount) => discount.line === index)),
    isTouched: false,
    isClosed: false,
  }))
  const rules = [...facts.rules].sort(inOrder)
  const productDiscounts = rules
    .filter((rule) => rule.kind === 'product')
    .flatMap((rule) => applyToLines(rule, lines, open, matchingLines(rule, lines, shopper, time)))
  const orderDiscounts: AppliedDiscount[] = []
  for (const rule of rules.filter((each) => each.kind === 'order')) {
    if (matchingLines(rule, lines, shopper, time).length === 0) continue
    orderDiscounts.push(...applyToOrder(rule, open, sumOf(orderDiscounts)))
  }
  return [...productDiscounts, ...orderDiscounts]
}

function inOrder(left: DiscountRule, right: DiscountRule): number {
  if (left.sortOrder !== right.sortOrder) return left.sortOrder - right.sortOrder
  return left.machineName < right.machineName ? -1 : 1
}

function applyToLines(
  rule: DiscountRule,
  lines: readonly PricedLine[],
  open: readonly OpenLine[],
  matching: readonly number[],
): AppliedDiscount[] {
  const free = matching.filter((index) => isFree(rule, open[index]))
  const left = free.map((index) => {
    const [line, state] = [lines[index], open[index]]
    assert(line !== undefined && state !== undefined, 'a rule matches lines of the order')
    return { index, quantity: line.quantity, remaining: state.remaining, state }
  })
  const units = rule.conditions.threeForTwo ? unitsOfThreeForTwo(left) : undefined
  return left.flatMap((line) => {
    const discounted = units ? units.get(line.index) : line.quantity
    assert(discounted !== undefined, 'every line has its part of three for two')
    return take(rule, [line.state], offUnits(rule, line, discounted), line.index)
  })
}

/** Off so many units of the line: each is worth its part of what is left, and never has more taken off. Rounded once. */
function offUnits({ value }: DiscountRule, { quantity, remaining }: UnitsLeft, units: number): bigint {
  const worth = remaining * BigInt(units)
  if (value.kind === 'percent') return shareHalfUp(worth, value.hundredths, BigInt(quantity))
  return lesserOf(divideHalfUp(worth, BigInt(quantity)), value.minor * BigInt(units))
}

/** Off what is left of the lines that are not closed, once. `before` is what order rules took off already. */
function applyToOrder(rule: DiscountRule, open: readonly OpenLine[], before: bigint): AppliedDiscount[] {
  if (!rule.isCompatible && open.some((line) => line.isTouched)) return []
  const free = open.filter((line) => !line.isClosed)
  const left = free.reduce((sum, line) => sum + line.remaining, 0n) - before
  const base = left > 0n ? left : 0n
  const wanted = rule.value.kind === 'amount' ? rule.value.minor : shareHalfUp(base, rule.value.hundredths)
  return take(rule, free, lesserOf(base, wanted), null)
}

function take(rule: DiscountRule, states: readonly OpenLine[], amount: bigint, line: number | null): AppliedDiscount[] {
  if (amount <= 0n) return []
  for (const state of states) {
    state.isTouched = true
    state.isClosed = !rule.isCompatible
    if (line !== null) state.remaining -= amount
  }
  return [{ source: 'rule', reference: rule.machineName, name: rule.name, line, amount }]
}

function isFree(rule: DiscountRule, line: OpenLine | undefined): boolean {
  return line !== undefined && !line.isClosed && (rule.isCompatible || !line.isTouched)
}

function sumOf(discounts: readonly AppliedDiscount[]): bigint {
  return discounts.reduce((sum, discount) => sum + discount.amount, 0n)
}
