import type { FastifyBaseLogger } from 'fastify'
import type pg from 'pg'
import type { App } from '../../app/app.ts'
import { createOrderPictures, type OrderPictures, shownPictures } from '../../app/picture/order-pictures.ts'
import type { DueSource } from '../../app/sandbox/due-source.ts'
import { outageAsUnavailable } from '../../app/shared/outage.ts'
import { findPicture } from '../../db/picture/pictures.ts'
import { createGuardedClient } from '../../http/outgoing/guarded-request.ts'
import { createFetchPictures, pictures } from '../../jobs/pictures/fetch-pictures.ts'
import type { Clock } from '../../kernel/clock.ts'
import { profiles } from '../../protocols/profiles.ts'

export type WiredPictures = Pick<App, 'findPicture' | 'shownPictures'> & {
  readonly source: DueSource
  readonly watch: OrderPictures['watch']
  readonly close: () => Promise<void>
}

/** Pictures that orders name, from the order to the page: noted, fetched by a job through the guard, and shown from here. */
export function wirePictures(parts: {
  readonly mode: 'sandbox' | 'live'
  readonly pool: pg.Pool
  readonly clock: Clock
  readonly nudge: (job: string) => void
  readonly logger: FastifyBaseLogger
}): WiredPictures {
  const { mode, pool, clock, nudge, logger } = parts
  const client = createGuardedClient({ allowLoopback: mode === 'sandbox' }, { connectionsPerOrigin: 4 })
  const orders = createOrderPictures({
    ...{ pool, clock },
    orderView: ({ protocol, details }) => profiles.get(protocol)?.orderView?.({ details }),
    nudge: () => nudge(pictures),
    onError: (error) => logger.warn({ err: error }, 'the pictures of some orders could not be noted'),
  })
  return {
    source: createFetchPictures({ pool, client }),
    watch: orders.watch,
    findPicture: (prefix, id) => outageAsUnavailable(findPicture(pool, prefix, id)),
    shownPictures: (merchantId, details) => shownPictures(pool, merchantId, details),
    close: async () => {
      await orders.close()
      await client.close()
    },
  }
}
