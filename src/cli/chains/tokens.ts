import { type Command, InvalidArgumentError } from 'commander'
import { addToken, removeToken } from '../../app/chain/operator/save-token.ts'
import { listChains } from '../../db/chain/chains.ts'
import { type ChainId, coin } from '../../domain/chain/address.ts'
import type { Chain, Token } from '../../domain/chain/chain.ts'
import { knownPriceNames } from '../../rails/quotes/coingecko.ts'
import { readChainId } from '../commands/wallets.ts'
import { withDatabase } from '../database/database.ts'
import type { Io } from '../io.ts'
import { jsonFlag, jsonHelp } from '../json-option.ts'
import { answer, type OutputOptions } from '../print/print.ts'
import { table } from '../print/table.ts'
import { withOperator } from './with-operator.ts'

type AddOptions = OutputOptions & {
  readonly symbol?: string
  readonly decimals?: number
  readonly peg?: 'USD'
  readonly priceName?: string
}

/** `tercet tokens list|add|remove`. */
export function addTokens(program: Command, io: Io): void {
  const tokens = program.command('tokens').description('what payments on chains may come in')
  tokens
    .command('list')
    .description('list the tokens of every chain')
    .option(jsonFlag, jsonHelp)
    .addHelpText('after', '\nExample:\n  tercet tokens list')
    .action((options: OutputOptions) => runList(io, options))
  tokens
    .command('add')
    .description('let payments come in a token; its contract is asked at every endpoint')
    .argument('<chain>', 'number of the chain, like 56', readChainId)
    .argument('<contract>', '0x and 40 hex digits')
    .option('--symbol <symbol>', 'what it is called here; what its contract says where it is not given')
    .option('--decimals <count>', 'compared with what its contract says', readDecimals)
    .option('--peg <USD>', 'it is meant to be worth one dollar, and is refused while it is not', readPeg)
    .option('--price-name <id>', 'of it in CoinGecko’s list; not needed for KCS, BNB, ETH, USDT and USDC')
    .option(jsonFlag, jsonHelp)
    .addHelpText(
      'after',
      `
A token is its contract: anybody can give another one the same symbol. Take the address from whoever issues it, and look it up in the explorer.
A running server offers it within seconds, and has its price within a minute.

Example:
  tercet tokens add 56 0x55d398326f99059fF775485246999027B3197955 --symbol USDT --decimals 18 --peg USD`,
    )
    .action((chain: ChainId, contract: string, options: AddOptions) => runAdd(io, chain, contract, options))
  tokens
    .command('remove')
    .description('let no payment come in a token any more; open ones are still watched')
    .argument('<chain>', 'number of the chain, like 56', readChainId)
    .argument('<token>', 'its symbol or contract')
    .option(jsonFlag, jsonHelp)
    .addHelpText('after', '\nExample:\n  tercet tokens remove 56 USDC')
    .action((chain: ChainId, token: string, options: OutputOptions) => runRemove(io, chain, token, options))
}

async function runList(io: Io, options: OutputOptions): Promise<void> {
  const chains = await withDatabase(io, ({ pool }) => listChains(pool))
  const rows = chains.flatMap((chain) => chain.tokens.map((token) => ({ chain, token })))
  answer(io, options, { tokens: rows.map(({ chain, token }) => viewOf(chain.id, token)) }, () =>
    rows.length === 0
      ? ['There is no token, since there is no chain: tercet chains add.']
      : table(
          ['chain', 'name', 'token', 'decimals', 'price', 'contract'],
          rows.map(({ chain, token }) => rowOf(chain, token)),
          ['chain', 'decimals'],
        ),
  )
}

function rowOf({ id, name }: Chain, token: Token): string[] {
  const { symbol, decimals, peg, address } = token
  return [
    ...[String(id), name, symbol, String(decimals)],
    ...[peg ? `one ${peg}` : (priceNameOf(token) ?? 'nobody tells it'), address === coin ? 'its own coin' : address],
  ]
}

function priceNameOf({ symbol, priceName }: Token): string | undefined {
  return priceName ?? knownPriceNames[symbol]
}

function viewOf(chainId: ChainId, { address, symbol, decimals, peg, priceName }: Token): object {
  const contract = address === coin ? null : address
  return { chainId, contract, symbol, decimals, peg, priceName: priceName ?? null }
}

async function runAdd(io: Io, chainId: ChainId, contract: string, options: AddOptions): Promise<void> {
  const { symbol, decimals, peg, priceName } = options
  const token = await withOperator(io, (parts) =>
    addToken(parts, chainId, {
      ...{ address: contract, isPegged: peg !== undefined },
      ...(symbol !== undefined && { symbol }),
      ...(decimals !== undefined && { decimals }),
      ...(priceName !== undefined && { priceName }),
    }),
  )
  answer(io, options, viewOf(chainId, token), () => [
    `payments on chain ${chainId} may come in ${token.symbol}, ${token.decimals} decimals, ${token.address}`,
    ...(priceNameOf(token) === undefined
      ? [`Nobody here knows its price, so nothing can be asked in it: remove it and add it with --price-name.`]
      : []),
  ])
}

async function runRemove(io: Io, chainId: ChainId, named: string, options: OutputOptions): Promise<void> {
  const token = await withOperator(io, (parts) => removeToken(parts, chainId, named))
  answer(io, options, { ...viewOf(chainId, token), removed: true }, () => [
    `no payment on chain ${chainId} comes in ${token.symbol} any more`,
  ])
}

function readDecimals(text: string): number {
  if (/^\d{1,2}$/.test(text) && Number(text) <= 36) return Number(text)
  throw new InvalidArgumentError('It must be a whole number from 0 to 36.')
}

function readPeg(text: string): 'USD' {
  if (text.toUpperCase() === 'USD') return 'USD'
  throw new InvalidArgumentError('It must be USD.')
}
