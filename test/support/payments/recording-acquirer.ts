import type { AttemptId } from '../../../src/kernel/ids.ts'
import type { AcquirerRequest, CardAcquirer, RailOutcome } from '../../../src/rails/rail.ts'

/** What an acquirer has done, once for each attempt: its own book, which nothing of ours can lose. */
export type Booked = { readonly request: AcquirerRequest; readonly outcome: RailOutcome }

export type RecordingAcquirer = CardAcquirer & {
  readonly book: ReadonlyMap<AttemptId, Booked>
  /** what was taken less what was given back, minor units; and what is still held */
  readonly totals: () => { readonly taken: bigint; readonly held: bigint }
}

/**
 * An acquirer with a book that outlives whoever calls it. `fate` may cut a call before or after it is booked, as a network or a
 * dying process does.
 */
export function recordingAcquirer(
  inner: CardAcquirer,
  fate: (request: AcquirerRequest) => 'answered' | 'cut_before' | 'cut_after' = () => 'answered',
): RecordingAcquirer {
  const book = new Map<AttemptId, Booked>()
  const lost: RailOutcome = { kind: 'unknown', detail: 'cut' }
  return {
    name: inner.name,
    book,
    perform: async (request, deadlineMs) => {
      const how = fate(request)
      if (how === 'cut_before') return lost
      const known = book.get(request.attemptId)
      const outcome = known?.outcome ?? (await inner.perform(request, deadlineMs))
      if (!known) book.set(request.attemptId, { request, outcome })
      return how === 'cut_after' ? lost : outcome
    },
    find: async (attemptId) => book.get(attemptId)?.outcome ?? { kind: 'never_seen' },
    totals: () => {
      let [taken, held] = [0n, 0n]
      for (const { request, outcome } of book.values()) {
        if (outcome.kind !== 'succeeded') continue
        const { minor } = request.amount
        if (request.purpose === 'authorize') held += minor
        if (request.purpose === 'capture' || request.purpose === 'release') held -= minor
        if (request.purpose === 'capture' || request.purpose === 'charge') taken += minor
        if (request.purpose === 'refund') taken -= minor
      }
      return { taken, held }
    },
  }
}
