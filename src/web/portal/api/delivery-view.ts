import { type Static, Type } from 'typebox'
import type { DeliveryRow } from '../../../app/webhook/webhook-log.ts'
import { isoOf } from '../../../kernel/instant.ts'
import { orNull } from './shapes.ts'

/** A webhook's message with every try, as an order's page shows it, and the list of all with more. */
export const deliverySchema = Type.Object({
  id: Type.String(),
  event: Type.String(),
  url: Type.String(),
  state: Type.String(),
  createdAt: Type.String(),
  attempts: Type.Array(
    Type.Object({
      at: Type.String(),
      status: Type.Union([Type.Integer(), Type.Null()]),
      error: orNull,
      latencyMs: Type.Integer(),
      answer: orNull,
    }),
  ),
})

export function deliveryOf(row: DeliveryRow): Static<typeof deliverySchema> {
  const { id, event, url, state, createdAt, attempts } = row
  const tries = attempts.map(({ at, status, error, latencyMs, answer }) => ({
    ...{ at: isoOf(at), status, error, latencyMs, answer },
  }))
  return { id, event, url, state, createdAt: isoOf(createdAt), attempts: tries }
}
