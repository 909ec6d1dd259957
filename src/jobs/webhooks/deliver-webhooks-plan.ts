import type { MerchantId } from '../../kernel/ids.ts'
import { firstWindow, isTroubled, roomOf } from './deliver-webhooks-health.ts'
import type { EndpointLane } from './deliver-webhooks-lane.ts'

/** Messages this process holds at most for endpoints that answer, and for those that fail, are slow or keep it waiting. */
const mostHeld = 1_024
export const mostHeldForTroubled = 256

/** How many messages of an endpoint one step of a moved clock takes. */
const roomWhileMoving = 64

export type Plan = { readonly rooms: ReadonlyMap<string, number>; readonly room: number }

/**
 * How many messages of each endpoint may be claimed now. Endpoints in trouble share a budget of their own, so however many
 * receivers hang, they leave the places of those that answer alone; within each budget the endpoint that was served longest ago
 * comes first.
 */
export function planClaims(
  lanes: ReadonlyMap<string, EndpointLane>,
  merchants: ReadonlySet<MerchantId>,
  now: number,
): Plan {
  const budget = { healthy: mostHeld, troubled: mostHeldForTroubled }
  const wanted: [string, EndpointLane, keyof typeof budget][] = []
  for (const [id, lane] of lanes) {
    const kind = isTroubled(lane.health, now) ? 'troubled' : 'healthy'
    budget[kind] -= lane.health.held
    if (merchants.has(lane.merchantId)) wanted.push([id, lane, kind])
  }
  wanted.sort(([, a], [, b]) => a.health.lastClaimAt - b.health.lastClaimAt)
  const rooms = new Map<string, number>()
  for (const [id, lane, kind] of wanted) {
    const room = Math.max(0, Math.min(roomOf(lane.health, now), budget[kind]))
    budget[kind] -= room
    if (room > 0) lane.health.lastClaimAt = now
    rooms.set(id, room)
  }
  return { rooms, room: budget.healthy > 0 ? firstWindow : 0 }
}

/** While the clock is moved nothing is paused: what is due happens before the call answers. Who keeps the move waiting for too long is left out. */
export function planMove(lanes: ReadonlyMap<string, EndpointLane>): Plan {
  const leftOut = [...lanes].filter(([, lane]) => lane.isLeftOut)
  return { rooms: new Map(leftOut.map(([id]) => [id, 0])), room: roomWhileMoving }
}
