import { decodeAbiParameters, hexToString } from 'viem'
import type { Address, ChainId, Hash } from '../../domain/chain/address.ts'
import { instantFromMillis } from '../../kernel/instant.ts'
import type { EndpointProbe, TokenFacts } from '../chain-rail.ts'
import { createEndpoint, type Endpoint, hostOf, problemOf } from './endpoint.ts'

/** Longer than a watcher waits: somebody looks on. */
const patienceMs = 8_000

/** Asks one endpoint which chain it serves, how far, and for the logs and transactions of its newest block. Never rejects. */
export async function probeEndpoint(url: string, wanted: ChainId): Promise<EndpointProbe> {
  const begun = performance.now()
  const endpoint = createEndpoint(url, patienceMs)
  const found: { -readonly [Name in keyof EndpointProbe]: EndpointProbe[Name] } = {
    ...{ host: hostOf(url), problem: null, chainId: null, head: null, newestAt: null, tellsFinality: false, tookMs: 0 },
  }
  try {
    found.chainId = (await endpoint.chainId()) as ChainId
    if (found.chainId === wanted) Object.assign(found, await newestOf(endpoint))
    else found.problem = `it serves chain ${found.chainId}, not ${wanted}`
  } catch (error) {
    // Whatever it does wrong is told, not thrown: somebody asked for exactly this.
    found.problem = found.chainId === null ? `it does not answer (${problemOf(error)})` : problemOf(error)
  }
  found.tookMs = Math.round(performance.now() - begun)
  return found
}

const transferTopic = '0xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef'
const nobody = `0x${'0'.repeat(39)}1` as Address

async function newestOf(endpoint: Endpoint): Promise<Pick<EndpointProbe, 'head' | 'newestAt' | 'tellsFinality'>> {
  const head = await endpoint.head()
  const [block, finalized] = await Promise.all([endpoint.block(head, true), endpoint.finalized()])
  if (!block) throw new Error('it does not give its newest block')
  const filter = { address: [nobody], topics: [transferTopic], blockHash: block.hash as Hash }
  const logs: unknown = await endpoint.logs(filter).catch(problemOf)
  if (!Array.isArray(logs)) throw new Error(`it gives no logs, which tokens are watched by (${String(logs)})`)
  return {
    head,
    newestAt: instantFromMillis(Number(BigInt(block.timestamp)) * 1_000),
    tellsFinality: finalized !== null,
  }
}

const symbolSelector = '0x95d89b41'
const decimalsSelector = '0x313ce567'

/** Undefined when there is no contract that knows its decimals. Throws an error of one line when the endpoint cannot be asked. */
export async function readTokenFacts(url: string, token: Address): Promise<TokenFacts | undefined> {
  const endpoint = createEndpoint(url, patienceMs)
  try {
    const symbol = await endpoint.call(token, symbolSelector).catch(() => '0x' as const)
    const decimals = await endpoint.call(token, decimalsSelector)
    if (decimals.length !== 66) return undefined
    return { symbol: symbolIn(symbol), decimals: Number(BigInt(decimals)) }
  } catch (error) {
    throw new Error(`${endpoint.host} cannot say: ${problemOf(error)}`)
  }
}

/** A text, or in old contracts 32 bytes. */
function symbolIn(data: `0x${string}`): string | null {
  try {
    const text =
      data.length === 66 ? hexToString(data, { size: 32 }) : decodeAbiParameters([{ type: 'string' }], data)[0]
    return text === '' ? null : text.slice(0, 50)
  } catch {
    // Not a text at all: somebody has to name it.
    return null
  }
}
