import { approvedCode, type Entry } from './entry.ts'

/** An approved transaction with what has happened to it since. Amounts in minor units. */
export type Standing = {
  readonly entry: Entry
  captured: bigint
  refunded: bigint
  voided: boolean
}

/** Everything the acquirer knows, rebuilt from its entries alone. */
export type Book = {
  readonly entries: readonly Entry[]
  byReference(reference: string): Entry | undefined
  byTransaction(number: number): Standing | undefined
  nextTransaction(): number
  add(entry: Entry): void
}

const firstTransaction = 1_000_001

export function createBook(): Book {
  const entries: Entry[] = []
  const references = new Map<string, Entry>()
  const standings = new Map<number, Standing>()
  let last = firstTransaction - 1
  return {
    entries,
    byReference: (reference) => references.get(reference),
    byTransaction: (number) => standings.get(number),
    nextTransaction: () => last + 1,
    add(entry) {
      entries.push(entry)
      references.set(entry.reference, entry)
      if (entry.code !== approvedCode || entry.transaction === null) return
      last = Math.max(last, entry.transaction)
      standings.set(entry.transaction, { entry, captured: 0n, refunded: 0n, voided: false })
      if (entry.original !== null) change(standings.get(entry.original), entry)
    },
  }
}

function change(original: Standing | undefined, entry: Entry): void {
  if (original === undefined) throw new Error(`the book names a transaction it does not hold: ${entry.original}`)
  if (entry.operation === 'EFTIRASKRANING') original.captured += BigInt(entry.minor)
  if (entry.operation === 'ENDURGREIDAFAERSLU') original.refunded += BigInt(entry.minor)
  if (entry.operation === 'OGILDAFAERSLU') original.voided = true
}

export type BookState = 'approved' | 'declined' | 'closed' | 'voided'

export type BookLine = Entry & { readonly state: BookState; readonly captured: string; readonly refunded: string }

/** The book as reconciliation reads it: each reference once, with what stands of it now. */
export function linesOf(book: Book): BookLine[] {
  return book.entries.map((entry) => {
    const standing = entry.transaction === null ? undefined : book.byTransaction(entry.transaction)
    return {
      ...entry,
      state: stateOf(entry, standing),
      captured: String(standing?.captured ?? 0n),
      refunded: String(standing?.refunded ?? 0n),
    }
  })
}

function stateOf(entry: Entry, standing: Standing | undefined): BookState {
  if (entry.operation === 'KVITTUN') return 'closed'
  if (standing === undefined) return 'declined'
  return standing.voided ? 'voided' : 'approved'
}
