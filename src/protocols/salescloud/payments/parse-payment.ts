import { stringify } from 'lossless-json'
import type { OrderItem, OrderRequest } from '../../../domain/catalogue/pricing/order-request.ts'
import { ok, type Result, refuse } from '../../../kernel/result.ts'
import { isObject, type JsonObject } from '../../shared/body.ts'
import type { Issue } from '../issue.ts'
import { Fields } from './fields.ts'

/** A well-formed request: every type is right, and nothing is known yet of whether it makes sense. */
export type PaymentBody = {
  readonly namespace: string
  readonly amount: bigint
  readonly currencyCode: string
  /** as it came; a card is read from it by its namespace (namespaces.ts) */
  readonly details: JsonObject
  readonly requestId: string | null
  readonly order: Omit<OrderRequest, 'amount' | 'currency' | 'isPos' | 'user' | 'tags'>
  /** the optional properties that were sent. Never `details`, and nothing this API has no word for. */
  readonly kept: readonly KeptProperty[]
}

/** `text` is the value as JSON: what is stored. */
type KeptProperty = { readonly name: string; readonly value: unknown; readonly text: string }

/** The properties of salescloud.md 1. Unknown properties are passed over. */
export function parsePayment(body: JsonObject): Result<PaymentBody, Issue> {
  const issues: Issue[] = []
  const fields = new Fields(body, issues)
  const details = fields.raw('details')
  const parsed = {
    namespace: fields.requiredText('namespace', { longest: 64 }),
    amount: fields.amount('amount', 1n),
    currencyCode: fields.requiredText('currency_code', currencyText),
    details: isObject(details) ? details : {},
    requestId: readRequestId(fields),
    order: readOrder(fields),
    kept: keep(fields),
  }
  if (!isObject(details)) fields.wrong('details', 'must be an object')
  const [first] = issues
  return first ? refuse(first) : ok(parsed)
}

/** The amount of a request in which something may be wrong, where it is not the amount itself. */
export function amountIn(body: JsonObject): bigint | undefined {
  const issues: Issue[] = []
  const amount = new Fields(body, issues).amount('amount', 1n)
  return issues.length === 0 ? amount : undefined
}

/** Three letters of another currency pass here: the check against the instance names the right one. */
const currencyText = { longest: 3, rule: 'must be a three-letter currency code of ISO 4217' }

/** A text column holds neither NUL nor half a character, so a reference with one could not be recognised again. */
function readRequestId(fields: Fields): string | null {
  if (fields.raw('requestId') === null) return null
  const id = fields.requiredText('requestId', { longest: 255 })
  if (id.includes('\0') || !id.isWellFormed()) fields.wrong('requestId', 'must not hold NUL or half a character')
  return id
}

function readOrder(fields: Fields): PaymentBody['order'] {
  const items = fields.objects('items').map(readItem)
  return {
    items,
    ...readDelivery(fields),
    coupon: fields.text('coupon', uuidText),
    location: fields.text('location', uuidText),
    unit: fields.text('unit', uuidText),
    deliveryTime: fields.integer('deliveryTime'),
    discounts: readDiscounts(fields, items.length > 0),
  }
}

/** Longer than a uuid, so that one with braces around it is told that it does not exist instead of that it is too long. */
const uuidText = { longest: 64 }

function readDelivery(fields: Fields): Pick<OrderRequest, 'deliveryServiceUuid' | 'deliveryServicePrice'> {
  const service = fields.object('deliveryService')
  service?.text('title', { longest: 1_000 })
  const price = fields.object('deliveryServicePrice')
  return {
    deliveryServiceUuid: service?.requiredText('uuid', uuidText) ?? null,
    deliveryServicePrice: price && {
      amount: price.amount('amount', 0n),
      currency: price.requiredText('currency_code', currencyText),
    },
  }
}

function readItem(item: Fields): OrderItem {
  const quantity = item.integer('quantity')
  if (quantity === null) item.wrong('quantity', 'must be a whole number')
  return {
    uuid: item.requiredText('uuid', uuidText),
    quantity: quantity ?? 0,
    discountPercent: item.number('discountPercent'),
    startsAtMs: item.integer('startsAtTimeInMillis'),
    endsAtMs: item.integer('endsAtTimeInMillis'),
    variations: item.objects('variations').map((variation) => variation.requiredText('uuid', uuidText)),
  }
}

/**
 * "Array of applied discounts" is all the contract says. An entry is a rule's machine name, or an object with `machineName` and,
 * if the caller wants it checked, `amount`. Without items nothing is discounted, and the array is only kept.
 */
function readDiscounts(fields: Fields, isPriced: boolean): OrderRequest['discounts'] {
  if (!isPriced) {
    fields.array('discounts')
    return []
  }
  return fields.textsAndObjects('discounts', discountRule).map(readDiscount)
}

const discountRule = "must be a discount rule's machine name, or an object with machineName"

function readDiscount(entry: string | Fields): OrderRequest['discounts'][number] {
  if (typeof entry === 'string') return { machineName: entry, amount: null }
  return {
    machineName: entry.requiredText('machineName', { longest: 64 }),
    amount: entry.raw('amount') === null ? null : entry.amount('amount', 0n),
  }
}

const longestKept = 16_384

/** `billingInfo` and `shippingInfo` are objects of anything, kept whole. */
function keep(fields: Fields): PaymentBody['kept'] {
  fields.object('billingInfo')
  fields.object('shippingInfo')
  fields.text('comment', { longest: 10_000 })
  const kept: KeptProperty[] = []
  for (const name of keptNames) {
    const value = fields.raw(name)
    if (value === null) continue
    const text = stringify(value) ?? 'null'
    if (name !== 'items' && text.length > longestKept)
      fields.wrong(name, `must not be longer than ${longestKept} characters`)
    kept.push({ name, value, text })
  }
  return kept
}

const keptNames = [
  'billingInfo',
  'shippingInfo',
  'comment',
  'deliveryService',
  'deliveryServicePrice',
  'deliveryTime',
  'location',
  'unit',
  'coupon',
  'discounts',
  'items',
] as const
