import type pg from 'pg'
import { firstAmountAskedAt } from '../../db/chain/amounts.ts'
import type { ChainId } from '../../domain/chain/address.ts'
import { minute } from '../../kernel/instant.ts'
import type { ChainReader } from '../../rails/chain-reader.ts'

/** A chain that was never read begins at least this far behind its head. */
const leastLookBack = 50n

/** By so much the clocks of a chain's validators may differ from ours. */
const slack = 2n * minute

/**
 * The block a chain that was never read is read from: none that could hold a payment of an amount that is still open is left out, however long
 * the chain could not be reached since it was asked for. Throws `ChainUnavailable` and `Unavailable`.
 */
export async function findFirstBlock(
  { pool, reader }: { readonly pool: pg.Pool; readonly reader: Pick<ChainReader, 'block'> },
  chainId: ChainId,
  head: bigint,
): Promise<bigint> {
  const latest = head > leastLookBack ? head - leastLookBack : 0n
  const asked = await firstAmountAskedAt(pool, chainId)
  if (asked === null) return latest
  const isBefore = async (number: bigint): Promise<boolean> => {
    const block = await reader.block(number)
    // What a node no longer keeps is old: all that is asked for lies below its head.
    return block === undefined || block.at < asked - slack
  }
  // The times of blocks never fall: the newest one before the amount is found by halves.
  let [from, to] = [0n, latest]
  while (from < to) {
    const middle = (from + to + 1n) / 2n
    if (await isBefore(middle)) from = middle
    else to = middle - 1n
  }
  return from
}
