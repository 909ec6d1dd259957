import { instalmentCurrency } from '../../../domain/instalments/products.ts'
import { minorFromDecimal } from '../../../kernel/money.ts'
import { isObject } from '../../shared/body.ts'
import { empty, type Issue, issue, type Path, required } from '../validation.ts'

/** Scalapay knows one currency (scalapay.md 1.4). */
export const wireCurrency = instalmentCurrency

/**
 * The minor units of a required, positive amount object; undefined with every complaint noted. Dot decimals; more than
 * two are rounded half up (`17.309999999999988`, PrestaShop). A number must have been turned into its digits before.
 */
export function readAmount(value: unknown, path: Path, issues: Issue[]): bigint | undefined {
  const complaints = issues.length
  if (value === undefined) issues.push(required(path))
  else if (!isObject(value)) issues.push(issue(path, 'must be an object', 'object.base'))
  else {
    const minor = readPositive(value.amount, [...path, 'amount'], issues)
    readCurrency(value.currency, [...path, 'currency'], issues)
    if (issues.length === complaints) return minor
  }
  return undefined
}

function readPositive(value: unknown, path: Path, issues: Issue[]): bigint | undefined {
  if (value === undefined) issues.push(required(path))
  else if (value === '') issues.push(empty(path))
  else {
    const minor = typeof value === 'string' ? minorOf(value) : undefined
    if (minor === undefined) issues.push(issue(path, 'must be a decimal number', 'number.base'))
    else if (minor <= 0n) issues.push(issue(path, 'must be greater than 0', 'number.greater'))
    return minor
  }
  return undefined
}

function readCurrency(value: unknown, path: Path, issues: Issue[]): void {
  if (value === wireCurrency) return
  if (value === undefined) issues.push(required(path))
  else if (value === '') issues.push(empty(path))
  else issues.push(issue(path, `must be one of [${wireCurrency}]`, 'any.allowOnly'))
}

/**
 * A comma counts as a dot when one or two digits follow it (`190,00`, scalapay.md 1.4). With three it could as well group
 * thousands, and a wrong guess would be a thousandfold wrong: refused.
 */
const decimalComma = /^[+-]?\d+,\d{1,2}$/

function minorOf(text: string): bigint | undefined {
  return minorFromDecimal(decimalComma.test(text) ? text.replace(',', '.') : text, wireCurrency)
}

const decimalLike = /^[+-]?\d{0,20}([.,]\d{0,40})?([eE][+-]?\d{1,2})?$/

/**
 * Amounts beside the total (prices, taxes, discounts) move no money and are not summed (scalapay.md 3.1): they may be
 * absent, zero, or lack their inner amount, but not be something else than a number.
 */
export function checkSoftAmount(value: unknown, path: Path, issues: Issue[]): void {
  if (value === undefined || value === null) return
  if (!isObject(value)) issues.push(issue(path, 'must be an object', 'object.base'))
  else if (!isSoftDecimal(value.amount))
    issues.push(issue([...path, 'amount'], 'must be a decimal number', 'number.base'))
}

function isSoftDecimal(value: unknown): boolean {
  if (value === undefined || value === null || typeof value === 'number') return true
  return typeof value === 'string' && decimalLike.test(value)
}
