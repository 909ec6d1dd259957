import type { SourceKind } from '../../domain/ledger/source.ts'
import type { Transfer } from '../../domain/ledger/transfer.ts'
import type { MerchantId } from '../../kernel/ids.ts'
import type { Instant } from '../../kernel/instant.ts'
import { int2, int4, int8, rowType, text, timestamptz } from '../wire/binary-rows.ts'
import type { Statement } from '../wire/statement.ts'
import { sourceKindColumn } from './source-kind.ts'

/** A movement as it is written, with the source whose books it is in. */
export type NewTransfer = {
  readonly merchantId: MerchantId
  readonly sourceKind: SourceKind
  readonly sourceId: string
  /** of the source's event that the transfer belongs to, and its place within it */
  readonly sequence: number
  readonly line: number
  readonly transfer: Transfer
  readonly at: Instant
}

const ownedTransfer = rowType<NewTransfer>('owned_transfer', [
  int4('merchant_id', (r) => r.merchantId),
  sourceKindColumn(),
  text('source_id', (r) => r.sourceId),
  int4('sequence', (r) => r.sequence),
  int2('line', (r) => r.line),
  text('kind', (r) => r.transfer.kind),
  text('debit', (r) => r.transfer.debit),
  text('credit', (r) => r.transfer.credit),
  text('currency', (r) => r.transfer.currency),
  int8('amount', (r) => r.transfer.amount),
  timestamptz('at', (r) => r.at),
])

/** Part of the transaction that writes the events they belong to. */
export function insertTransfers(rows: readonly NewTransfer[]): Statement {
  return {
    name: 'insert_transfers',
    text: `insert into transfer (${ownedTransfer.names}) select * from unnest($1::owned_transfer[])`,
    values: [ownedTransfer.arrayOf(rows)],
  }
}
