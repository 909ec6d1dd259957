import type pg from 'pg'
import type { DueSource } from '../../app/sandbox/due-source.ts'
import { findUnread, insertContacts, oldestUnread, readUnread } from '../../db/payment/contacts.ts'
import { inTransaction } from '../../db/wire/transaction.ts'
import type { Protocol } from '../../domain/payment/payment.ts'
import type { Buyer } from '../../domain/shopper/buyer.ts'
import { emailOf } from '../../domain/user/user.ts'
import { plus, second } from '../../kernel/instant.ts'

export type ReadContactsParts = {
  readonly pool: pg.Pool
  /** the address in an order's request, as its protocol knows it */
  readonly buyerOf: (request: { readonly protocol: Protocol; readonly details: string }) => Buyer | undefined
}

/** An order is decided before it is committed, by the time a batch takes: what is younger than this waits for the next look. */
const settleTime = 30n * second
const mostMerchants = 100
const mostOrders = 500

/** Writes down whom orders are for, so that staff can search by e-mail and the making of an order pays nothing for it. */
export function createReadContacts({ pool, buyerOf }: ReadContactsParts): DueSource {
  return {
    name: 'contacts',
    nextDue: async () => {
      const oldest = await oldestUnread(pool)
      return oldest && plus(oldest, settleTime)
    },
    runDue: async (until) => {
      const before = plus(until, -settleTime)
      let read = 0
      for (const { merchantId, readUntil } of await findUnread(pool, before, mostMerchants)) {
        const orders = await readUnread(pool, { merchantId, after: readUntil, before, limit: mostOrders })
        const last = orders.at(-1)
        if (!last) continue
        const contacts = orders.flatMap(({ paymentId, protocol, details, createdAt }) => {
          const email = emailOf(buyerOf({ protocol, details })?.email ?? '')
          return email === undefined ? [] : [{ paymentId, email, createdAt }]
        })
        await inTransaction(pool, (client) => insertContacts(client, merchantId, contacts, last.createdAt))
        read += orders.length
      }
      return read
    },
  }
}
