import type { Pool } from 'pg'
import { countCatalogue, type OrganizationKey, readCatalogueText } from '../../db/catalogue/catalogue-read.ts'
import { ok, type Result, refuse } from '../../kernel/result.ts'

/**
 * The whole catalogue as the text of a catalogue file (JSON), of one moment; undefined for an organization that is not there.
 * Secrets have no word in it. Refused with their number when it has more parts (entities, variations, starts) than `mostParts`.
 */
export async function readCatalogue(
  pool: Pool,
  { mostParts = Number.POSITIVE_INFINITY, ...key }: OrganizationKey & { readonly mostParts?: number },
): Promise<Result<string | undefined, { readonly parts: number }>> {
  const parts = await countCatalogue(pool, key)
  return parts > mostParts ? refuse({ parts }) : ok(await readCatalogueText(pool, key))
}
