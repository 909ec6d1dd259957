import type pg from 'pg'
import type { SourceKind } from '../../domain/ledger/source.ts'
import type { Transfer } from '../../domain/ledger/transfer.ts'
import type { MerchantId } from '../../kernel/ids.ts'
import type { Instant } from '../../kernel/instant.ts'
import { letterOf } from './source-kind.ts'

export type StoredTransfer = Transfer & { readonly sequence: number; readonly at: Instant }

/** Every movement that belongs to a source, in the order it was written. */
export async function listSourceTransfers(
  pool: Pick<pg.Pool, 'query'>,
  merchantId: MerchantId,
  kind: SourceKind,
  id: string,
): Promise<StoredTransfer[]> {
  const { rows } = await pool.query<StoredTransfer>({
    name: 'list_source_transfers',
    text: `select sequence, kind, debit, credit, currency, amount, at from transfer
      where merchant_id = $1 and source_kind = $2 and source_id = $3 order by sequence, line`,
    values: [merchantId, letterOf(kind), id],
  })
  return rows
}
