import type pg from 'pg'
import { findShopOrderOwner, insertShopOrder, type ShopOrder } from '../../db/shop/shop-orders.ts'
import { findShopSecret, saveShopSecret } from '../../db/shop/shop-secrets.ts'
import { inTransaction } from '../../db/wire/transaction.ts'
import type { Clock } from '../../kernel/clock.ts'
import type { MerchantId } from '../../kernel/ids.ts'
import { type By, recordIn } from '../audit/audit-log.ts'
import { outageAsUnavailable } from '../shared/outage.ts'
import type { Sealer } from '../shared/seal.ts'

export type { ShopOrder }

/** Whether a text may be a shop's secret: 16 to 255 characters without spaces, as shop systems show them. */
export function isShopSecret(text: string): boolean {
  return /^[\x21-\x7e]{16,255}$/.test(text)
}

/** A merchant's shop system that tells of orders by signed webhooks. Each throws `Unavailable` when the database is away. */
export type Shops = {
  /** what it signs with; undefined when nothing of it can be believed */
  readonly secret: (merchantId: MerchantId) => Promise<string | undefined>
  readonly hasSecret: (merchantId: MerchantId) => Promise<boolean>
  /** Null takes it away. Stands in the audit log, without the secret; in the transaction of `client` when one is given. */
  readonly setSecret: (merchantId: MerchantId, secret: string | null, by: By, client?: pg.PoolClient) => Promise<void>
  /** Remembers whose order it is, for a status page that names no merchant. */
  readonly note: (merchantId: MerchantId, order: ShopOrder) => Promise<void>
  /** Whose order has both numbers; undefined when nobody's has, or when more than one merchant claims it. */
  readonly ownerOf: (order: ShopOrder) => Promise<MerchantId | undefined>
}

export function createShops(parts: { readonly pool: pg.Pool; readonly clock: Clock; readonly sealer: Sealer }): Shops {
  const { pool, clock, sealer } = parts
  const find = (merchantId: MerchantId) => outageAsUnavailable(findShopSecret(pool, merchantId))
  return {
    secret: async (merchantId) => {
      const sealed = await find(merchantId)
      return sealed && sealer.open(sealed)
    },
    hasSecret: async (merchantId) => (await find(merchantId)) !== undefined,
    setSecret: async (merchantId, secret, by, client) => {
      const work = async (each: pg.PoolClient) => {
        await saveShopSecret(each, merchantId, secret === null ? null : sealer.seal(secret), clock.now())
        const action = { merchantId, ...by, action: 'set_shop_secret', subject: 'shop', before: null }
        await recordIn(each, { ...action, after: secret === null ? 'removed' : 'set' }, clock)
      }
      await outageAsUnavailable(client ? work(client) : inTransaction(pool, work))
    },
    note: (merchantId, order) => outageAsUnavailable(insertShopOrder(pool, merchantId, order)),
    ownerOf: (order) => outageAsUnavailable(findShopOrderOwner(pool, order)),
  }
}
