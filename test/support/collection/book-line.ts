import type { AttemptId } from '../../../src/kernel/ids.ts'
import type { AcquirerRequest, RailOutcome } from '../../../src/rails/rail.ts'

/** One line of the acquirer's book: what it was asked, and what it answered. `closed`: it was asked about it first, and refuses it since. */
export type BookLine = {
  readonly attemptId: AttemptId
  readonly purpose: AcquirerRequest['purpose'] | 'closed'
  /** minor units, as text */
  readonly minor: string
  readonly outcome: RailOutcome | { readonly kind: 'closed' }
}

/** A call on its way to the acquirer: numbers of cards included, all of which are published. */
export type BookCall = {
  readonly request: Omit<AcquirerRequest, 'amount' | 'card'> & { readonly attemptId: AttemptId }
  readonly minor: string
  readonly currency: string
  readonly token: string | null
}
