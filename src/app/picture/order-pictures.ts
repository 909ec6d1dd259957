import type pg from 'pg'
import { findKept, type NamedPicture, wantPictures } from '../../db/picture/wanted-pictures.ts'
import { pictureIdOf } from '../../domain/picture/picture-id.ts'
import type { OrderDetails } from '../../domain/shopper/order-details.ts'
import type { Engine } from '../../engine/command.ts'
import type { Clock } from '../../kernel/clock.ts'
import type { MerchantId } from '../../kernel/ids.ts'
import { outageAsUnavailable } from '../shared/outage.ts'

type Made = { readonly merchantId: MerchantId; readonly protocol: string; readonly details: string }

type Parts = {
  readonly pool: pg.Pool
  readonly clock: Clock
  /** what an order shows, by the API that made it; undefined where there is no page */
  readonly orderView: (order: Made) => OrderDetails | undefined
  /** there is something to fetch */
  readonly nudge: () => void
  readonly onError: (error: unknown) => void
}

export type OrderPictures = {
  /** the engine, looked at: what it makes is noted after its commit, and its answer waits for nothing */
  readonly watch: (engine: Engine) => Engine
  /** Resolves when nothing is being noted. */
  readonly close: () => Promise<void>
}

/** Orders that wait to be looked at; those beyond show no pictures that no other order has named. */
const mostWaiting = 1_000

/** Notes the pictures of orders as they are made. Lost with the process: an order without its pictures is as good. */
export function createOrderPictures({ pool, clock, orderView, nudge, onError }: Parts): OrderPictures {
  const waiting: Made[] = []
  let working: Promise<void> | undefined
  const work = async (): Promise<void> => {
    for (let made = waiting.shift(); made; made = waiting.shift()) {
      const pictures = picturesOf(orderView(made))
      if (pictures.length === 0) continue
      await wantPictures(pool, made.merchantId, pictures, clock.now())
      nudge()
    }
  }
  const note = (made: Made): void => {
    if (waiting.length >= mostWaiting) return
    waiting.push(made)
    working ??= work()
      .catch(onError)
      .finally(() => {
        working = undefined
      })
  }
  return {
    watch: (engine) => ({
      execute: (command) => {
        const reply = engine.execute(command)
        const { action, merchant } = command
        if (action.kind === 'create' && action.details.includes('"imageUrl"')) {
          const made = { merchantId: merchant.id, protocol: action.protocol, details: action.details }
          void reply.then(
            ({ kind }) => kind === 'accepted' && note(made),
            () => undefined,
          )
        }
        return reply
      },
    }),
    close: async () => {
      waiting.length = 0
      await working
    },
  }
}

/** Names of the pictures of an order that can be shown, by their addresses. */
export type ShownPictures = ReadonlyMap<string, string>

export async function shownPictures(
  pool: pg.Pool,
  merchantId: MerchantId,
  details: OrderDetails,
): Promise<ShownPictures> {
  const named = picturesOf(details)
  if (named.length === 0) return new Map()
  const ids = named.map(({ id }) => id)
  const kept = await outageAsUnavailable(findKept(pool, merchantId, ids))
  return new Map(named.filter(({ id }) => kept.has(id)).map(({ url, id }) => [url, id]))
}

function picturesOf(details: OrderDetails | undefined): NamedPicture[] {
  const urls = new Set(details?.items.flatMap(({ imageUrl }) => imageUrl ?? []) ?? [])
  return [...urls].map((url) => ({ url, id: pictureIdOf(url) }))
}
