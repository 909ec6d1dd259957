import type { SourceKind } from '../../domain/ledger/source.ts'
import { char } from '../wire/binary-rows.ts'

/** How a kind is written in a row: one byte, because it is part of the largest indexes (migration 0010). */
const letters = { payment: 'p', plan: 'i', payout: 'o', dispute: 'd', test: 't' } as const satisfies Record<
  SourceKind,
  string
>

export type SourceLetter = (typeof letters)[SourceKind]

const kinds = new Map<string, SourceKind>(Object.entries(letters).map(([kind, letter]) => [letter, kind as SourceKind]))

export function letterOf(kind: SourceKind): SourceLetter {
  return letters[kind]
}

export function sourceKindOf(letter: SourceLetter): SourceKind {
  return kinds.get(letter) as SourceKind
}

/** The column of a row type that says what kind of source the row belongs to. */
export const sourceKindColumn = <Row extends { readonly sourceKind: SourceKind }>() =>
  char<Row>('source_kind', (row) => letters[row.sourceKind])
