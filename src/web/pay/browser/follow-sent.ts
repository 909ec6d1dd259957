import type { Provider } from '../../shared/browser/find-wallets.ts'
import type { Sent } from './pay-with.ts'

export type Outcome = 'mined' | 'reverted' | 'replaced'

const everyMs = 1_500
/** So often it must be seen to be gone: by then a sped-up one would have shown itself. */
const enough = 3

/**
 * What becomes of a transaction, asked of the wallet that sent it: a sped-up or cancelled one is simply gone, and another has its place. Undefined when
 * `isOver` says so, and while nothing is known. The server finds the money by itself and needs none of this.
 */
export async function followSent(
  { request }: Provider,
  { hash, account }: Sent,
  isOver: () => boolean,
): Promise<Outcome | undefined> {
  const ask = <T>(method: string, ...params: readonly unknown[]) =>
    (request({ method, params }) as Promise<T>).catch(() => undefined)
  let nonce: bigint | undefined
  let gone = 0
  while (!isOver()) {
    const receipt = await ask<{ status?: string } | null>('eth_getTransactionReceipt', hash)
    if (receipt) return receipt.status === '0x0' ? 'reverted' : 'mined'
    const transaction = await ask<{ nonce: string } | null>('eth_getTransactionByHash', hash)
    if (transaction) nonce = BigInt(transaction.nonce)
    if (transaction === null && nonce !== undefined) {
      const count = await ask<string>('eth_getTransactionCount', account, 'latest')
      if (count !== undefined && BigInt(count) > nonce && ++gone >= enough) return 'replaced'
    }
    await new Promise((resolve) => setTimeout(resolve, everyMs))
  }
  return undefined
}
