import { type Command, InvalidArgumentError } from 'commander'
import { type ChainSettings, createChainSettings, type WalletRefusal } from '../../app/chain/chain-settings.ts'
import { type ChainId, parseChainId } from '../../domain/chain/address.ts'
import { systemClock } from '../../kernel/clock.ts'
import { byOperator } from '../by-operator.ts'
import { CliError } from '../cli-error.ts'
import { withDatabase } from '../database/database.ts'
import type { Io } from '../io.ts'
import { jsonFlag, jsonHelp } from '../json-option.ts'
import { chooseMerchant, type MerchantOption, merchantFlag, merchantHelp } from '../merchant.ts'
import { answer, type OutputOptions } from '../print/print.ts'
import { table } from '../print/table.ts'

type Options = OutputOptions & MerchantOption

/** `tercet wallets list|set|stop`. */
export function addWallets(program: Command, io: Io): void {
  const wallets = program.command('wallets').description('the addresses that a merchant is paid at on chains')
  wallets
    .command('list')
    .description('list the addresses, former ones included: what still comes to them is the merchant’s')
    .option(merchantFlag, merchantHelp)
    .option(jsonFlag, jsonHelp)
    .addHelpText('after', '\nExample:\n  tercet wallets list --merchant KUPY')
    .action((options: Options) => runList(io, options))
  wallets
    .command('set')
    .description('be paid at an address on a chain from now on; nobody here has its key')
    .argument('<chain>', 'number of the chain, like 321', readChainId)
    .argument('<address>', '0x and 40 hex digits')
    .option(merchantFlag, merchantHelp)
    .option(jsonFlag, jsonHelp)
    .addHelpText(
      'after',
      `
An address in small and capital letters is checked for mistyped characters.

Example:
  tercet wallets set 321 0x70997970C51812dc3A010C7d01b50e0d17dc79C8 --merchant KUPY`,
    )
    .action((chain: ChainId, address: string, options: Options) => runSet(io, chain, address, options))
  wallets
    .command('stop')
    .description('take no payments on a chain any more; open ones are still watched')
    .argument('<chain>', 'number of the chain, like 321', readChainId)
    .option(merchantFlag, merchantHelp)
    .option(jsonFlag, jsonHelp)
    .addHelpText('after', '\nExample:\n  tercet wallets stop 56 --merchant KUPY')
    .action((chain: ChainId, options: Options) => runSet(io, chain, null, options))
}

/** For an argument; the message follows the parser's own "is invalid". */
export function readChainId(text: string): ChainId {
  const id = /^\d{1,15}$/.test(text) ? parseChainId(Number(text)) : undefined
  if (id === undefined) throw new InvalidArgumentError('It must be the number of a chain, like 321.')
  return id
}

/** Works with a merchant's settings, in the database that the environment names. */
export async function withChainSettings<T>(
  io: Io,
  options: MerchantOption,
  work: (settings: ChainSettings, merchant: Awaited<ReturnType<typeof chooseMerchant>>) => Promise<T>,
): Promise<T> {
  return await withDatabase(io, async (database) => {
    const settings = createChainSettings({ pool: database.pool, clock: systemClock, claim: database.claim })
    return await work(settings, await chooseMerchant(database, options))
  })
}

async function runList(io: Io, options: Options): Promise<void> {
  const { wallets, names } = await withChainSettings(io, options, async (settings, { id }) => ({
    wallets: await settings.wallets(id),
    names: new Map((await settings.chains()).map((chain) => [chain.id, chain.name])),
  }))
  const view = wallets.map(({ chainId, address, isCurrent }) => ({ chainId, address, current: isCurrent }))
  answer(io, options, { wallets: view }, () =>
    wallets.length === 0
      ? ['There is no address yet: tercet wallets set.']
      : table(
          ['chain', 'name', 'address', 'now'],
          wallets.map(({ chainId, address, isCurrent }) => [
            ...[String(chainId), names.get(chainId) ?? '', address, isCurrent ? 'is paid at' : 'no more'],
          ]),
          ['chain'],
        ),
  )
}

const sentences = {
  unknown_chain: 'that chain is not set up: tercet chains list',
  not_an_address: 'that is not an address, or a character of it was mistyped',
  taken: 'another merchant is paid at that address: the same amount could not be told apart',
} as const satisfies Record<WalletRefusal, string>

async function runSet(io: Io, chainId: ChainId, text: string | null, options: Options): Promise<void> {
  const set = await withChainSettings(io, options, (settings, { id }) =>
    settings.setWallet(id, { chainId, address: text }, byOperator),
  )
  if (!set.ok) throw new CliError(sentences[set.reason])
  const said =
    set.value === null
      ? `no payments are taken on chain ${chainId} any more`
      : `paid at ${set.value} on chain ${chainId}`
  answer(io, options, { chainId, address: set.value }, () => [said])
}
