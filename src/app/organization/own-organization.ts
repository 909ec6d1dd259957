import type pg from 'pg'
import { listAttempts, type StoredAttempt } from '../../db/attempt/attempts.ts'
import { findOrganizationOwner } from '../../db/catalogue/catalogue-address.ts'
import {
  findCatalogueOrder,
  listCatalogueOrders,
  type OrderCursor,
  type StoredCatalogueOrder,
} from '../../db/catalogue/catalogue-orders.ts'
import {
  findOrganizationFile,
  findStoredEntity,
  listOrganizations,
  listStoredEntities,
  type OrganizationKey,
  type StoredEntity,
} from '../../db/catalogue/catalogue-read.ts'
import { findPayment } from '../../db/payment/payments.ts'
import type { Deletion } from '../../domain/catalogue/file/deletion.ts'
import type { FileProblem } from '../../domain/catalogue/file/file-problem.ts'
import type { CatalogueFile } from '../../domain/catalogue/file/file-schema.ts'
import type { CatalogueKind, EntityId } from '../../domain/catalogue/model/kinds.ts'
import type { Uuid } from '../../domain/catalogue/model/uuid.ts'
import type { Payment } from '../../domain/payment/payment.ts'
import type { MerchantId, PaymentId } from '../../kernel/ids.ts'
import type { Result } from '../../kernel/result.ts'
import { deleteEntity, type EntityChange, putEntity, putOrganization } from '../catalogue/change-catalogue.ts'
import type { ImportFile } from '../catalogue/import-file.ts'
import { readCatalogue } from '../catalogue/read-catalogue.ts'
import { createMutex } from '../shared/mutex.ts'
import { outageAsUnavailable } from '../shared/outage.ts'
import type { Sealer } from '../shared/seal.ts'

export type { OrderCursor, StoredCatalogueOrder, StoredAttempt, StoredEntity }

export type OrderWithTransactions = {
  readonly order: StoredCatalogueOrder
  readonly payment: Payment
  /** every call to the acquirer, oldest first */
  readonly transactions: readonly StoredAttempt[]
}

type OrganizationFile = CatalogueFile['organization']

/** What an organization may do with its own key. Everything throws `Unavailable` when the database is away. */
export type OwnOrganization = {
  readonly list: (merchantId: MerchantId) => Promise<readonly { uuid: Uuid; title: string; currency: string }[]>
  readonly isOwnedBy: (key: OrganizationKey) => Promise<boolean>
  readonly listOrders: (
    query: OrganizationKey & { readonly limit: number; readonly before?: OrderCursor; readonly requestId?: string },
  ) => Promise<readonly StoredCatalogueOrder[]>
  readonly findOrder: (
    key: OrganizationKey & { readonly paymentId: PaymentId },
  ) => Promise<OrderWithTransactions | undefined>
  /** the bytes of a catalogue file (docs/protocols/salescloud-catalogue.md) */
  readonly importFile: ImportFile
  /** the whole catalogue as such a file; `parts` (entities, variations, starts) when there are too many for one answer */
  readonly readCatalogue: (key: OrganizationKey) => Promise<Result<string | undefined, { readonly parts: number }>>
  readonly readOrganization: (key: OrganizationKey) => Promise<OrganizationFile | undefined>
  readonly listEntities: (
    query: OrganizationKey & { readonly kind: CatalogueKind; readonly limit: number; readonly after?: EntityId },
  ) => Promise<readonly StoredEntity[]>
  readonly findEntity: (
    key: OrganizationKey & { readonly kind: CatalogueKind; readonly id: EntityId },
  ) => Promise<StoredEntity | undefined>
  // A change that was answered `Unavailable` may have happened, or happen yet; the same again is safe.
  readonly putEntity: (change: EntityChange) => Promise<Result<StoredEntity, readonly FileProblem[]>>
  readonly putOrganization: (
    key: OrganizationKey,
    changeOf: (stored: OrganizationFile) => unknown,
  ) => Promise<Result<OrganizationFile, readonly FileProblem[]>>
  readonly deleteEntity: (
    key: OrganizationKey & { readonly kind: CatalogueKind; readonly id: EntityId },
  ) => Promise<Deletion>
}

/** About the longest file that the import takes in one request. */
const mostParts = 100_000

export function createOwnOrganization(pool: pg.Pool, sealer: Sealer, importFile: ImportFile): OwnOrganization {
  const exclusively = createMutex<MerchantId>()
  return {
    list: (merchantId) => outageAsUnavailable(listOrganizations(pool, merchantId)),
    isOwnedBy: async ({ merchantId, organization }) =>
      (await outageAsUnavailable(findOrganizationOwner(pool, organization))) === merchantId,
    listOrders: (query) => outageAsUnavailable(listCatalogueOrders(pool, query)),
    findOrder: async (key) => {
      const order = await outageAsUnavailable(findCatalogueOrder(pool, key))
      const stored = order && (await outageAsUnavailable(findPayment(pool, key.merchantId, key.paymentId)))
      if (!order || !stored) return undefined
      const transactions = await outageAsUnavailable(listAttempts(pool, key.merchantId, key.paymentId))
      return { order, payment: stored.payment, transactions }
    },
    importFile: (file) => exclusively(file.merchantId, () => importFile(file)),
    readCatalogue: (key) => outageAsUnavailable(readCatalogue(pool, { ...key, mostParts })),
    readOrganization: (key) => outageAsUnavailable(findOrganizationFile(pool, key)),
    listEntities: ({ kind, limit, after, ...key }) =>
      outageAsUnavailable(listStoredEntities(pool, key, kind, { limit, ...(after !== undefined && { after }) })),
    findEntity: ({ kind, id, ...key }) => outageAsUnavailable(findStoredEntity(pool, key, kind, id)),
    // Whoever waits for another change of the merchant's does not wait for the database: its patience begins with the work.
    putEntity: (change) =>
      exclusively(change.merchantId, () => outageAsUnavailable(putEntity(pool, change, sealer.seal))),
    putOrganization: (key, changeOf) =>
      exclusively(key.merchantId, () => outageAsUnavailable(putOrganization(pool, key, changeOf, sealer.seal))),
    deleteEntity: (key) => exclusively(key.merchantId, () => outageAsUnavailable(deleteEntity(pool, key))),
  }
}
