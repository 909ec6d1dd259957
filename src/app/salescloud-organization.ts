import type pg from 'pg'
import { listAttempts, type StoredAttempt } from '../db/attempts.ts'
import { findOrganizationOwner } from '../db/catalogue-address.ts'
import {
  findSalescloudOrder,
  listSalescloudOrders,
  type OrderCursor,
  type SalescloudOrder,
} from '../db/catalogue-orders.ts'
import type { ImportCounts } from '../db/catalogue-save.ts'
import { findPayment } from '../db/payments.ts'
import type { FileProblem } from '../domain/catalogue/file-problem.ts'
import type { Uuid } from '../domain/catalogue/uuid.ts'
import type { Payment } from '../domain/payment/payment.ts'
import type { MerchantId, PaymentId } from '../kernel/ids.ts'
import type { Result } from '../kernel/result.ts'
import { importCatalogue } from './import-catalogue.ts'
import { asOutage, outageAsUnavailable } from './outage.ts'
import type { Sealer } from './seal.ts'

export type { OrderCursor, SalescloudOrder, StoredAttempt }

export type OrderWithTransactions = {
  readonly order: SalescloudOrder
  readonly payment: Payment
  /** every call to the acquirer, oldest first */
  readonly transactions: readonly StoredAttempt[]
}

type OrganizationKey = { readonly merchantId: MerchantId; readonly organization: Uuid }

/** What an organization may do with its own key. Everything throws `Unavailable` when the database is away. */
export type SalescloudOrganization = {
  readonly isOwnedBy: (key: OrganizationKey) => Promise<boolean>
  readonly listOrders: (
    query: OrganizationKey & { readonly limit: number; readonly before?: OrderCursor; readonly requestId?: string },
  ) => Promise<readonly SalescloudOrder[]>
  readonly findOrder: (
    key: OrganizationKey & { readonly paymentId: PaymentId },
  ) => Promise<OrderWithTransactions | undefined>
  /** the text of a catalogue file (docs/protocols/salescloud-catalogue.md) */
  readonly importCatalogue: (
    merchantId: MerchantId,
    text: string,
  ) => Promise<Result<ImportCounts, readonly FileProblem[]>>
}

export function createSalescloudOrganization(pool: pg.Pool, sealer: Sealer): SalescloudOrganization {
  return {
    isOwnedBy: async ({ merchantId, organization }) =>
      (await outageAsUnavailable(findOrganizationOwner(pool, organization))) === merchantId,
    listOrders: (query) => outageAsUnavailable(listSalescloudOrders(pool, query)),
    findOrder: async (key) => {
      const order = await outageAsUnavailable(findSalescloudOrder(pool, key))
      const stored = order && (await outageAsUnavailable(findPayment(pool, key.merchantId, key.paymentId)))
      if (!order || !stored) return undefined
      const transactions = await outageAsUnavailable(listAttempts(pool, key.merchantId, key.paymentId))
      return { order, payment: stored.payment, transactions }
    },
    importCatalogue: async (merchantId, text) => {
      try {
        return await importCatalogue(pool, { text, merchantId, seal: sealer.seal })
      } catch (error) {
        // Perhaps an outage. Not `outageAsUnavailable`: an import of fifty thousand products takes longer than a reader waits.
        throw asOutage(error)
      }
    },
  }
}
