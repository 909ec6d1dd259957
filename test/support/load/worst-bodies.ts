import { kupayToken, salescloudOrganizationKey, scalapayMerchantKey } from '../../../src/main/fixtures.ts'
import { aPayment, approvedCard, channel, instance, organization } from '../protocols/salescloud.ts'

export type WorstBody = { readonly name: string; readonly bytes: Buffer }

/** Texts that cost a reader the most for their size, none larger than `limit` bytes. */
export function worstBodies(limit: number): readonly WorstBody[] {
  return [
    ...lists.map((name) => body(`a list of empty objects: ${name}`, filled(`{"${name}":[`, '{},', '{}]}', limit))),
    body('lists in a list', filled('{"items":[', '[],', '[]]}', limit)),
    body(
      'many keys',
      keys(limit, (at) => `"k${at}":0`),
    ),
    body('many keys of a list', `{"products":[${keys(limit - 20, (at) => `"k${at}":0`)}]}`),
    body(
      'one key again and again',
      keys(limit, () => '"items":[]'),
    ),
    body('decimals', filled('{"items":[', '0.1,', '0]}', limit)),
    body('one long number', filled('{"amount":', '1', '}', limit)),
    body('one long text', filled('{"comment":"', '\\u0000', '"}', limit)),
    body('backslashes', filled('{"comment":"', '\\\\', '"}', limit)),
    body('deep', filled('', '{"a":[', '', limit)),
    body('brackets', filled('', '[', '', limit)),
    body('lines, then nothing', filled('{"a":[', '\n', '', limit)),
    body('ends too early', filled('{"a":[', '0,', '', limit)),
    body('no text', Buffer.alloc(limit, 0xff)),
    body(
      'a payment with many items',
      payment({ items: repeat(limit / 60, { uuid: organization, quantity: 1 }) }, limit),
    ),
    body('a payment with items that are wrong', payment({ items: repeat(limit / 12, { a: 1 }) }, limit)),
    body(
      'a payment with a long word in an item',
      payment({ items: [{ uuid: organization, quantity: 1, note: '4 '.repeat(limit / 2 - 400) }] }, limit),
    ),
    body(
      'a payment with many names in an item',
      payment({ items: [{ uuid: organization, quantity: 1, note: names(limit / 20) }] }, limit),
    ),
    body('an order with items that are wrong', order({ items: repeat(limit / 12, { a: 1 }) }, limit)),
    body('an order with many right items', order({ items: repeat(limit / 90, anItem) }, limit)),
    body('a payment request with long digits', paymentRequest({ amount: '9'.repeat(limit - 500) }, limit)),
    body(
      'a payment request with a long address',
      paymentRequest({ cancel_url: `https://a.example/${'a@'.repeat(limit / 2 - 300)}` }, limit),
    ),
    body(
      'a shop order with many lines',
      paymentRequest({ line_items: repeat(limit / 40, { meta_data: [], name: '1' }) }, limit),
    ),
    body('a valid catalogue', catalogue(limit)),
    body('a thing with many starts', thing(limit)),
  ]
}

const lists = ['items', 'products', 'discounts', 'events', 'channels', 'coupons']

const anItem = { name: 'A', quantity: 1, sku: '1', price: { amount: '1.00', currency: 'EUR' } }

function body(name: string, text: string | Buffer): WorstBody {
  return { name, bytes: Buffer.isBuffer(text) ? text : Buffer.from(text) }
}

function filled(head: string, piece: string, tail: string, limit: number): string {
  return head + piece.repeat(Math.floor((limit - head.length - tail.length) / piece.length)) + tail
}

function keys(limit: number, entry: (at: number) => string): string {
  const entries: string[] = []
  for (let at = 0, length = 2; ; at++) {
    const text = entry(at)
    length += text.length + 1
    if (length > limit) return `{${entries.join(',')}}`
    entries.push(text)
  }
}

function repeat(times: number, value: object): readonly object[] {
  return Array(Math.floor(times)).fill(value)
}

function names(times: number): object {
  return Object.fromEntries(Array.from({ length: Math.floor(times) }, (_, at) => [`n${at}`, at]))
}

/** Shortened by its last entries where it became too long. */
function fitting(make: (share: number) => object, limit: number): string {
  for (let share = 1; share > 0.1; share *= 0.8) {
    const text = JSON.stringify(make(share))
    if (Buffer.byteLength(text) <= limit) return text
  }
  throw new Error('the body cannot be made to fit')
}

function payment(more: { items: readonly object[] }, limit: number): string {
  const items = (share: number) => more.items.slice(0, Math.max(1, Math.floor(more.items.length * share)))
  return fitting((share) => aPayment({ details: approvedCard, ...more, items: items(share) }), limit)
}

/** As KuPay's API and its plugin for WooCommerce ask for one, cut at the limit. */
function paymentRequest(more: object, limit: number): string {
  const said = { id: '1', order_number: '1', order_key: 'k', created_at: '2026-01-22T18:58:04+01:00', currency: 'USD' }
  const urls = { cancel_url: 'https://a.example', paid_url: 'https://a.example', callback_url: 'http://localhost:9/' }
  return JSON.stringify({ ...said, amount: 1, total: '1.00', ...urls, ...more }).slice(0, limit)
}

function order(more: { items: readonly object[] }, limit: number): string {
  const merchant = { redirectConfirmUrl: 'https://shop.example/ok', redirectCancelUrl: 'https://shop.example/ko' }
  const totalAmount = { amount: '90.00', currency: 'EUR' }
  const items = (share: number) => more.items.slice(0, Math.floor(more.items.length * share))
  return fitting((share) => ({ totalAmount, merchant, items: items(share) }), limit)
}

function aUuid(at: number): string {
  return `00000000-0000-4000-8000-${at.toString(16).padStart(12, '0')}`
}

/** Of the sandbox's organization: as many products as fit. */
export function catalogue(limit: number): string {
  const count = Math.min(49_000, Math.floor(limit / 110))
  const products = Array.from({ length: count }, (_, at) => ({ uuid: aUuid(at), title: `Product ${at}`, price: at }))
  const said = { uuid: organization, title: 'Kaffihúsið Tercet', currency: 'ISK' }
  return fitting((share) => ({ organization: said, products: products.slice(0, count * share) }), limit)
}

function thing(limit: number): string {
  const starts = Array.from({ length: 2_000 }, (_, at) => ({
    startsAt: new Date(Date.UTC(2040, 0, 1) + at * 3_600_000).toISOString(),
    endsAt: null,
    capacity: 5,
  }))
  return fitting((share) => ({ title: 'Event', price: 1, event: { starts: starts.slice(0, 2_000 * share) } }), limit)
}

/** Right values for the parameters of paths, so that a body gets as far as it can. */
export const parameters: Readonly<Record<string, string>> = {
  version: '1',
  organization,
  channel,
  instance,
  kind: 'products',
  id: aUuid(1),
}

/** The sandbox's key for a path of each API. */
export function keyOf(path: string): string {
  if (path.startsWith('/salescloud')) return salescloudOrganizationKey
  return path.startsWith('/v1/payment/') ? kupayToken : scalapayMerchantKey
}
