import type pg from 'pg'
import type { MerchantId } from '../../kernel/ids.ts'
import { isServedHere } from './absent-merchants.ts'

type Sender = Pick<pg.Pool, 'query'>

/** What a request can be known by, before anything else of it is. */
export type CellNameKind = 'key' | 'merchant' | 'organization' | 'prefix' | 'wallet' | 'widget'

export type CellName = { readonly kind: CellNameKind; readonly name: string }

/** The cells that these names lead to; a name that is nobody's is left out. */
export async function findCellsOfNames(
  sender: Sender,
  names: readonly CellName[],
): Promise<(CellName & { cell: string })[]> {
  const { rows } = await sender.query<CellName & { cell: string }>({
    name: 'find_cells_of_names',
    text: `select n.kind, n.name, n.cell from unnest($1::text[], $2::text[]) as asked(kind, name)
      join cell_name n on n.kind = asked.kind and n.name = asked.name`,
    values: [names.map((each) => each.kind), names.map((each) => each.name)],
  })
  return rows
}

/** Lets names lead to a cell, and answers those that lead to another one already: they were left as they are. */
export async function claimCellNames(
  sender: Sender,
  cell: string,
  names: readonly CellName[],
): Promise<readonly CellName[]> {
  const values = [names.map((each) => each.kind), names.map((each) => each.name), cell]
  await sender.query(
    `insert into cell_name (kind, name, cell) select n.kind, n.name, $3 from unnest($1::text[], $2::text[]) as n(kind, name)
     order by n.kind, n.name on conflict do nothing`,
    values,
  )
  const { rows } = await sender.query<CellName>(
    `select n.kind, n.name from unnest($1::text[], $2::text[]) as asked(kind, name)
     join cell_name n on n.kind = asked.kind and n.name = asked.name where n.cell <> $3`,
    values,
  )
  return rows
}

/** The names of merchants, each with its merchant. A key that is revoked opens nothing, and is none. */
const names = `select id as merchant, 'merchant' as kind, id::text as name from merchant
  union all select id, 'prefix', prefix from merchant
  union all select id, 'widget', widget_token from merchant where widget_token is not null
  union all select merchant_id, 'key', encode(hash, 'hex') from api_key where revoked_at is null
  union all select merchant_id, 'organization', organization_uuid::text from organization
  union all select merchant_id, 'wallet', chain_id::text || '/' || encode(address, 'hex') from wallet`

/** Every name of the merchants that the cell of this connection serves. */
export async function listNamesInCell(sender: Sender): Promise<CellName[]> {
  const { rows } = await sender.query<CellName>(`select kind, name from (${names}) n where ${isServedHere('merchant')}`)
  return rows
}

/** Every name of one merchant. */
export async function listNamesOfMerchant(sender: Sender, merchantId: MerchantId): Promise<CellName[]> {
  const { rows } = await sender.query<CellName>(`select kind, name from (${names}) n where merchant = $1`, [merchantId])
  return rows
}
