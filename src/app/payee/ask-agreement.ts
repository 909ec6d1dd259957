import { createHash } from 'node:crypto'
import type { Address, ChainId } from '../../domain/chain/address.ts'
import type { Currency } from '../../kernel/currency.ts'
import { decimalOf } from '../../kernel/money.ts'
import { chainRail } from '../../rails/index.ts'

/** What somebody asks to be paid, and at which address. */
export type AskToAgree = {
  readonly address: Address
  readonly currency: Currency
  /** minor units */
  readonly total: bigint
  readonly forWhat: string
  /** `321/0x...`, chain and token */
  readonly choices: readonly string[]
  readonly chains: readonly [ChainId, ...ChainId[]]
  /** a UUID: the same again is the same request */
  readonly key: string
  /** ISO 8601, of real time */
  readonly issuedAt: string
}

const pageOf = (publicUrl: string) => `${publicUrl}/request`

/**
 * The text that the holder of the address signs: what is asked for, and nothing that moves money. What a wallet would not show well (the reason
 * may be in any script) is held by a hash of it.
 */
export async function askText(publicUrl: string, ask: AskToAgree): Promise<string> {
  const { address, currency, total, forWhat, choices, chains, key, issuedAt } = ask
  return await chainRail.agreementText({
    ...{ address, issuedAt, chainId: chains[0], domain: new URL(publicUrl).host, uri: pageOf(publicUrl) },
    statement: `Ask to be paid ${decimalOf({ currency, minor: total })} ${currency} at this address. Signing this moves no money and allows nothing else.`,
    nonce: key.replaceAll('-', ''),
    requestId: createHash('sha256')
      .update(JSON.stringify([forWhat, choices]))
      .digest('hex'),
  })
}

/** Long enough to find the wallet's window. */
const longestMs = 600_000

/** Whether the holder of the address has signed exactly this, a short while ago; `nowMs` is real time. */
export async function isAgreed(publicUrl: string, ask: AskToAgree, signature: string, nowMs: number): Promise<boolean> {
  const issued = Date.parse(ask.issuedAt)
  if (!/^\d{4}-[\dT:.-]{18}Z$/.test(ask.issuedAt) || Number.isNaN(issued)) return false
  if (Math.abs(nowMs - issued) > longestMs) return false
  return await chainRail.isSignedBy(ask.address, await askText(publicUrl, ask), signature)
}
