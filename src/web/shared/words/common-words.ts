/** A page that says one thing. */
export type Notice = { readonly title: string; readonly text: string }

/** What every hosted page says, in one language. Each folder of pages has words of its own beside these. */
export type CommonWords = {
  readonly skip: string
  readonly language: string
  readonly sandbox: string
  readonly sandboxFooter: string
  /** stands before the title of a page that reports a mistake */
  readonly errorPrefix: string
  readonly tryAgain: string
  readonly errorReference: string
  readonly notices: {
    readonly notFound: Notice
    readonly wrongMethod: Notice
    readonly badRequest: Notice
    /** the brake against card testing; says nothing of the card that was sent */
    readonly tooManyTries: Notice
    readonly unavailable: Notice
    readonly failed: Notice
  }
}
