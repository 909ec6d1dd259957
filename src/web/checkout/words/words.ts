import type { MessageChannel } from '../../../domain/message/message.ts'
import type { EligibilityRefusal } from '../../../domain/shopper/eligibility.ts'
import type { ProfileField, ProfileProblem } from '../../../domain/shopper/profile.ts'
import type { Notice } from '../../shared/words/index.ts'

/** Everything the checkout says, in one language. Amounts, dates and names come in formatted; names may be hostile. */
export type Words = {
  readonly orderReference: string
  readonly planTitle: string
  readonly today: string
  readonly heading: { readonly instalments: (count: number) => string; readonly later: (date: string) => string }
  readonly formTitle: string
  readonly payToday: (amount: string) => string
  readonly payLater: string
  readonly cancel: string
  readonly privacy: string
  readonly backToShop: string
  readonly refresh: string
  readonly notices: {
    readonly checking: Notice
    readonly paid: Notice
    /** paid, and there is no address to go back to */
    readonly paidByLink: Notice
    readonly expired: Notice
    readonly ended: Notice
    readonly unknown: Notice
    /** the page that shops' descriptions of the product link to */
    readonly howItWorks: Notice
  }
  readonly chooseProduct: string
  /** names of what there is to choose: `Pay in 3` */
  readonly products: { readonly instalments: (count: number) => string; readonly later: string }
  readonly profile: {
    readonly title: string
    readonly text: string
    readonly labels: Readonly<Record<ProfileField, string>>
    readonly birthDateHint: string
    /** the contact that was not used to sign in */
    readonly other: Readonly<Record<MessageChannel, string>>
    readonly otherHint: string
    readonly problems: Readonly<Record<ProfileProblem, string>>
    readonly button: string
    readonly problemsTitle: string
  }
  readonly confirmTitle: string
  readonly payWith: string
  readonly savedCard: (brand: string, last4: string) => string
  readonly anotherCard: string
  readonly cardIsKept: string
  readonly terms: { readonly instalments: string; readonly later: (date: string) => string }
  /** a stage of a late fee, and all of them with what they come to at most */
  readonly lateFeeStage: (amount: string, days: number) => string
  readonly lateFees: (stages: string, most: string, share: string) => string
  readonly signedInAs: (contact: string) => string
  readonly timeLeft: string
  readonly refused: { readonly title: string } & Readonly<Record<EligibilityRefusal, string>>
  /** before the shopper is sent to the bank's page */
  readonly bank: Notice & { readonly button: string }
  readonly somebodyElses: Notice
  readonly noAcquirer: Notice
  readonly change: string
}
