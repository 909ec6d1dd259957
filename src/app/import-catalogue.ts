import type { Pool } from 'pg'
import { findOrganizationOwner } from '../db/catalogue-address.ts'
import { type ImportCounts, saveCatalogue } from '../db/catalogue-save.ts'
import { keepIfOk } from '../db/transaction.ts'
import type { Catalogue } from '../domain/catalogue/catalogue.ts'
import type { FileProblem } from '../domain/catalogue/file-problem.ts'
import { readCatalogueFile } from '../domain/catalogue/read-catalogue-file.ts'
import type { Uuid } from '../domain/catalogue/uuid.ts'
import type { MerchantId } from '../kernel/ids.ts'
import { ok, type Result, refuse } from '../kernel/result.ts'

export type ImportRequest = {
  /** the file's text, JSON (docs/protocols/salescloud-catalogue.md) */
  readonly text: string
  /** whose organization it is; not needed for one that is there already */
  readonly merchantId?: MerchantId
  /** everything is checked and counted, by the database too, and nothing is kept */
  readonly isDryRun?: boolean
  /** encrypts an acquirer's credentials (JSON text) for the database */
  readonly seal: (plain: string) => Uint8Array
}

/**
 * Imports a catalogue in one transaction: all of it, or nothing and a list of what is wrong with it. The same file again changes
 * nothing. A database that is away throws.
 */
export async function importCatalogue(
  pool: Pool,
  { text, merchantId, isDryRun = false, seal }: ImportRequest,
): Promise<Result<ImportCounts, readonly FileProblem[]>> {
  const value = parseJson(text)
  if (!value.ok) return value
  const catalogue = readCatalogueFile(value.value)
  if (!catalogue.ok) return catalogue
  const owner = merchantId ?? (await findOrganizationOwner(pool, catalogue.value.organization.uuid))
  if (owner === undefined) return problem('organization.uuid', 'is new: say which merchant it belongs to')
  return await keepIfOk(
    pool,
    (client) => saveCatalogue(client, owner, catalogue.value, sealedCredentials(catalogue.value, seal)),
    { isDryRun },
  )
}

function parseJson(text: string): Result<unknown, readonly FileProblem[]> {
  try {
    return ok(JSON.parse(text.replace(/^\uFEFF/, '')))
  } catch (error) {
    // A refusal: the text is no JSON (SyntaxError), or nested deeper than any catalogue (RangeError).
    if (error instanceof SyntaxError || error instanceof RangeError)
      return problem('the file', `is not JSON${placeOf(error.message)}`)
    throw error
  }
}

/** Only the place of V8's message: the message itself quotes the text around it, which may be a credential. */
function placeOf(message: string): string {
  const place = /line \d+ column \d+/.exec(message)
  return place ? `, ${place[0]}` : ''
}

/** Each instance's credentials as the database keeps them; none for an instance whose file leaves them out. */
export function sealedCredentials(catalogue: Catalogue, seal: ImportRequest['seal']): ReadonlyMap<Uuid, Uint8Array> {
  return new Map(
    catalogue.instances.flatMap(({ uuid, credentials }): [Uuid, Uint8Array][] => {
      if (!credentials) return []
      const plain = Object.fromEntries(Object.entries(credentials).map(([name, secret]) => [name, secret.reveal()]))
      return [[uuid, seal(JSON.stringify(plain))]]
    }),
  )
}

function problem(path: string, message: string): Result<never, readonly FileProblem[]> {
  return refuse([{ path, message }])
}
