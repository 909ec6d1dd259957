import { MerchantMoves } from '../db/cell/absent-merchants.ts'
import type { CellName } from '../db/cell/cell-names.ts'
import { findMerchant, listMerchants } from '../db/merchant/merchants.ts'
import type { MerchantTerms } from '../domain/merchant/terms.ts'
import type { MerchantId } from '../kernel/ids.ts'
import { CliError } from './cli-error.ts'
import type { Database } from './database/database.ts'

export type MerchantOption = { readonly merchant?: string }

export const merchantFlag = '--merchant <merchant>'
export const merchantHelp = 'id, token prefix or name; not needed when there is only one merchant'

/** The merchant the operator names; without a name, the only one there is. Throws CliError. */
export async function chooseMerchant(database: Database, { merchant }: MerchantOption): Promise<MerchantTerms> {
  if (merchant !== undefined) return await merchantNamed(database, merchant)
  const all = await listMerchants(database.pool)
  const [first, second] = all
  if (!first) throw new CliError('there is no merchant yet: add one with tercet merchants add')
  if (second) throw new CliError(`say which merchant with --merchant: ${namesOf(all)}`)
  return first
}

/** The merchant of that id, routing prefix or name. Throws CliError when there is none, or when several share the name. */
export async function merchantNamed(
  { pool, cell, cellOf }: Pick<Database, 'pool' | 'cell' | 'cellOf'>,
  text: string,
): Promise<MerchantTerms> {
  const byId = isMerchantId(text) ? await findServed(pool, Number(text) as MerchantId) : undefined
  if (byId) return byId
  const all = await listMerchants(pool)
  const found = all.filter(({ prefix, name }) => prefix === text || name === text)
  const [first, second] = found
  if (first && !second) return first
  if (first) throw new CliError(`several merchants are called that: say which by its id: ${namesOf(found)}`)
  const elsewhere = cell === undefined ? undefined : await cellOf(namesLike(text))
  if (elsewhere !== undefined && elsewhere !== cell)
    throw new CliError(`that merchant is in cell ${elsewhere}: run the command with TERCET_CELLS=${elsewhere}`)
  if (elsewhere !== undefined)
    throw new CliError('that merchant is moving to another cell at this moment: tercet cells moves shows it')
  const others = cell === undefined ? '' : `, in cell ${cell} alone: name another one with TERCET_CELLS`
  throw new CliError(`there is no such merchant: tercet merchants list shows them${others}`)
}

/** The largest are those of the two hundredth cell: ten digits. */
function isMerchantId(text: string): boolean {
  return /^[1-9]\d{0,9}$/.test(text) && Number(text) < 2 ** 31
}

/** One that has moved is looked for in the directory like one that was never here. */
async function findServed(pool: Database['pool'], id: MerchantId): Promise<MerchantTerms | undefined> {
  return await findMerchant(pool, id).catch((error: unknown) => {
    if (error instanceof MerchantMoves) return undefined
    throw error
  })
}

function namesLike(text: string): CellName[] {
  if (/^\d{1,10}$/.test(text)) return [{ kind: 'merchant', name: text }]
  return /^[A-Z0-9]{4}$/.test(text) ? [{ kind: 'prefix', name: text }] : []
}

const mostNames = 10

function namesOf(merchants: readonly MerchantTerms[]): string {
  const names = merchants.slice(0, mostNames).map(({ id, name }) => `${id} (${name.slice(0, 40)})`)
  return merchants.length > mostNames ? `${names.join(', ')} and more` : names.join(', ')
}
