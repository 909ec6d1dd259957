import type { AskScriptWords } from '../ask/script-words.ts'

/** What the pages say where somebody pays or gives an amount of their own choice. */
export type RequestWords = {
  readonly payTitle: (name: string) => string
  readonly donateTitle: (name: string) => string
  readonly intro: string
  readonly amount: string
  readonly amountHint: string
  readonly currency: string
  readonly forWhat: string
  readonly forWhatHint: string
  readonly choose: string
  readonly choice: (symbol: string, chain: string) => string
  readonly pay: string
  readonly donate: string
  readonly nothing: string
  readonly problems: {
    readonly amount: string
    readonly choice: string
    readonly price: string
    readonly tooMany: string
  }
  /** where somebody asks another for money */
  readonly ask: {
    readonly title: string
    readonly intro: string
    readonly forWhatHint: string
    readonly choose: string
    readonly wallets: string
    readonly signing: string
    readonly needsWallet: string
    readonly open: (app: string) => string
    readonly demo: string
    readonly script: AskScriptWords
    readonly readyTitle: string
    readonly ready: string
    readonly paidTitle: string
    readonly code: string
    readonly copy: string
    readonly copied: string
    readonly mail: string
    /** what is sent along with the link; `forWhat` may be empty */
    readonly share: (amount: string, forWhat: string) => string
    readonly another: string
    readonly problems: { readonly unsigned: string; readonly isShop: string; readonly full: string }
  }
}
