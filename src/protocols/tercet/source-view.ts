import type { SourceKind } from '../../domain/ledger/source.ts'

/** What a message tells of, as our own API names it: an order by its token, anything else by its kind and id. */
export function sourceView({
  sourceKind,
  sourceId,
}: {
  readonly sourceKind: SourceKind
  readonly sourceId: string
}): object {
  return sourceKind === 'payment' ? { orderToken: sourceId } : { source: sourceKind, sourceId }
}
