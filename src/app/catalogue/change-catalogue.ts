import type { Pool, PoolClient } from 'pg'
import { deleteEntity as deleteStoredEntity } from '../../db/catalogue/catalogue-delete.ts'
import {
  findOrganizationFile,
  findStoredEntity,
  findStoredReferences,
  type OrganizationKey,
  type StoredEntity,
} from '../../db/catalogue/catalogue-read.ts'
import { lockMerchant } from '../../db/catalogue/catalogue-save.ts'
import { inTransaction, keepIfOk } from '../../db/wire/transaction.ts'
import type { Deletion } from '../../domain/catalogue/file/deletion.ts'
import { fileOfEntity, problemsWithin } from '../../domain/catalogue/file/entity-file.ts'
import type { FileProblem } from '../../domain/catalogue/file/file-problem.ts'
import type { CatalogueFile } from '../../domain/catalogue/file/file-schema.ts'
import { catalogueOf, readFileShape } from '../../domain/catalogue/file/read-catalogue-file.ts'
import type { CatalogueKind, EntityId } from '../../domain/catalogue/model/kinds.ts'
import { referencesOf } from '../../domain/catalogue/model/references.ts'
import { assert } from '../../kernel/assert.ts'
import { ok, type Result, refuse } from '../../kernel/result.ts'
import { type Seal, saveChecked } from './save-catalogue.ts'

type Problems = readonly FileProblem[]
type OrganizationFile = CatalogueFile['organization']

export type EntityChange = OrganizationKey & {
  readonly kind: CatalogueKind
  /** as sent, with the id that its address names */
  readonly entity: unknown
  /** the same id; undefined when the address names none that could be one, which the check of `entity` then finds */
  readonly id: EntityId | undefined
}

/**
 * Adds or changes one entity as an import of a file with only this entity would, under the same lock; it may also speak of what
 * is stored. Answers it as stored.
 */
export async function putEntity(
  pool: Pool,
  { kind, entity, id, ...key }: EntityChange,
  seal: Seal,
): Promise<Result<StoredEntity, Problems>> {
  const result = await keepIfOk(pool, async (client) => {
    const organization = await organizationForChange(client, key)
    const saved = await saveFile(client, key, fileOfEntity(organization, kind, entity), seal)
    if (!saved.ok) return saved
    const stored = id && (await findStoredEntity(client, key, kind, id))
    assert(stored, 'what was saved is there, under the id that was checked')
    return ok(stored)
  })
  return result.ok ? result : refuse(problemsWithin(`${kind}[0]`, result.reason))
}

/** Changes what is said of the organization itself. `changeOf` is told how it stands and answers how it shall be. */
export async function putOrganization(
  pool: Pool,
  key: OrganizationKey,
  changeOf: (stored: OrganizationFile) => unknown,
  seal: Seal,
): Promise<Result<OrganizationFile, Problems>> {
  const result = await keepIfOk(pool, async (client) => {
    const organization = changeOf(await organizationForChange(client, key))
    const saved = await saveFile(client, key, { organization }, seal)
    return saved.ok ? ok(await organizationForChange(client, key)) : saved
  })
  return result.ok ? result : refuse(problemsWithin('organization', result.reason))
}

/** Removes one entity, under the lock of imports, unless something is in the way. */
export async function deleteEntity(
  pool: Pool,
  { kind, id, ...key }: OrganizationKey & { readonly kind: CatalogueKind; readonly id: EntityId },
): Promise<Deletion> {
  return await inTransaction(pool, async (client) => {
    await lockMerchant(client, key.merchantId)
    return await deleteStoredEntity(client, key, kind, id)
  })
}

async function organizationForChange(client: PoolClient, key: OrganizationKey): Promise<OrganizationFile> {
  await lockMerchant(client, key.merchantId)
  const organization = await findOrganizationFile(client, key)
  assert(organization, 'no organization is ever removed')
  return organization
}

async function saveFile(
  client: PoolClient,
  key: OrganizationKey,
  file: unknown,
  seal: Seal,
): Promise<Result<unknown, Problems>> {
  const shape = readFileShape(file)
  if (!shape.ok) return shape
  const stored = await findStoredReferences(client, key, referencesOf(shape.value))
  const catalogue = catalogueOf(shape.value, stored)
  if (!catalogue.ok) return catalogue
  return await saveChecked(client, key.merchantId, catalogue.value, seal)
}
