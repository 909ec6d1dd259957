import type { Notice } from '../../words/index.ts'

/** What signing in says, in one language. */
export type SignInWords = {
  readonly contact: Notice & {
    readonly labels: { readonly both: string; readonly email: string; readonly sms: string }
    readonly button: string
  }
  readonly contactProblems: Readonly<Record<'missing' | 'format' | 'no_channel' | 'too_many', string>>
  readonly code: {
    readonly title: string
    readonly text: (contact: string) => string
    readonly label: string
    readonly button: string
  }
  readonly codeProblems: { readonly missing: string; readonly wrong: (left: number) => string; readonly over: string }
  readonly remember: string
  readonly resend: string
  readonly tooSoon: (seconds: number) => string
  readonly other: string
  readonly sandbox: { readonly title: string; readonly text: (code: string) => string }
  /** a form that does not belong to this visit */
  readonly stale: Notice
  readonly signOut: string
}
