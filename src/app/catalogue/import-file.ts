import type { Pool } from 'pg'
import type { ImportCounts } from '../../db/catalogue/catalogue-save.ts'
import type { FileProblem } from '../../domain/catalogue/file/file-problem.ts'
import type { Uuid } from '../../domain/catalogue/model/uuid.ts'
import type { MerchantId } from '../../kernel/ids.ts'
import { type Result, refuse } from '../../kernel/result.ts'
import { excessOf } from '../shared/json-extent.ts'
import { readJson } from '../shared/read-json.ts'
import { importValue } from './import-catalogue.ts'
import type { Seal } from './save-catalogue.ts'

/** A catalogue file as the bytes that came, for the organization that its sender may change. */
export type SentFile = { readonly merchantId: MerchantId; readonly organization: Uuid; readonly bytes: Uint8Array }

export type FileRefusal =
  /** not a JSON object, and why */
  | { readonly kind: 'unreadable'; readonly reason: string }
  | { readonly kind: 'another_organization' }
  | { readonly kind: 'problems'; readonly problems: readonly FileProblem[] }

/** Imports the file in one transaction. Throws `Unavailable` when the database is away: it may have happened, and the same again is safe. */
export type ImportFile = (file: SentFile) => Promise<Result<ImportCounts, FileRefusal>>

/** As much as the largest catalogue says: fifty thousand products with twenty values each. */
const extent = { deepest: 16, mostValues: 1_000_000 }

/** What a key of one organization may import, read from its bytes. Takes seconds for a large file: see import-thread.ts. */
export async function importFile(
  pool: Pool,
  { merchantId, organization, bytes }: SentFile,
  seal: Seal,
): Promise<Result<ImportCounts, FileRefusal>> {
  const value = readFile(bytes)
  if (!value.ok) return refuse({ kind: 'unreadable', reason: value.reason })
  // Looked at before anything else: a key must not import another organization of the same merchant by mistake.
  if (organizationIn(value.value) !== organization) return refuse({ kind: 'another_organization' })
  const imported = await importValue(pool, value.value, { merchantId, seal })
  return imported.ok ? imported : refuse({ kind: 'problems', problems: imported.reason })
}

function readFile(bytes: Uint8Array): Result<unknown, string> {
  const text = textOf(bytes)
  if (text === undefined) return refuse('is not UTF-8 text')
  const excess = excessOf(text, extent)
  if (excess === 'too_deep') return refuse('is nested too deeply')
  if (excess) return refuse(`has more than ${extent.mostValues} values`)
  const value = readJson(text)
  if (!value.ok || isObject(value.value)) return value
  return refuse('is not a JSON object')
}

function textOf(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    // A refusal: the bytes are not UTF-8.
    return undefined
  }
}

function organizationIn(file: unknown): string | undefined {
  const organization = isObject(file) ? file.organization : undefined
  const uuid = isObject(organization) ? organization.uuid : undefined
  return typeof uuid === 'string' ? uuid.toLowerCase() : undefined
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
