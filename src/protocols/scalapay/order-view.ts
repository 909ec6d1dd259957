import type { StoredPayment } from '../../app/app.ts'
import { mostItems, type OrderDetails, type OrderItem } from '../../domain/shopper/order-details.ts'
import type { Language } from '../../kernel/language.ts'
import { minorFromDecimal } from '../../kernel/money.ts'
import { isObject, type JsonObject } from '../shared/body.ts'
import { wireCurrency } from './orders/amount.ts'
import { storedOrder } from './stored-order.ts'
import { wholeNumberOf } from './validation.ts'

/** The names that `preferredLanguage` has for languages (scalapay.md 3.1). */
const languages: Readonly<Record<string, Language>> = {
  ...{ english: 'en', italiano: 'it', francais: 'fr', deutsch: 'de' },
  ...{ espanol: 'es', dutch: 'nl', suomi: 'fi', portuguese: 'pt' },
}

/** What the order's page shows and prefills. Nothing of it was checked beyond its size: what is neither text nor a number is left out. */
export function orderView(stored: Pick<StoredPayment, 'details'>): OrderDetails {
  const order = storedOrder(stored)
  const consumer = objectIn(order, 'consumer')
  const shipping = objectIn(order, 'shipping')
  const address = textIn(shipping, 'line1') ? shipping : objectIn(order, 'billing')
  const items = Array.isArray(order.items) ? order.items : []
  const country = textIn(address, 'countryCode').toUpperCase()
  return {
    items: items.slice(0, mostItems).flatMap(itemOf),
    itemCount: items.length,
    shipping: minorIn(order.shippingAmount),
    discount: discountOf(order.discounts),
    tax: minorIn(order.taxAmount),
    language: languageIn(order),
    isProductOpen: textIn(order, 'product') === '',
    email: textIn(consumer, 'email', 254),
    phone: textIn(consumer, 'phoneNumber') || textIn(address, 'phoneNumber'),
    givenNames: textIn(consumer, 'givenNames'),
    surname: textIn(consumer, 'surname'),
    address: textIn(address, 'line1'),
    postcode: textIn(address, 'postcode'),
    city: textIn(address, 'suburb'),
    country: /^[A-Z]{2}$/.test(country) ? country : '',
  }
}

function itemOf(value: unknown): OrderItem[] {
  if (!isObject(value)) return []
  const name = textIn(value, 'name')
  if (name === '') return []
  return [
    {
      name,
      quantity: wholeNumberOf(value.quantity) ?? 1,
      price: minorIn(value.price),
      imageUrl: urlIn(value, 'imageUrl'),
    },
  ]
}

function discountOf(value: unknown): bigint | null {
  if (!Array.isArray(value)) return null
  const amounts = value.slice(0, mostItems).flatMap((each) => (isObject(each) ? (minorIn(each.amount) ?? []) : []))
  return amounts.length > 0 ? amounts.reduce((sum, each) => sum + each, 0n) : null
}

function languageIn(order: JsonObject): Language | undefined {
  const extension = objectIn(objectIn(objectIn(order, 'extensions'), 'type'), 'link')
  const name = textIn(objectIn(extension, 'notification'), 'preferredLanguage').toLowerCase()
  return Object.hasOwn(languages, name) ? languages[name] : undefined
}

function minorIn(value: unknown): bigint | null {
  if (!isObject(value) || (typeof value.amount !== 'string' && typeof value.amount !== 'number')) return null
  const text = String(value.amount)
  return text.length > 30 ? null : (minorFromDecimal(text, wireCurrency) ?? null)
}

function objectIn(value: JsonObject, name: string): JsonObject {
  const found = Object.hasOwn(value, name) ? value[name] : undefined
  return isObject(found) ? found : {}
}

/** Whether it leads anywhere, and may be asked, is for whoever asks it. */
function urlIn(value: JsonObject, name: string): string | null {
  const found = Object.hasOwn(value, name) ? value[name] : undefined
  return typeof found === 'string' && found.length <= 2_048 && /^https?:\/\/[\x21-\x7e]+$/i.test(found) ? found : null
}

/** Cut to what a line can show. */
function textIn(value: JsonObject, name: string, longest = 200): string {
  const found = Object.hasOwn(value, name) ? value[name] : undefined
  return typeof found === 'string' ? found.slice(0, longest).trim() : ''
}
