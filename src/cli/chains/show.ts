import { type ShownChain, showChain, testChain } from '../../app/chain/operator/show-chain.ts'
import { type ChainId, coin } from '../../domain/chain/address.ts'
import { isoOf } from '../../kernel/instant.ts'
import { ok, refuse } from '../../kernel/result.ts'
import type { EndpointProbe } from '../../rails/chain-rail.ts'
import { CliError } from '../cli-error.ts'
import { exitCodes } from '../exit-codes.ts'
import type { Io } from '../io.ts'
import { countText, timeText } from '../print/format.ts'
import { answer, type OutputOptions } from '../print/print.ts'
import { facts, table } from '../print/table.ts'
import { withOperator } from './with-operator.ts'

const notThere = (id: ChainId) => refuse(`chain ${id} is not set up: tercet chains list`)

export async function runShow(io: Io, id: ChainId, options: OutputOptions): Promise<void> {
  const shown = await withOperator(io, async (parts) => {
    const found = await showChain(parts, id)
    return found ? ok(found) : notThere(id)
  })
  answer(io, options, viewOf(shown), () => linesOf(shown))
}

function viewOf({ chain: { id, ...chain }, hosts, watch, open }: ShownChain): object {
  return {
    ...{ chainId: id, ...chain, endpoints: hosts, openPayments: Number(open) },
    watch: watch && { ...watch, at: watch.at === null ? null : isoOf(watch.at) },
  }
}

function linesOf({ chain, hosts, watch, open }: ShownChain): string[] {
  const { id, name, confirmations, hasFinality, explorerUrl, walletRpcUrl, tokens, isLocal } = chain
  return facts([
    ['chain', `${id} (${name})${isLocal ? ', local' : ''}`],
    ['endpoints', hosts.join(', ') || 'none'],
    ['for wallets', walletRpcUrl ?? 'none'],
    ['explorer', explorerUrl ?? 'none'],
    ['final', `${hasFinality ? 'when the chain says so, else ' : ''}after ${confirmations} blocks`],
    ...tokens.map(({ symbol, decimals, address, peg }): [string, string] => [
      'token',
      `${symbol}, ${decimals} decimals, ${address === coin ? 'its own coin' : address}${peg ? `, worth one ${peg}` : ''}`,
    ]),
    ['open payments', countText(Number(open))],
    ['read', readText(watch)],
    ['problem', watch?.problem],
  ])
}

function readText(watch: ShownChain['watch']): string {
  if (!watch || watch.scanned === null || watch.head === null) return 'not yet'
  const at = watch.at === null ? '' : `, ${timeText(watch.at)}`
  return `to block ${countText(Number(watch.scanned))} of ${countText(Number(watch.head))}${at}`
}

export async function runTest(io: Io, id: ChainId, options: OutputOptions): Promise<void> {
  const probes = await withOperator(io, async (parts) => {
    const found = await testChain(parts, id)
    return found ? ok(found) : notThere(id)
  })
  const view = probes.map(({ newestAt, ...probe }) => ({
    ...probe,
    newestAt: newestAt === null ? null : isoOf(newestAt),
  }))
  answer(io, options, { endpoints: view }, () => testLines(probes))
  if (probes.some(({ problem }) => problem !== null) || probes.length === 0)
    throw new CliError('not every endpoint can be used', exitCodes.checkFailed)
}

function testLines(probes: readonly EndpointProbe[]): string[] {
  if (probes.length === 0) return ['It has no endpoint, so nothing can be paid on it: tercet chains set --rpc']
  return table(
    ['endpoint', 'result', 'block', 'of', 'says what is final', 'took'],
    probes.map(({ host, problem, head, newestAt, tellsFinality, tookMs }) => [
      ...[host, problem ?? 'usable', head === null ? '' : countText(Number(head))],
      ...[newestAt === null ? '' : timeText(newestAt), problem === null ? (tellsFinality ? 'yes' : 'no') : ''],
      `${tookMs} ms`,
    ]),
    ['block', 'took'],
  )
}
