import type { StoredPayment } from '../../app/app.ts'
import { isObject, type JsonObject } from '../shared/body.ts'

type Stored = Pick<StoredPayment, 'details'>

const read = new WeakMap<Stored, JsonObject>()

/** The request that made an order, read once: a page asks for its items, its addresses and its frequency. Empty for what is no object. */
export function storedOrder(stored: Stored): JsonObject {
  const known = read.get(stored)
  if (known) return known
  const parsed: unknown = JSON.parse(stored.details)
  const order = isObject(parsed) ? parsed : {}
  read.set(stored, order)
  return order
}
