import type { Pool } from 'pg'
import { findOrganizationOwner } from '../../db/catalogue/catalogue-address.ts'
import type { ImportCounts } from '../../db/catalogue/catalogue-save.ts'
import { keepIfOk } from '../../db/wire/transaction.ts'
import type { FileProblem } from '../../domain/catalogue/file/file-problem.ts'
import { readCatalogueFile } from '../../domain/catalogue/file/read-catalogue-file.ts'
import type { MerchantId } from '../../kernel/ids.ts'
import { type Result, refuse } from '../../kernel/result.ts'
import { type ClaimNames, claimNothing } from '../cell/cell-directory.ts'
import { readJson } from '../shared/read-json.ts'
import { type Seal, saveChecked } from './save-catalogue.ts'

export type ImportRequest = {
  /** the file's text, JSON (docs/protocols/salescloud-catalogue.md) */
  readonly text: string
  /** whose organization it is; not needed for one that is there already */
  readonly merchantId?: MerchantId
  /** everything is checked and counted, by the database too, and nothing is kept */
  readonly isDryRun?: boolean
  readonly seal: Seal
  /** an organization is one cell's; default nothing */
  readonly claim?: ClaimNames
}

/**
 * Imports a catalogue in one transaction: all of it, or nothing and a list of what is wrong with it. The same file again changes
 * nothing. A database that is away throws.
 */
export async function importCatalogue(
  pool: Pool,
  { text, ...request }: ImportRequest,
): Promise<Result<ImportCounts, readonly FileProblem[]>> {
  const value = readJson(text.replace(/^\uFEFF/, ''))
  return value.ok ? await importValue(pool, value.value, request) : problem('the file', value.reason)
}

/** The same of a file that is not text any more. */
export async function importValue(
  pool: Pool,
  value: unknown,
  { merchantId, isDryRun = false, seal, claim = claimNothing }: Omit<ImportRequest, 'text'>,
): Promise<Result<ImportCounts, readonly FileProblem[]>> {
  const catalogue = readCatalogueFile(value)
  if (!catalogue.ok) return catalogue
  const owner = merchantId ?? (await findOrganizationOwner(pool, catalogue.value.organization.uuid))
  if (owner === undefined) return problem('organization.uuid', 'is new: say which merchant it belongs to')
  const name = { kind: 'organization', name: catalogue.value.organization.uuid } as const
  if (!isDryRun && !(await claim([name]))) return problem('organization.uuid', 'is taken by another merchant')
  return await keepIfOk(pool, (client) => saveChecked(client, owner, catalogue.value, seal), { isDryRun })
}

function problem(path: string, message: string): Result<never, readonly FileProblem[]> {
  return refuse([{ path, message }])
}
