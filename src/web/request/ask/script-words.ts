/** What the page's script says, in the language of whoever asks. `{wallet}` and `{message}` are filled in by it. */
export type AskScriptWords = {
  readonly create: string
  /** a wallet that has not said its name */
  readonly unnamed: string
  readonly confirm: string
  readonly rejected: string
  readonly failed: string
  readonly busy: string
}
