import { type Command, InvalidArgumentError } from 'commander'
import { removeChain } from '../../app/chain/operator/remove-chain.ts'
import { addChain, type ChainWish, changeChain, type SavedChain } from '../../app/chain/operator/save-chain.ts'
import type { ChainId } from '../../domain/chain/address.ts'
import { coin } from '../../domain/chain/address.ts'
import { readChainId } from '../commands/wallets.ts'
import type { Io } from '../io.ts'
import { jsonFlag, jsonHelp } from '../json-option.ts'
import { countText } from '../print/format.ts'
import { answer, type OutputOptions } from '../print/print.ts'
import { readSwitch } from '../read/values.ts'
import { runShow, runTest } from './show.ts'
import { readAddresses, withOperator } from './with-operator.ts'

type WishOptions = OutputOptions & {
  readonly rpc?: readonly string[]
  readonly name?: string
  readonly coin?: string
  readonly walletRpc?: string
  readonly explorer?: string
  readonly confirmations?: number
  readonly finality?: boolean
  readonly priceName?: string
}

/** `tercet chains add|set|show|test|remove`: what the operator of a server says of its chains. */
export function addOperatorCommands(chains: Command, io: Io): void {
  addAdd(chains, io)
  addSet(chains, io)
  addLooks(chains, io)
  addRemove(chains, io)
}

const numberHelp = 'number of the chain, like 56'

function withWish(command: Command): Command {
  return command
    .option('--name <name>', 'what shoppers read; what the chain is known as where it is not given')
    .option('--coin <symbol>', 'of its own coin, which has 18 decimals')
    .option('--wallet-rpc <url>', 'an address for wallets that do not know the chain; everybody sees it; none: none')
    .option('--explorer <url>', 'where people look transactions up; none: none')
    .option('--confirmations <blocks>', 'after which a transfer is final where the chain does not say so', readBlocks)
    .option('--finality <yes|no>', 'whether the chain’s own word that a block is final is believed', readSwitch)
    .option('--price-name <id>', 'of the coin in CoinGecko’s list; not needed for KCS, BNB and ETH')
    .option(jsonFlag, jsonHelp)
}

const rpcHelp = 'where the chain is asked, the preferred address first; - reads them from the environment, TERCET_RPC'
const secretHelp = `Addresses of endpoints often hold a key. They are kept encrypted and never shown or logged whole; what is typed on a command line may be
seen by others on the machine, so give them by the environment. In live mode they are https, or on this machine.`

function addAdd(chains: Command, io: Io): void {
  withWish(
    chains
      .command('add')
      .description('set up a chain; every endpoint is asked first whether it serves it')
      .argument('<chain>', numberHelp, readChainId)
      .requiredOption('--rpc <url...>', rpcHelp),
  )
    .addHelpText(
      'after',
      `
Two endpoints of different providers are better than one: with one, its word is all there is. ${secretHelp}
A running server watches the chain within seconds; no restart is needed. Tokens come next (tercet tokens add), then wallets (tercet wallets set).

Example:
  TERCET_RPC="https://bsc.example/v1/KEY https://other.example/KEY" tercet chains add 56 --rpc - --wallet-rpc https://bsc-dataseed.binance.org`,
    )
    .action((id: ChainId, options: WishOptions) => runSave(io, 'added', id, options))
}

function addSet(chains: Command, io: Io): void {
  withWish(
    chains
      .command('set')
      .description('change how a chain is set up; what is not given stays')
      .argument('<chain>', numberHelp, readChainId)
      .option('--rpc <url...>', `${rpcHelp}; all of them from now on`),
  )
    .addHelpText(
      'after',
      `
${secretHelp} A running server follows within seconds.

Example:
  tercet chains set 56 --confirmations 20`,
    )
    .action((id: ChainId, options: WishOptions) => runSave(io, 'changed', id, options))
}

