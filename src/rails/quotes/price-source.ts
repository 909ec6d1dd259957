import type { PriceQuestion, PriceReport } from '../../domain/chain/price.ts'
import type { Currency } from '../../kernel/currency.ts'
import type { Instant } from '../../kernel/instant.ts'

/** A price as a source tells it. The asset `USD` is the dollar itself: what leads from a price in dollars to one in another currency. */
export type QuotedPrice = PriceQuestion & PriceReport

export type PriceWishes = {
  /** symbols of tokens, and `USD` */
  readonly assets: readonly string[]
  readonly currencies: readonly Currency[]
  /** what the public price list calls tokens that an operator has added, by their symbols */
  readonly names?: Readonly<Record<string, string>>
}

/** Somebody who knows prices: a public price list, an exchange, a table that was typed in. */
export type PriceSource = {
  readonly name: string
  /** what it told once never gets too old: somebody answers for it */
  readonly isTimeless?: true
  /** What it knows of all that. Rejects when it cannot be reached, or answers with something else. */
  readonly fetch: (wishes: PriceWishes, now: Instant) => Promise<readonly QuotedPrice[]>
}

/** Silence that counts as no answer. */
const patienceMs = 5_000

/** The longest answer of the sources here is some kilobytes. */
const mostBytes = 262_144

/** Asks an https address for JSON. Rejects for anything but 200 with JSON, in time and of a bounded size. */
export async function fetchJson(url: URL): Promise<unknown> {
  const response = await fetch(url, { signal: AbortSignal.timeout(patienceMs), redirect: 'error' })
  if (!response.ok || !response.body) throw new Error(`${url.host} answered ${response.status}`)
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of response.body) {
    bytes += chunk.length
    if (bytes > mostBytes) throw new Error(`${url.host} answered too much`)
    chunks.push(chunk)
  }
  return JSON.parse(Buffer.concat(chunks).toString('utf8')) as unknown
}
