import { isObject, type JsonObject } from '../../shared/body.ts'
import { empty, type Issue, isAbsent, issue, required, softObject } from '../validation.ts'
import { checkSoftAmount } from './amount.ts'

/** As plain as the browsers' own check: something, an at sign, something with a dot. Real proof is the delivery. */
const email = /^[^\s@]{1,64}@[^\s@.]+(\.[^\s@.]+)+$/

/** The shopper: any field may be missing or empty, an e-mail that is there must be one (scalapay.md 3.1). */
export function checkConsumer(value: unknown, issues: Issue[]): void {
  const consumer = softObject(value, ['consumer'], issues)
  if (consumer) checkEmail(consumer.email, ['consumer', 'email'], issues)
}

function checkEmail(value: unknown, path: readonly string[], issues: Issue[]): void {
  if (isAbsent(value) || value === '') return
  if (typeof value === 'string' && value.length <= 254 && email.test(value)) return
  issues.push(issue(path, 'must be a valid email', 'string.email'))
}

/** Billing and shipping: partial ones are common; a country code is two characters when it is given. */
export function checkAddresses(order: JsonObject, issues: Issue[]): void {
  checkAddress(order.billing, 'billing', issues)
  checkAddress(order.shipping, 'shipping', issues)
}

function checkAddress(value: unknown, name: string, issues: Issue[]): void {
  const country = softObject(value, [name], issues)?.countryCode
  if (isAbsent(country) || country === '') return
  if (typeof country === 'string' && country.length === 2) return
  issues.push(issue([name, 'countryCode'], 'length must be 2 characters long', 'string.length'))
}

/** No list is fine, an empty one is not (scalapay.md 3.1); each item has a name, a price and a quantity. */
export function checkItems(value: unknown, issues: Issue[]): void {
  if (isAbsent(value)) return
  if (!Array.isArray(value)) issues.push(issue(['items'], 'must be an array', 'array.base'))
  else if (value.length === 0) issues.push(issue(['items'], 'must contain at least 1 items', 'array.min'))
  else for (let at = 0; at < value.length && issues.length < mostIssues; at++) checkItem(value[at], at, issues)
}

/** A body of nothing but bad items must not be answered with a hundred times its size. */
const mostIssues = 100

function checkItem(item: unknown, at: number, issues: Issue[]): void {
  if (!isObject(item)) {
    issues.push(issue(['items', at], 'must be an object', 'object.base'))
    return
  }
  if (typeof item.name !== 'string') issues.push(missingOr(item.name, ['items', at, 'name'], 'string'))
  if (isAbsent(item.price)) issues.push(required(['items', at, 'price']))
  else if (!isPlainPrice(item.price)) checkSoftAmount(item.price, ['items', at, 'price'], issues)
  checkQuantity(item.quantity, at, issues)
}

/** Skips the path that only a complaint needs. */
function isPlainPrice(price: unknown): boolean {
  return isObject(price) && typeof price.amount === 'string' && /^\d{1,9}\.\d\d$/.test(price.amount)
}

/** More than nothing, as number or string, parts of one too: some shops sell by weight (PrestaShop; scalapay.md 3.2). */
function checkQuantity(value: unknown, at: number, issues: Issue[]): void {
  const quantity = typeof value === 'string' && decimalQuantity.test(value) ? Number(value) : value
  if (typeof quantity === 'number' && quantity > 0) return
  const path = ['items', at, 'quantity']
  if (isAbsent(value)) issues.push(required(path))
  else if (value === '') issues.push(empty(path))
  else if (typeof quantity !== 'number') issues.push(issue(path, 'must be a number', 'number.base'))
  else issues.push(issue(path, 'must be greater than 0', 'number.greater'))
}

const decimalQuantity = /^-?\d{1,15}(\.\d{1,15})?$/

function missingOr(value: unknown, path: readonly (string | number)[], kind: 'string'): Issue {
  return isAbsent(value) ? required(path) : issue(path, `must be a ${kind}`, `${kind}.base`)
}

/** Tax, shipping and discounts. Not summed against the total: the official example would not add up (scalapay.md 3.1). */
export function checkSideAmounts(order: JsonObject, issues: Issue[]): void {
  checkSoftAmount(order.taxAmount, ['taxAmount'], issues)
  checkSoftAmount(order.shippingAmount, ['shippingAmount'], issues)
  const { discounts } = order
  if (isAbsent(discounts)) return
  if (!Array.isArray(discounts)) issues.push(issue(['discounts'], 'must be an array', 'array.base'))
  else
    for (let at = 0; at < discounts.length && issues.length < mostIssues; at++) checkDiscount(discounts[at], at, issues)
}

function checkDiscount(value: unknown, at: number, issues: Issue[]): void {
  const discount = softObject(value, ['discounts', at], issues)
  if (discount) checkSoftAmount(discount.amount, ['discounts', at, 'amount'], issues)
}

const linkPath = ['extensions', 'type', 'link']
const notificationPath = [...linkPath, 'notification']

/** A link order says by which channels the link goes out, and where to (scalapay.md 3.4). */
export function checkLink(extensions: unknown, issues: Issue[]): void {
  const type = isObject(extensions) ? extensions.type : undefined
  const link = isObject(type) ? type.link : undefined
  const notification = isObject(link) ? link.notification : undefined
  if (!isObject(link)) issues.push(required(linkPath))
  else if (!isObject(notification)) issues.push(required(notificationPath))
  else checkNotification(notification, issues)
}

function checkNotification(notification: JsonObject, issues: Issue[]): void {
  const { channels } = notification
  if (!Array.isArray(channels)) {
    issues.push(isAbsent(channels) ? required([...notificationPath, 'channels']) : notAnArray)
    return
  }
  if (!channels.every((channel) => channel === 'email' || channel === 'sms')) issues.push(unknownChannel)
  if (channels.includes('sms')) {
    needText(notification, 'phoneNumber', issues)
    needText(notification, 'phoneCountryCode', issues)
  }
  if (channels.includes('email')) {
    needText(notification, 'emailAddress', issues)
    checkEmail(notification.emailAddress, [...notificationPath, 'emailAddress'], issues)
  }
}

const notAnArray = issue([...notificationPath, 'channels'], 'must be an array', 'array.base')
const unknownChannel = issue([...notificationPath, 'channels'], 'must be one of [email, sms]', 'any.allowOnly')

function needText(notification: JsonObject, name: string, issues: Issue[]): void {
  const value = notification[name]
  if (typeof value === 'string' && value !== '') return
  issues.push(value === '' ? empty([...notificationPath, name]) : required([...notificationPath, name]))
}
