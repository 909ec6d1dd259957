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
}
