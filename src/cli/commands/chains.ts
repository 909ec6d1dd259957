import { type Command, InvalidArgumentError } from 'commander'
import type { Chain } from '../../domain/chain/chain.ts'
import { type ChainTerms, explainTermsRefusal } from '../../domain/chain/chain-terms.ts'
import type { ConfirmationTier } from '../../domain/chain/finality.ts'
import { currencyOf } from '../../kernel/currency.ts'
import { decimalOf, minorFromDecimal } from '../../kernel/money.ts'
import { byOperator } from '../by-operator.ts'
import { addOperatorCommands } from '../chains/operate.ts'
import { CliError } from '../cli-error.ts'
import type { Io } from '../io.ts'
import { jsonFlag, jsonHelp } from '../json-option.ts'
import { type MerchantOption, merchantFlag, merchantHelp } from '../merchant.ts'
import { answer, type OutputOptions } from '../print/print.ts'
import { table } from '../print/table.ts'
import { readDuration } from '../read/duration.ts'
import { readPercent, readSwitch } from '../read/values.ts'
import { readChainId, withChainSettings } from './wallets.ts'

type Options = OutputOptions & MerchantOption
type TermsOptions = Options & {
  readonly chains?: readonly string[]
  readonly tokens?: readonly string[]
  readonly tolerance?: number
  readonly spread?: number
  readonly quote?: number
  readonly watch?: number
  readonly tier?: readonly ConfirmationTier[]
  readonly cancelUnpaid?: boolean
}

/** `tercet chains list|terms`, and what only the operator changes: `add|set|show|test|remove`. */
export function addChains(program: Command, io: Io): void {
  const chains = program
    .command('chains')
    .description('chains that payments come by, and on what terms a merchant takes them')
  chains
    .command('list')
    .description('list the chains of this server, with their tokens')
    .option(merchantFlag, merchantHelp)
    .option(jsonFlag, jsonHelp)
    .addHelpText(
      'after',
      '\nAddresses of RPC endpoints are not shown: they often hold a key.\n\nExample:\n  tercet chains list --merchant KUPY',
    )
    .action((options: Options) => runList(io, options))
  chains
    .command('terms')
    .description('show a merchant’s terms, or change those that are given')
    .option(merchantFlag, merchantHelp)
    .option(
      '--chains <numbers>',
      'chains to be paid on, separated by commas; all for every one with a wallet',
      readList,
    )
    .option('--tokens <symbols>', 'tokens to be paid in, separated by commas; all for every one', readList)
    .option('--tolerance <percent>', 'what may be missing, like 0.5', readPercent)
    .option('--spread <percent>', 'what is taken off a token’s price, like 1', readPercent)
    .option('--quote <duration>', 'how long a rate holds, 1m to 1d', readDuration)
    .option('--watch <duration>', 'how long after that money is still taken, up to 30d', readDuration)
    .option(
      '--tier <tier>',
      'blocks for payments from an amount on, like 1000.00USD=30; may be given more than once; none removes all',
      readTier,
    )
    .option(
      '--cancel-unpaid <yes|no>',
      'whether a shop’s order is called off in the shop when its time is up and nothing has come',
      readSwitch,
    )
    .option(jsonFlag, jsonHelp)
    .addHelpText(
      'after',
      `
Examples:
  tercet chains terms --merchant KUPY
  tercet chains terms --merchant KUPY --tokens USDT,USDC --tolerance 0.5 --tier 1000.00USD=30 --tier 10000.00USD=100`,
    )
    .action((options: TermsOptions) => runTerms(io, options))
  addOperatorCommands(chains, io)
}

