/** What is said of each reason: the compiler asks for one that is new, and takes none that cannot come. */
export type Words<Refused extends { readonly reason: string }, Said> = {
  readonly [Reason in Refused['reason']]: (refused: Extract<Refused, { readonly reason: Reason }>) => Said
}

/** What the words say of this refusal. */
export function inWords<Refused extends { readonly reason: string }, Said>(
  words: Words<Refused, Said>,
  refused: Refused,
): Said {
  // The record has a function for exactly this reason; TypeScript cannot follow the pairing through the index.
  const word = words[refused.reason as Refused['reason']] as (refused: Refused) => Said
  return word(refused)
}
