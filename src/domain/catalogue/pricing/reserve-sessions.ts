import { ok, type Result, refuse } from '../../../kernel/result.ts'
import type { CatalogueFacts, StartFact } from './facts.ts'
import type { EventReservation, PricedLine } from './priced-order.ts'
import type { CatalogueRefusal } from './refusal.ts'

/** What the order takes of each session, lines of the same session together, in the order in which rows are locked. */
export function reserveSessions(
  facts: CatalogueFacts,
  lines: readonly PricedLine[],
): Result<readonly EventReservation[], CatalogueRefusal> {
  const wanted = new Map<string, EventReservation>()
  for (const [index, line] of lines.entries()) {
    if (line.startsAt === null) continue
    const key = `${line.product.uuid} ${line.startsAt}`
    const quantity = (wanted.get(key)?.quantity ?? 0) + line.quantity
    const reservation = { productUuid: line.product.uuid, startsAt: line.startsAt, quantity }
    const left = leftOf(facts.starts, reservation)
    if (quantity > left) return refuse({ reason: 'sold_out', path: `items[${index}].quantity`, left })
    wanted.set(key, reservation)
  }
  return ok([...wanted.values()].sort(byKey))
}

function leftOf(starts: readonly StartFact[], { productUuid, startsAt }: EventReservation): number {
  const start = starts.find((each) => each.productUuid === productUuid && each.startsAt === startsAt)
  return start ? start.capacity - start.taken : 0
}

function byKey(left: EventReservation, right: EventReservation): number {
  if (left.productUuid !== right.productUuid) return left.productUuid < right.productUuid ? -1 : 1
  return left.startsAt < right.startsAt ? -1 : left.startsAt > right.startsAt ? 1 : 0
}
