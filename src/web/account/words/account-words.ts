import type { PayResult } from '../../../app/instalments/plans.ts'
import type { InstalmentStatus } from '../../../domain/instalments/collected.ts'

import type { Notice } from '../../shared/words/index.ts'

/** What the account says, in one language. */
export type AccountWords = {
  readonly title: string
  readonly plans: {
    readonly title: string
    readonly none: string
    /** where some of them are did not answer */
    readonly incomplete: string
    readonly owed: string
    readonly instalment: (number: number, count: number) => string
  }
  readonly statuses: Readonly<Record<InstalmentStatus, string>>
  /** beside the amount that it is added to */
  readonly lateFee: (amount: string) => string
  readonly payNow: string
  readonly payAll: string
  /** under the button that pays several instalments: each is a charge of its own */
  readonly payAllHint: (count: number) => string
  readonly results: Readonly<Record<Exclude<PayResult['kind'], 'action_required'> | 'changed', string>>
  readonly cards: {
    readonly title: string
    readonly none: string
    readonly isDefault: string
    readonly makeDefault: string
    readonly remove: string
    readonly inUse: string
    readonly add: string
    /** what it is for, and that only what is late already is charged with it at once */
    readonly addText: string
    readonly keep: string
    readonly added: string
  }
  readonly sessions: { readonly title: string; readonly here: string; readonly end: string; readonly endAll: string }
  readonly data: {
    readonly title: string
    readonly download: string
    readonly language: string
    readonly save: string
    readonly erase: string
  }
  readonly erasing: {
    readonly title: string
    readonly text: string
    readonly confirm: string
    readonly keep: string
    /** why nothing is deleted now */
    readonly open: string
    readonly done: Notice
  }
  readonly receipt: {
    readonly title: string
    readonly print: string
    readonly payments: string
    readonly paidBack: string
    readonly back: string
  }
}
