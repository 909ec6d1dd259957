import type { ScriptWords } from '../words/pay-words.ts'

/** Something that the payer is told, and can do something about. */
export class Trouble extends Error {
  readonly word: keyof ScriptWords
  readonly detail: string

  constructor(word: keyof ScriptWords, detail = '') {
    super(word)
    this.word = word
    this.detail = detail
  }
}

/** What wallets mean by their codes (EIP-1193, EIP-1474, and a habit of MetaMask's). */
const codes: Readonly<Record<number, keyof ScriptWords>> = {
  4001: 'rejected',
  4100: 'locked',
  4900: 'offline',
  4901: 'offline',
  [-32002]: 'pending',
}

/** A wallet that does not know a chain says 4902, some of them one level deeper. */
export const unknownChain = 4902

export function codeOf(error: unknown): number | undefined {
  const { code, data, cause } = (error ?? {}) as { code?: unknown; data?: { originalError?: unknown }; cause?: unknown }
  const inner = data?.originalError ?? cause
  return (inner === undefined ? undefined : codeOf(inner)) ?? (typeof code === 'number' ? code : undefined)
}

/** Whatever a wallet threw, as something to tell. Wallets agree on few codes, and on no words but these. */
export function troubleOf(error: unknown): Trouble {
  if (error instanceof Trouble) return error
  const message = String((error as { message?: unknown } | undefined)?.message ?? error)
  if (/insufficient (funds|balance)|exceeds balance/i.test(message)) return new Trouble('insufficient')
  const word = codes[codeOf(error) ?? 0] ?? (/reject|denied|cancel/i.test(message) ? 'rejected' : 'failed')
  return new Trouble(word, message.slice(0, 200))
}