function addLooks(chains: Command, io: Io): void {
  chains
    .command('show')
    .description('show how a chain is set up and how far it is watched; of its endpoints the hosts alone')
    .argument('<chain>', numberHelp, readChainId)
    .option(jsonFlag, jsonHelp)
    .addHelpText('after', '\nExample:\n  tercet chains show 56')
    .action((id: ChainId, options: OutputOptions) => runShow(io, id, options))
  chains
    .command('test')
    .description('ask every endpoint of a chain which chain it serves, for its newest block, and for logs')
    .argument('<chain>', numberHelp, readChainId)
    .option(jsonFlag, jsonHelp)
    .addHelpText('after', '\nThe exit code is 2 when one cannot be used.\n\nExample:\n  tercet chains test 56')
    .action((id: ChainId, options: OutputOptions) => runTest(io, id, options))
}

function addRemove(chains: Command, io: Io): void {
  chains
    .command('remove')
    .description('take a chain out of use: it is watched no more; what was paid on it stays')
    .argument('<chain>', numberHelp, readChainId)
    .option('--force', 'though payments may still be paid on it: what comes for them is not seen')
    .option(jsonFlag, jsonHelp)
    .addHelpText('after', '\nIt can be added again.\n\nExample:\n  tercet chains remove 56')
    .action(async (id: ChainId, options: OutputOptions & { readonly force?: boolean }) => {
      await withOperator(io, ({ pool }) => removeChain(pool, id, { isForced: options.force === true }))
      answer(io, options, { chainId: id, removed: true }, () => [`chain ${id} is not used any more`])
    })
}

async function runSave(io: Io, verb: 'added' | 'changed', id: ChainId, options: WishOptions): Promise<void> {
  const wish = wishOf(io, options)
  const saved = await withOperator(io, (parts) => (verb === 'added' ? addChain : changeChain)(parts, id, wish))
  answer(io, options, viewOf(saved), () => linesOf(saved, verb))
}

function wishOf(io: Io, options: WishOptions): ChainWish {
  const { rpc, name, coin: symbol, walletRpc, explorer, confirmations, finality, priceName } = options
  return {
    ...(rpc && { endpoints: readAddresses(io, rpc) }),
    ...(name !== undefined && { name }),
    ...(symbol !== undefined && { coin: symbol }),
    ...(walletRpc !== undefined && { walletRpcUrl: walletRpc === 'none' ? null : walletRpc }),
    ...(explorer !== undefined && { explorerUrl: explorer === 'none' ? null : explorer }),
    ...(confirmations !== undefined && { confirmations }),
    ...(finality !== undefined && { hasFinality: finality }),
    ...(priceName !== undefined && { priceName }),
  }
}

function viewOf({
  chain: { id, name, coin: symbol, confirmations, hasFinality, ...rest },
  probes,
}: SavedChain): object {
  const { walletRpcUrl, explorerUrl, endpoints } = rest
  return {
    ...{ chainId: id, name, coin: symbol, confirmations, hasFinality, walletRpcUrl, explorerUrl },
    endpoints: endpoints.map((each) => URL.parse(each)?.host ?? ''),
    heads: probes.map(({ head }) => head),
  }
}

function linesOf({ chain, probes }: SavedChain, verb: string): string[] {
  const { id, name, confirmations, hasFinality, tokens } = chain
  const final = hasFinality ? 'when the chain says so' : `after ${confirmations} blocks`
  const head = probes.map((each) => each.head ?? 0n).reduce((highest, each) => (each > highest ? each : highest), 0n)
  return [
    `${verb} chain ${id} (${name}): a transfer is final ${final}`,
    ...(probes.length === 0
      ? []
      : [`${probes.length} of ${probes.length} endpoints answer, at block ${countText(Number(head))}`]),
    'A running server follows within seconds.',
    ...(tokens.every(({ address }) => address === coin)
      ? [`Next: tercet tokens add ${id} <contract>, and tercet wallets set ${id} <address> for each merchant.`]
      : []),
  ]
}

function readBlocks(text: string): number {
  if (/^\d{1,5}$/.test(text)) return Number(text)
  throw new InvalidArgumentError('It must be a number of blocks, 1 to 10000.')
}
