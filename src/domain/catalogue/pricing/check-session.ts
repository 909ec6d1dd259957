import type { Instant } from '../../../kernel/instant.ts'
import { ok, type Result, refuse } from '../../../kernel/result.ts'
import type { Product } from '../model/catalogue.ts'
import type { CatalogueFacts } from './facts.ts'
import { type OrderItem, startOf, timeFromMs } from './order-request.ts'
import type { CatalogueRefusal } from './refusal.ts'

type Times = { readonly startsAt: Instant | null; readonly endsAt: Instant | null }

/** A time below this, March 1973 in milliseconds, was most likely meant in seconds. */
const millisecondsOfSeconds = 100_000_000_000

/**
 * The start and end an item is sold for. 0 means no time: the contract's example sends it for what is not an event. Only a start that
 * the catalogue lists is sold, until it ends, or begins when no end is listed; so one seat cannot be sold as two sessions
 * a millisecond apart.
 */
export function checkSession(
  facts: CatalogueFacts,
  product: Product,
  item: OrderItem,
  path: string,
  now: Instant,
): Result<Times, CatalogueRefusal> {
  const startPath = `${path}.startsAtTimeInMillis`
  const endPath = `${path}.endsAtTimeInMillis`
  if (!product.isEvent) {
    if (isGiven(item.startsAtMs)) return refuse({ reason: 'not_an_event', path: startPath })
    if (isGiven(item.endsAtMs)) return refuse({ reason: 'not_an_event', path: endPath })
    return ok({ startsAt: null, endsAt: null })
  }
  if (!isGiven(item.startsAtMs)) return refuse({ reason: 'start_required', path: startPath })
  const startsAt = startOf(item)
  const start = facts.starts.find((each) => each.productUuid === product.uuid && each.startsAt === startsAt)
  if (!start)
    return refuse({ reason: 'start_unknown', path: startPath, looksLikeSeconds: looksLikeSeconds(item.startsAtMs) })
  if ((start.endsAt ?? start.startsAt) <= now) return refuse({ reason: 'start_passed', path: startPath })
  const endsAt = isGiven(item.endsAtMs) ? timeFromMs(item.endsAtMs) : start.endsAt
  const isRightEnd = isGiven(item.endsAtMs)
    ? endsAt !== null && endsAt > start.startsAt && (start.endsAt === null || endsAt === start.endsAt)
    : true
  if (!isRightEnd) return refuse({ reason: 'end_invalid', path: endPath, expected: start.endsAt })
  return ok({ startsAt: start.startsAt, endsAt })
}

function isGiven(ms: number | null): boolean {
  return ms !== null && ms !== 0
}

function looksLikeSeconds(ms: number | null): boolean {
  return ms !== null && ms > 0 && ms < millisecondsOfSeconds
}
