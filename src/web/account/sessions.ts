import type { AccountPlace } from '../../app/app.ts'
import type { ShopperApp } from '../../app/shopper/shopper-app.ts'

export type Sessions = Awaited<ReturnType<ShopperApp['sessions']>>

/** Where the shopper is signed in, newest first. Each session is kept by the cell where its code was typed. */
export async function sessionsOf(places: readonly AccountPlace[]): Promise<Sessions> {
  const found = await Promise.all(places.map(({ shoppers, shopperId }) => shoppers.sessions(shopperId)))
  return found.flat().toSorted((one, other) => Number(other.lastSeenAt - one.lastSeenAt))
}

/** Ends one of them, or all but one. What is not the shopper's stays. */
export async function endOwnSessions(
  places: readonly AccountPlace[],
  isEnded: (session: Sessions[number]) => boolean,
): Promise<void> {
  for (const { shoppers, shopperId } of places)
    for (const each of (await shoppers.sessions(shopperId)).filter(isEnded))
      await shoppers.endSessions(shopperId, each.id)
}
