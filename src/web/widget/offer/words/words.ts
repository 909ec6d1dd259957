/**
 * What the widget says in one language. `{0}`, `{1}`, `{2}` are places for numbers and amounts, said beside each. Few and short, for
 * every shopper loads them.
 */
export type WidgetWords = {
  /** count, amount: all instalments are alike */
  readonly equal: string
  /** first amount, count of the others, their amount */
  readonly unequal: string
  /** amount, day */
  readonly later: string
  /** count; also a heading */
  readonly instalments: string
  /** a heading */
  readonly payLater: string
  /** missing amount, count */
  readonly missing: string
  /** missing amount */
  readonly missingLater: string
  readonly learnMore: string
  readonly close: string
  readonly today: string
  readonly interestFree: string
  readonly choose: string
  /** instead of `choose`, for `channel="travel"` */
  readonly chooseTravel: string
  readonly confirm: string
  readonly thenByItself: string
  readonly thenOnce: string
}
