import { type InstalmentProduct, instalmentProducts } from '../../../domain/instalments/products.ts'
import { isRedirectUrl } from '../../../domain/merchant/redirect.ts'
import type { Action } from '../../../domain/payment/action.ts'
import { ok, type Result, refuse } from '../../../kernel/result.ts'
import { isObject, type JsonBody } from '../../shared/body.ts'
import { empty, type Issue, isAbsent, issue, required, softReference, wholeNumberOf } from '../validation.ts'
import { readAmount, wireCurrency } from './amount.ts'
import { checkAddresses, checkConsumer, checkItems, checkLink, checkSideAmounts } from './create-order-soft.ts'

export type CreateAction = Extract<Action, { kind: 'create' }>

/** An order that nobody authorizes lives forty minutes, one sent as a link a day (scalapay.md 12.6). */
const orderLifeMs = 2_400_000
const linkLifeMs = 86_400_000

/** Less would end before the shopper's page has loaded. The merchant's own maximum is applied by the domain. */
const shortestLifeMs = 1_000

const orderTypes = ['online', 'offline', 'link']

/**
 * A create request. Hard: the total and the two redirect URLs, since wrong ones lose money or the shopper. Soft: the
 * rest, checked for kind where clients are known to be right and let go where they are known to deviate (scalapay.md 3.1).
 * The stored details are the request's own text.
 */
export function parseCreateOrder(body: JsonBody): Result<CreateAction, readonly Issue[]> {
  const { value } = body
  const issues: Issue[] = []
  const total = readAmount(value.totalAmount, ['totalAmount'], issues)
  checkMerchant(value.merchant, issues)
  checkConsumer(value.consumer, issues)
  checkAddresses(value, issues)
  checkItems(value.items, issues)
  checkSideAmounts(value, issues)
  const merchantReference = softReference(value.merchantReference, ['merchantReference'], issues) ?? null
  const type = oneOf(value.type, orderTypes, 'online', 'type', issues)
  if (type === 'link') checkLink(value.extensions, issues)
  const product = oneOf(value.product, instalmentProducts, anyProduct, 'product', issues)
  const expiryMs = readLife(value.orderExpiryMilliseconds, type === 'link' ? linkLifeMs : orderLifeMs, issues)
  if (total === undefined || issues.length > 0) return refuse(issues)
  return ok({
    kind: 'create',
    protocol: 'scalapay',
    ...productOf(product),
    funding: 'shopper',
    currency: wireCurrency,
    total,
    merchantReference,
    expiryMs,
    details: body.text,
  })
}

/** An order that names none leaves it to its shopper: pay in 3 to begin with, or the first other one that is sold for the amount. */
const anyProduct = ''

function productOf(product: string): Pick<CreateAction, 'product' | 'orProducts'> {
  if (product !== anyProduct) return { product }
  const first: InstalmentProduct = 'pay-in-3'
  return { product: first, orProducts: instalmentProducts.filter((each) => each !== first) }
}

function checkMerchant(value: unknown, issues: Issue[]): void {
  if (value === undefined) issues.push(required(['merchant']))
  else if (!isObject(value)) issues.push(issue(['merchant'], 'must be an object', 'object.base'))
  else {
    checkRedirect(value.redirectConfirmUrl, 'redirectConfirmUrl', issues)
    checkRedirect(value.redirectCancelUrl, 'redirectCancelUrl', issues)
  }
}

function checkRedirect(value: unknown, name: string, issues: Issue[]): void {
  if (typeof value === 'string' && isRedirectUrl(value)) return
  const path = ['merchant', name]
  if (value === undefined) issues.push(required(path))
  else if (value === '') issues.push(empty(path))
  else
    issues.push(
      issue(path, 'must be a valid uri with a scheme matching the http|https pattern', 'string.uriCustomScheme'),
    )
}

/** The word, or the default for a word that is absent or empty. */
function oneOf(value: unknown, words: readonly string[], fallback: string, name: string, issues: Issue[]): string {
  if (isAbsent(value) || value === '') return fallback
  if (typeof value === 'string' && words.includes(value)) return value
  issues.push(issue([name], `must be one of [${words.join(', ')}]`, 'any.allowOnly'))
  return fallback
}

function readLife(value: unknown, fallback: number, issues: Issue[]): number {
  if (isAbsent(value) || value === '') return fallback
  const life = wholeNumberOf(value)
  if (life !== undefined && life >= shortestLifeMs) return life
  const path = ['orderExpiryMilliseconds']
  issues.push(
    life === undefined
      ? issue(path, 'must be an integer', 'number.integer')
      : issue(path, `must be larger than or equal to ${shortestLifeMs}`, 'number.min'),
  )
  return fallback
}
