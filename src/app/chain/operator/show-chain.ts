import { countOpenAmounts } from '../../../db/chain/amounts.ts'
import { listChains } from '../../../db/chain/chains.ts'
import { findWatchReport, type WatchReport } from '../../../db/chain/watch.ts'
import type { ChainId } from '../../../domain/chain/address.ts'
import type { Chain } from '../../../domain/chain/chain.ts'
import type { EndpointProbe } from '../../../rails/chain-rail.ts'
import { chainRail } from '../../../rails/index.ts'
import type { ChainOperatorParts } from './save-chain.ts'
import { openEndpoint } from './sealed-endpoint.ts'

/** A chain as its operator may look at it: of its endpoints the hosts alone, since the rest may be a key. */
export type ShownChain = {
  readonly chain: Omit<Chain, 'endpoints'>
  readonly hosts: readonly string[]
  /** what its watcher has come to; undefined before the first look */
  readonly watch: WatchReport | undefined
  /** payments that may still be paid on it */
  readonly open: bigint
}

/** Undefined when it is not set up. */
export async function showChain({ pool, sealer }: ChainOperatorParts, id: ChainId): Promise<ShownChain | undefined> {
  const found = (await listChains(pool)).find((each) => each.id === id)
  if (!found) return undefined
  const { endpoints, ...chain } = found
  const [watch, open] = await Promise.all([findWatchReport(pool, id), countOpenAmounts(pool, id)])
  return { chain, hosts: endpoints.map((each) => URL.parse(openEndpoint(sealer, each))?.host ?? ''), watch, open }
}

/** Asks every endpoint of a chain now; undefined when the chain is not set up. */
export async function testChain(
  { pool, sealer }: ChainOperatorParts,
  id: ChainId,
): Promise<readonly EndpointProbe[] | undefined> {
  const found = (await listChains(pool)).find((each) => each.id === id)
  if (!found) return undefined
  return await Promise.all(found.endpoints.map((each) => chainRail.probeEndpoint(openEndpoint(sealer, each), id)))
}
