/** Everything that messages say, in one language. Amounts, dates and names come in formatted; names may be hostile. */
export type MessageWords = {
  readonly code: {
    readonly subject: (code: string) => string
    readonly text: (code: string, minutes: number) => string
    readonly warning: string
  }
  readonly pay_link: {
    readonly subject: (shop: string) => string
    readonly text: (shop: string, amount: string) => string
    readonly button: string
  }
  readonly invitation: {
    readonly subject: (shop: string) => string
    readonly text: (by: string, shop: string, days: number) => string
    readonly warning: string
    readonly button: string
  }
  readonly order_confirmed: {
    readonly subject: (shop: string) => string
    readonly text: (shop: string, total: string) => string
    readonly plan: string
  }
  readonly charged_soon: {
    readonly subject: (shop: string) => string
    readonly text: (amount: string, shop: string, date: string) => string
  }
  readonly charged: {
    readonly subject: (amount: string) => string
    readonly text: (amount: string, shop: string) => string
    readonly lateFee: (fee: string) => string
  }
  readonly charge_failed: {
    readonly subject: string
    readonly text: (amount: string, shop: string) => string
    readonly next: (date: string) => string
    readonly lateFee: (fee: string, date: string) => string
    readonly help: string
  }
  readonly refunded: {
    readonly subject: (shop: string) => string
    readonly text: (amount: string, shop: string) => string
    readonly toCard: (amount: string) => string
    readonly offPlan: (amount: string) => string
  }
  readonly cancelled: {
    readonly subject: (shop: string) => string
    readonly text: (total: string, shop: string) => string
  }
  readonly late_fee: {
    readonly subject: string
    readonly text: (fee: string, shop: string, payable: string) => string
    readonly help: string
  }
  readonly late_fee_waived: { readonly subject: string; readonly text: (fee: string, shop: string) => string }
  readonly overdue: { readonly subject: string; readonly text: (amount: string, shop: string) => string }
  readonly card: (brand: string, last4: string) => string
  /** the button that leads to the account */
  readonly account: string
  readonly footer: string
}
