import { type Command, Option } from 'commander'
import { setLateFeeTerms } from '../../app/instalments/late-fee-terms.ts'
import { type CountryTerms, listLateFeeTerms } from '../../db/instalments/late-fees.ts'
import { type LateFeeStage, type LateFeeTermsRefusal, mostStages } from '../../domain/instalments/late-fee-terms.ts'
import { instalmentCurrency } from '../../domain/instalments/products.ts'
import { countries } from '../../domain/shopper/profile.ts'
import { isoOf } from '../../kernel/instant.ts'
import { CliError } from '../cli-error.ts'
import { withDatabase } from '../database/database.ts'
import type { Io } from '../io.ts'
import { jsonFlag, jsonHelp } from '../json-option.ts'
import { amountText, amountView, timeText } from '../print/format.ts'
import { answer, type OutputOptions } from '../print/print.ts'
import { table } from '../print/table.ts'
import { collectStage, readCountry, readFeeAmount } from '../read/late-fee.ts'
import { readPercent } from '../read/values.ts'

type SetOptions = OutputOptions & {
  readonly stage?: readonly LateFeeStage[]
  readonly mostPerPayment?: bigint
  readonly mostOfOrder: number
  readonly off?: true
}

/** Percent. */
const usualMostOfOrder = '15'

/** `tercet late-fees set|show`. */
export function addLateFees(program: Command, io: Io): void {
  const fees = program
    .command('late-fees')
    .description('what being late costs shoppers, by their country; nothing until it is set')
  fees
    .command('set')
    .description('say what it costs in a country for orders that are authorized from now on')
    .argument('<country>', `of the shopper: ${countries.join(', ')}`, readCountry)
    .option(
      '--stage <days:amount>',
      `a fee in ${instalmentCurrency} that comes after so many whole days; once for each`,
      collectStage,
    )
    .option(
      '--most-per-payment <amount>',
      'what the fees of one instalment come to at most; default all stages',
      readFeeAmount,
    )
    .addOption(
      new Option('--most-of-order <percent>', 'what the fees of an order come to at most, of its amount')
        .argParser(readPercent)
        .default(readPercent(usualMostOfOrder), usualMostOfOrder),
    )
    .option('--off', 'nothing from now on')
    .option(jsonFlag, jsonHelp)
    .addHelpText(
      'after',
      `
Days count from the end of the day on which a card first refused, at the earliest from the end of the due day. The shopper is told before
confirming an order, with the charge that failed, and with the fee. Orders that were authorized before keep what stood then.

Examples:
  tercet late-fees set NL --stage 1:1.20 --stage 9:1.20
  tercet late-fees set IT --stage 1:6 --stage 7:6 --most-per-payment 12 --most-of-order 15
  tercet late-fees set NL --off`,
    )
    .action((country: string, options: SetOptions) => runSet(io, country, options))
  fees
    .command('show')
    .description('list what stands')
    .option(jsonFlag, jsonHelp)
    .addHelpText('after', '\nExample:\n  tercet late-fees show')
    .action((options: OutputOptions) => runShow(io, options))
}

async function runSet(io: Io, country: string, options: SetOptions): Promise<void> {
  const { stage: stages = [], off, mostOfOrder: mostOfOrderPpm } = options
  if ((off === undefined) === (stages.length === 0)) throw new CliError('give either --stage or --off')
  const mostPerInstalment = options.mostPerPayment ?? stages.reduce((sum, { amount }) => sum + amount, 0n)
  const since = await withDatabase(io, (database) =>
    setLateFeeTerms(database, { country, terms: { stages, mostPerInstalment, mostOfOrderPpm } }),
  )
  if (!since.ok) throw new CliError(refusals[since.reason])
  answer(io, options, { country, since: isoOf(since.value) }, () => [
    stages.length === 0 ? `being late costs nothing in ${country} from now on` : `set for ${country} from now on`,
  ])
}

const refusals: Readonly<Record<LateFeeTermsRefusal, string>> = {
  too_many_stages: `at most ${mostStages} stages`,
  days_out_of_range: 'a stage comes 1 to 90 days after the due day',
  days_not_rising: 'give the stages in the order of their days',
  amount_not_positive: 'a fee is more than nothing',
}

async function runShow(io: Io, options: OutputOptions): Promise<void> {
  const all = await withDatabase(io, ({ pool }) => listLateFeeTerms(pool, null))
  const standing = all.filter(({ stages }) => stages.length > 0)
  answer(io, options, { countries: standing.map(viewOf) }, () =>
    standing.length === 0
      ? ['Being late costs nothing anywhere: tercet late-fees set.']
      : table(
          ['country', 'fees', 'most for a payment', 'most of the order', 'since'],
          standing.map((terms) => [
            ...[terms.country, terms.stages.map((each) => stageText(each, terms)).join(', ')],
            amountText(BigInt(terms.mostPerInstalment), terms.currency),
            ...[`${terms.mostOfOrderPpm / 10_000} %`, timeText(terms.since)],
          ]),
          ['most for a payment', 'most of the order'],
        ),
  )
}

function stageText({ afterDays, amount }: CountryTerms['stages'][number], { currency }: CountryTerms): string {
  return `${amountText(BigInt(amount), currency)} after ${afterDays} ${afterDays === 1 ? 'day' : 'days'}`
}

function viewOf({ country, currency, since, stages, mostPerInstalment, mostOfOrderPpm }: CountryTerms): object {
  return {
    ...{ country, since: isoOf(since), mostOfOrderPercent: mostOfOrderPpm / 10_000 },
    stages: stages.map(({ afterDays, amount }) => ({ afterDays, amount: amountView(BigInt(amount), currency) })),
    mostPerPayment: amountView(BigInt(mostPerInstalment), currency),
  }
}
