/** Who buys, as the order's request says. Nothing of it was checked; what the request does not say is empty. */
export type Buyer = {
  readonly name: string
  readonly email: string
  readonly phone: string
  /** where it is sent, or whom it is billed to: the lines of an address */
  readonly address: readonly string[]
}
