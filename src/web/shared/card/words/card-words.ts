import type { FailureReason } from '../../../../domain/payment/failure.ts'
import type { CardField, CardProblem } from '../card-form.ts'

/** What every page that takes a card says, in one language. */
export type CardWords = {
  readonly labels: Readonly<Record<CardField, string>>
  readonly hints: Readonly<Record<Exclude<CardField, 'number'>, string>>
  readonly testCards: {
    readonly title: string
    readonly approved: string
    readonly declined: string
    readonly rest: string
  }
  readonly problemsTitle: string
  readonly problems: Readonly<Record<CardProblem, string>>
  readonly declinedTitle: string
  readonly declined: Readonly<Record<FailureReason, string>>
}