async function runList(io: Io, options: Options): Promise<void> {
  const { chains, current } = await withChainSettings(io, options, async (settings, { id }) => ({
    chains: await settings.chains(),
    current: new Map(
      (await settings.wallets(id)).filter((each) => each.isCurrent).map((each) => [each.chainId, each.address]),
    ),
  }))
  const view = chains.map((chain) => ({ ...viewOf(chain), wallet: current.get(chain.id) ?? null }))
  answer(io, options, { chains: view }, () =>
    chains.length === 0
      ? ['There is no chain: tercet chains add.']
      : table(
          ['chain', 'name', 'tokens', 'final after', 'endpoints', 'wallet'],
          chains.map((chain) => [
            ...[String(chain.id), chain.name, chain.tokens.map(({ symbol }) => symbol).join(', ')],
            ...[
              chain.hasFinality ? 'the chain says so' : `${chain.confirmations} blocks`,
              String(chain.endpoints.length),
            ],
            current.get(chain.id) ?? '',
          ]),
          ['chain', 'endpoints'],
        ),
  )
}

function viewOf({ id, name, coin, confirmations, hasFinality, isLocal, endpoints, tokens }: Chain): object {
  return { chainId: id, name, coin, confirmations, hasFinality, local: isLocal, endpoints: endpoints.length, tokens }
}

async function runTerms(io: Io, options: TermsOptions): Promise<void> {
  const change = changeOf(options)
  const terms = await withChainSettings(io, options, async (settings, { id }) => {
    if (Object.keys(change).length === 0) return await settings.terms(id)
    const changed = await settings.changeTerms(id, change, byOperator)
    if (!changed.ok) throw new CliError(explainTermsRefusal(changed.reason))
    return changed.value
  })
  answer(io, options, termsView(terms), () => [
    `chains      ${terms.chains.length === 0 ? 'all' : terms.chains.join(', ')}`,
    `tokens      ${terms.tokens.length === 0 ? 'all' : terms.tokens.join(', ')}`,
    `tolerance   ${terms.tolerancePpm / 10_000} %`,
    `spread      ${terms.spreadPpm / 10_000} %`,
    `rate holds  ${terms.quoteMs / 60_000} minutes`,
    `watched     ${terms.watchMs / 3_600_000} hours after that`,
    `unpaid      orders of shops ${terms.cancelUnpaid ? 'are called off in the shop' : 'are left to the shop'}`,
    ...terms.tiers.map((tier) => `from ${tierText(tier)} blocks`),
  ])
}

function termsView({ tiers, ...terms }: ChainTerms): object {
  return {
    ...terms,
    tiers: tiers.map(({ currency, from, confirmations }) => ({ currency, from: String(from), confirmations })),
  }
}

function tierText({ currency, from, confirmations }: ConfirmationTier): string {
  return `${decimalOf({ currency, minor: from })} ${currency}: ${confirmations}`
}

function changeOf({
  chains,
  tokens,
  tolerance,
  spread,
  quote,
  watch,
  tier,
  cancelUnpaid,
}: TermsOptions): Partial<ChainTerms> {
  return {
    ...(chains && { chains: chains.map(readChainId) }),
    ...(tokens && { tokens }),
    ...(tolerance !== undefined && { tolerancePpm: tolerance }),
    ...(spread !== undefined && { spreadPpm: spread }),
    ...(quote !== undefined && { quoteMs: quote }),
    ...(watch !== undefined && { watchMs: watch }),
    ...(tier && { tiers: tier }),
    ...(cancelUnpaid !== undefined && { cancelUnpaid }),
  }
}

/** `all` is the empty list, which lets everything through. */
function readList(text: string): readonly string[] {
  const names = text === 'all' ? [] : text.split(',').map((name) => name.trim())
  if (names.some((name) => !/^[\w.-]{1,20}$/.test(name)) || names.length > 50)
    throw new InvalidArgumentError('It must be names separated by commas, or all.')
  return names
}

const tierForm = /^(\d{1,12}(?:\.\d{1,2})?)([A-Z]{3})=(\d{1,5})$/

function readTier(text: string, before: readonly ConfirmationTier[] = []): readonly ConfirmationTier[] {
  if (text === 'none') return []
  const [, amount = '', code = '', blocks = ''] = tierForm.exec(text) ?? []
  const currency = currencyOf(code)
  const from = currency && minorFromDecimal(amount, currency)
  if (currency === undefined || from === undefined || Number(blocks) > 10_000)
    throw new InvalidArgumentError('It must be an amount, a currency and blocks, like 1000.00USD=30.')
  return [...before, { currency, from, confirmations: Number(blocks) }]
}
