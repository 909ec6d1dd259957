import type { PayResult } from '../../../app/instalments/plans.ts'
import type { InstalmentStatus } from '../../../domain/instalments/collected.ts'

/** What the account says, in one language. */
export type AccountWords = {
  readonly title: string
  readonly plans: {
    readonly title: string
    readonly none: string
    readonly owed: string
    readonly instalment: (number: number, count: number) => string
  }
  readonly statuses: Readonly<Record<InstalmentStatus, string>>
  readonly payNow: string
  readonly payAll: string
  readonly results: Readonly<Record<PayResult['kind'], string>>
  readonly cards: {
    readonly title: string
    readonly none: string
    readonly isDefault: string
    readonly makeDefault: string
    readonly remove: string
    readonly inUse: string
  }
  readonly sessions: { readonly title: string; readonly here: string; readonly end: string }
  readonly data: { readonly title: string; readonly download: string }
}
