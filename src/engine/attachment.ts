/** What a command brings along for a companion, beside its action. Each companion has types of its own that extend it. */
export type Attachment = {
  /** the name of the companion that it is for */
  readonly companion: string
  /** characters it holds while it waits in the queue, roughly */
  readonly weight: number
}
