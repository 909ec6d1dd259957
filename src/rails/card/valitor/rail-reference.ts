/** What a later refund, void or capture needs of a transaction: its number and, where known, the card's last four digits. */
export type Transaction = { readonly number: string; readonly last4: string | undefined }

/** `Faerslunumer` is an integer. Twelve digits at most, so that no card number (13 to 19) can pass for one. */
export function isTransactionNumber(text: string): boolean {
  return /^\d{1,12}$/.test(text)
}

/** `1000001-4242`, or `1000001` where the card's last four are not known. */
export function writeRailReference({ number, last4 }: Transaction): string {
  return last4 === undefined ? number : `${number}-${last4}`
}

export function readRailReference(text: string): Transaction | undefined {
  const match = /^(\d{1,12})(?:-(\d{4}))?$/.exec(text)
  return match?.[1] === undefined ? undefined : { number: match[1], last4: match[2] }
}
