import type { AskRefusal } from '../../../app/chain/ask-amount.ts'
import type { Notice } from '../../shared/words/index.ts'

/** What the page's script says, which gets them with the page: `{wallet}`, `{network}` and `{coin}` are places for names. */
export type ScriptWords = {
  readonly pay: string
  readonly unnamedWallet: string
  readonly noWallet: string
  readonly connecting: string
  readonly switching: string
  readonly confirm: string
  readonly sent: string
  readonly mined: string
  readonly replaced: string
  readonly reverted: string
  readonly copied: string
  readonly changed: string
  readonly busy: string
  readonly rejected: string
  readonly pending: string
  readonly locked: string
  readonly offline: string
  readonly wrongNetwork: string
  readonly addByHand: string
  readonly realNetwork: string
  readonly insufficient: string
  readonly noFee: string
  readonly failed: string
}

/** Everything the pay page says, in one language. Amounts, names and times come in formatted; names may be hostile. */
export type PayWords = {
  readonly title: (shop: string) => string
  readonly choose: string
  readonly chooseHint: string
  readonly choice: (symbol: string, chain: string) => string
  readonly show: string
  readonly other: string
  readonly cancel: string
  readonly back: string
  readonly lookAgain: string
  readonly nothing: string
  /** the sandbox's chains are on their way */
  readonly starting: string
  readonly waiting: string
  readonly priceEnded: string
  readonly part: (arrived: string, rest: string) => string
  readonly confirming: (count: number, needed: number) => string
  readonly mayLeave: string
  /** before minutes and seconds */
  readonly holdsFor: string
  readonly until: string
  readonly send: {
    readonly title: string
    readonly rest: string
    readonly amount: string
    readonly to: string
    readonly network: string
    readonly token: string
    readonly copy: (what: string) => string
    readonly warning: (chain: string, symbol: string) => string
    readonly test: string
    readonly exact: string
    readonly qr: string
    readonly wallet: string
  }
  readonly phone: {
    readonly title: string
    readonly text: string
    readonly qr: string
    readonly open: (app: string) => string
  }
  readonly wallets: { readonly title: string; readonly straight: string }
  readonly demo: { readonly title: string; readonly text: string; readonly pay: (amount: string) => string }
  readonly stray: (amount: string) => string
  readonly over: (amount: string) => string
  readonly late: string
  readonly returning: string
  readonly partKept: (amount: string) => string
  readonly notices: {
    readonly confirming: Notice
    readonly paid: Notice
    readonly expired: Notice
    readonly cancelled: Notice
    readonly unknown: Notice
  }
  readonly refused: Readonly<Record<AskRefusal['reason'] | 'not_sent', string>>
  readonly script: ScriptWords
}
