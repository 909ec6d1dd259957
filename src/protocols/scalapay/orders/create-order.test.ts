import assert from 'node:assert/strict'
import { test } from 'node:test'
import { anOrder } from '../../../../test/support/payments/orders.ts'
import type { JsonObject } from '../../shared/body.ts'
import { parseCreateOrder } from './create-order.ts'

function parse(value: JsonObject) {
  const text = JSON.stringify(value)
  return parseCreateOrder({ text, value: JSON.parse(text) })
}

function complaints(change: JsonObject): string[] {
  const parsed = parse({ ...anOrder(), ...change })
  return parsed.ok ? [] : parsed.reason.map(({ field, types }) => `${field.join('.')} ${types.join()}`)
}

/** What shipped clients send although the official document says otherwise (scalapay.md 3.2). */
const deviations: Readonly<Record<string, JsonObject>> = {
  'no consumer, addresses, items or reference': {
    consumer: undefined,
    billing: undefined,
    shipping: undefined,
    items: undefined,
    merchantReference: undefined,
  },
  'a consumer without phone and e-mail': { consumer: { givenNames: 'Ada', surname: 'Verdi' } },
  'empty and null contact fields': { consumer: { phoneNumber: null, email: '' }, shipping: { phoneNumber: '' } },
  'a null shipping': { shipping: null },
  'a billing of name and phone only': { billing: { name: 'Ada', phoneNumber: '1' } },
  'line2 and state in an address': { shipping: { line2: '', state: null, countryCode: 'IT' } },
  'quantities of shops that sell by weight': {
    items: [1.5, '1.5', '1.0000', '0.25'].map((quantity) => ({ name: 'C', price: { amount: '1' }, quantity })),
  },
  'an item without category': { items: [{ name: 'Chair', price: { amount: '1', currency: 'EUR' }, quantity: 1 }] },
  'empty brand, gtin, sku and category': {
    items: [{ name: 'C', category: '', brand: '', gtin: null, sku: '', price: { amount: '0.0' }, quantity: '2' }],
  },
  subCategory: { items: [{ name: 'C', subCategory: ['a'], price: { amount: '0', currency: 'EUR' }, quantity: 1 }] },
  'a discount without amount': { discounts: [{ displayName: 'WELCOME' }] },
  'a discount of zero': { discounts: [{ displayName: 'W', amount: { amount: '0', currency: 'EUR' } }] },
  'a tax with float noise': { taxAmount: { amount: '17.309999999999988', currency: 'EUR' } },
  'a frequency with a string number': { frequency: { number: '14', frequencyType: 'daily' }, product: 'later' },
  'plugin details and a channel': { pluginDetails: { platform: 'x' }, channel: 'travel' },
  'empty product, type and reference': { product: '', type: '', merchantReference: '' },
  'a travel extension': { extensions: { industry: { travel: { startDate: '2027-01-01' } } }, channel: 'travel' },
}
for (const [name, change] of Object.entries(deviations)) {
  test(`takes ${name}`, () => assert.deepEqual(complaints(change), []))
}

const refused: readonly [JsonObject, string[]][] = [
  [{ totalAmount: undefined, merchant: undefined }, ['totalAmount any.required', 'merchant any.required']],
  [{ merchant: {} }, ['merchant.redirectConfirmUrl any.required', 'merchant.redirectCancelUrl any.required']],
  [
    { merchant: { redirectConfirmUrl: '', redirectCancelUrl: 'javascript:alert(1)' } },
    ['merchant.redirectConfirmUrl any.empty', 'merchant.redirectCancelUrl string.uriCustomScheme'],
  ],
  [{ consumer: 'Ada' }, ['consumer object.base']],
  [{ consumer: { email: 'nobody' } }, ['consumer.email string.email']],
  [{ shipping: { countryCode: 'ITA' } }, ['shipping.countryCode string.length']],
  [{ items: [] }, ['items array.min']],
  [{ items: {} }, ['items array.base']],
  [{ items: ['Chair'] }, ['items.0 object.base']],
  [{ items: [{}] }, ['items.0.name any.required', 'items.0.price any.required', 'items.0.quantity any.required']],
  [{ items: [{ name: 'C', price: {}, quantity: 0 }] }, ['items.0.quantity number.greater']],
  [{ items: [{ name: 'C', price: {}, quantity: '-1.5' }] }, ['items.0.quantity number.greater']],
  [{ items: [{ name: 'C', price: {}, quantity: '1,5' }] }, ['items.0.quantity number.base']],
  [{ items: [{ name: 'C', price: {}, quantity: '' }] }, ['items.0.quantity any.empty']],
  [{ merchantReference: 7 }, ['merchantReference string.base']],
  [{ merchantReference: 'a\0' }, ['merchantReference string.regex.base']],
  [{ merchantReference: 'x'.repeat(256) }, ['merchantReference string.max']],
  [{ product: 'pay-in-5' }, ['product any.allowOnly']],
  [{ type: 'phone' }, ['type any.allowOnly']],
  [{ type: 'link' }, ['extensions.type.link any.required']],
  [{ orderExpiryMilliseconds: 'soon' }, ['orderExpiryMilliseconds number.integer']],
  [{ orderExpiryMilliseconds: -1 }, ['orderExpiryMilliseconds number.min']],
  [{ orderExpiryMilliseconds: 1.5 }, ['orderExpiryMilliseconds number.integer']],
]
for (const [change, expected] of refused) {
  test(`refuses ${JSON.stringify(change).slice(0, 70)}`, () => assert.deepEqual(complaints(change), expected))
}

test('answers at most about a hundred complaints for a body of nothing but bad items', () => {
  assert(complaints({ items: Array(50_000).fill({}) }).length < 110)
})

function expiryOf(change: JsonObject): number | null {
  const parsed = parse({ ...anOrder(), orderExpiryMilliseconds: undefined, ...change })
  assert(parsed.ok)
  return parsed.value.expiryMs
}

test('gives an order forty minutes, a link a day, and takes the life that was asked for', () => {
  const link = { notification: { channels: ['email'], emailAddress: 'ada@example.com' } }
  assert.equal(expiryOf({}), 2_400_000)
  assert.equal(expiryOf({ type: 'link', extensions: { type: { link } } }), 86_400_000)
  assert.equal(expiryOf({ orderExpiryMilliseconds: '600000' }), 600_000)
  assert.equal(expiryOf({ orderExpiryMilliseconds: 6_000_000 }), 6_000_000)
})

test('keeps the request as it was sent', () => {
  const text =
    '{ "totalAmount": {"amount":"10.00","currency":"EUR"}, "merchant": {"redirectConfirmUrl":"https://s.example","redirectCancelUrl":"https://s.example"} }'
  const parsed = parseCreateOrder({ text, value: JSON.parse(text) })
  assert(parsed.ok)
  assert.equal(parsed.value.details, text)
  assert.equal(parsed.value.product, 'pay-in-3')
  assert.equal(parsed.value.total, 1_000n)
})
