import { stringify } from 'lossless-json'
import type { OrderItem, OrderRequest } from '../../domain/catalogue/order-request.ts'
import { ok, type Result, refuse } from '../../kernel/result.ts'
import { isObject, type JsonObject } from './body.ts'
import { Fields, type Issue } from './fields.ts'

/** A well-formed request: every type is right, and nothing is known yet of whether it makes sense. */
export type PaymentBody = {
  readonly namespace: string
  readonly amount: bigint
  readonly currencyCode: string
  /** as it came; a card is read from it by its namespace (namespaces.ts) */
  readonly details: JsonObject
  readonly requestId: string | null
  readonly order: Omit<OrderRequest, 'amount' | 'currency' | 'isPos' | 'user' | 'tags'>
  /** the optional properties that were sent, JSON texts by name. Never `details`, and nothing this API has no word for. */
  readonly kept: Readonly<Record<string, string>>
}

/** Seed 003, Required and Optional Properties and the Advanced Example. Unknown properties are passed over. */
export function parsePayment(body: JsonObject): Result<PaymentBody, Issue> {
  const issues: Issue[] = []
  const fields = new Fields(body, issues)
  const details = fields.raw('details')
  const parsed = {
    namespace: fields.requiredText('namespace', { longest: 64 }),
    amount: fields.amount('amount', 1n),
    currencyCode: fields.requiredText('currency_code', { longest: 3 }),
    details: isObject(details) ? details : {},
    requestId: readRequestId(fields),
    order: readOrder(fields),
    kept: keep(fields),
  }
  if (!isObject(details)) fields.wrong('details', 'must be an object')
  const [first] = issues
  return first ? refuse(first) : ok(parsed)
}

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
      currency: price.requiredText('currency_code', { longest: 3 }),
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
 * "Array of applied discounts" is all the seed says. An entry is a rule's machine name, or an object with `machineName` and,
 * if the caller wants it checked, `amount`. Without items nothing is discounted, and the array is only kept.
 */
function readDiscounts(fields: Fields, isPriced: boolean): OrderRequest['discounts'] {
  const entries = fields.array('discounts')
  if (!isPriced) return []
  const texts = entries.filter((entry) => typeof entry === 'string')
  if (texts.length === entries.length) return texts.map((machineName) => ({ machineName, amount: null }))
  return fields.objects('discounts').map((entry) => ({
    machineName: entry.requiredText('machineName', { longest: 64 }),
    amount: entry.raw('amount') === null ? null : entry.amount('amount', 0n),
  }))
}

const longestKept = 16_384

/** `billingInfo` and `shippingInfo` are objects of anything, kept whole. */
function keep(fields: Fields): PaymentBody['kept'] {
  fields.object('billingInfo')
  fields.object('shippingInfo')
  fields.text('comment', { longest: 10_000 })
  const kept: Record<string, string> = {}
  for (const name of keptNames) {
    const value = fields.raw(name)
    if (value === null) continue
    const text = stringify(value) ?? 'null'
    if (name !== 'items' && text.length > longestKept)
      fields.wrong(name, `must not be longer than ${longestKept} characters`)
    kept[name] = text
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
