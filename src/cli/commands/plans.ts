import { type Command, Option } from 'commander'
import { listPlans } from '../../db/instalments/list-plans.ts'
import { isoOf } from '../../kernel/instant.ts'
import { withAcquirers } from '../acquirers/with-acquirers.ts'
import { CliError } from '../cli-error.ts'
import { withDatabase } from '../database/database.ts'
import { exitCodes } from '../exit-codes.ts'
import type { Io } from '../io.ts'
import { jsonFlag, jsonHelp } from '../json-option.ts'
import { type MerchantOption, merchantFlag, merchantNamed } from '../merchant.ts'
import { findPlan, instalmentTable, planKeyOf, planView, stepTable } from '../plans/plan-of.ts'
import { amountText, amountView, timeText } from '../print/format.ts'
import { answer, type OutputOptions } from '../print/print.ts'
import { facts, table } from '../print/table.ts'
import { readLimit } from '../read/values.ts'

type Which = 'open' | 'overdue' | 'all'
type ListOptions = OutputOptions & MerchantOption & { readonly which: Which; readonly limit: number }
type ChargeOptions = OutputOptions & { readonly instalment?: number }

/** `tercet plans list|show|charge|waive-fees|write-off`. */
export function addPlans(program: Command, io: Io): void {
  const plans = program.command('plans').description('instalment plans: what shoppers owe and how it is collected')
  plans
    .command('list')
    .description('list plans, newest first')
    .option(merchantFlag, 'id, token prefix or name; without it all')
    .addOption(new Option('--which <which>', 'which of them').choices(['open', 'overdue', 'all']).default('open'))
    .option('--limit <count>', 'how many', readLimit, 50)
    .option(jsonFlag, jsonHelp)
    .addHelpText(
      'after',
      '\nExamples:\n  tercet plans list --merchant SHOP\n  tercet plans list --which overdue --json',
    )
    .action((options: ListOptions) => runList(io, options))
  plans
    .command('show')
    .description('show a plan: its instalments, and every call to the acquirer')
    .argument('<token>', 'the order token')
    .option(jsonFlag, jsonHelp)
    .addHelpText('after', '\nExample:\n  tercet plans show SHOP7Q2M9XCV')
    .action((token: string, options: OutputOptions) => runShow(io, token, options))
  plans
    .command('charge')
    .description('charge an unpaid instalment now, before or after its day')
    .argument('<token>', 'the order token')
    .option('--instalment <number>', 'which one; default the first that is not paid', readLimit)
    .option(jsonFlag, jsonHelp)
    .addHelpText(
      'after',
      '\nThe exit code is 2 when the card is declined.\n\nExample:\n  tercet plans charge SHOP7Q2M9XCV --instalment 2',
    )
    .action((token: string, options: ChargeOptions) => runCharge(io, token, options))
  plans
    .command('waive-fees')
    .description('ask for late fees no more; what of them was paid goes back to the card')
    .argument('<token>', 'the order token')
    .option('--instalment <number>', 'of which one; without it of all', readLimit)
    .option(jsonFlag, jsonHelp)
    .addHelpText('after', '\nExample:\n  tercet plans waive-fees SHOP7Q2M9XCV --instalment 2')
    .action((token: string, options: ChargeOptions) => runWaive(io, token, options))
  plans
    .command('write-off')
    .description('give up what is still owed: it is charged no more, and booked as a loss')
    .argument('<token>', 'the order token')
    .option(jsonFlag, jsonHelp)
    .addHelpText('after', '\nExample:\n  tercet plans write-off SHOP7Q2M9XCV')
    .action((token: string, options: OutputOptions) => runWriteOff(io, token, options))
}

async function runList(io: Io, options: ListOptions): Promise<void> {
  const plans = await withDatabase(io, async (database) => {
    const merchant = options.merchant === undefined ? undefined : await merchantNamed(database, options.merchant)
    const { which, limit } = options
    return await listPlans(database.pool, { merchantId: merchant?.id ?? null, which, limit })
  })
  const rows = plans.map((plan) => [
    ...[plan.paymentId, String(plan.merchantId), plan.product, amountText(plan.owed, plan.currency)],
    plan.overdueSince === null ? '' : timeText(plan.overdueSince),
    plan.nextAt === null ? '' : timeText(plan.nextAt),
  ])
  const views = plans.map((plan) => ({
    ...{ token: plan.paymentId, merchant: plan.merchantId, shopper: plan.shopperId, product: plan.product },
    ...{ owed: amountView(plan.owed, plan.currency), writtenOff: amountView(plan.writtenOff, plan.currency) },
    ...{ overdueSince: plan.overdueSince && isoOf(plan.overdueSince), nextAt: plan.nextAt && isoOf(plan.nextAt) },
  }))
  answer(io, options, { plans: views }, () =>
    rows.length === 0
      ? ['There is no such plan.']
      : table(['order', 'merchant', 'product', 'owed', 'overdue since', 'next'], rows, ['merchant', 'owed']),
  )
}

async function runShow(io: Io, token: string, options: OutputOptions): Promise<void> {
  const plan = await withDatabase(io, async (database) => await findPlan(database, await planKeyOf(database, token)))
  if (!plan) throw new CliError(`the order ${token} is not paid in instalments`)
  const { card, overdueSince, nextAt, currency } = plan
  answer(io, options, planView(plan), () => [
    ...facts([
      ['order', plan.paymentId],
      ['merchant', String(plan.merchantId)],
      ['shopper', plan.shopperId],
      ['product', plan.product],
      ['owed', amountText(plan.owed, currency)],
      ['written off', plan.writtenOff === 0n ? null : amountText(plan.writtenOff, currency)],
      ['overdue since', overdueSince && timeText(overdueSince)],
      ['card', card && `${card.brand} ending in ${card.last4}`],
      ['next', nextAt && timeText(nextAt)],
    ]),
    '',
    ...instalmentTable(plan),
    ...(plan.steps.length === 0 ? [] : ['', ...stepTable(plan)]),
  ])
}

async function runCharge(io: Io, token: string, options: ChargeOptions): Promise<void> {
  const { key, instalment, result } = await withDatabase(io, async (database) => {
    const key = await planKeyOf(database, token)
    const plan = await findPlan(database, key)
    const first = plan?.instalments.find(
      ({ number, unpaid }) => unpaid > 0n && number === (options.instalment ?? number),
    )
    if (!first) throw new CliError(`nothing is left to be charged of ${key.paymentId}`)
    const result = await withAcquirers(database, ({ plans }) =>
      plans.pay(key, first.number, { isShopperPresent: false }),
    )
    return { key, instalment: first.number, result }
  })
  answer(io, options, { token: key.paymentId, instalment, outcome: result.kind }, () => [
    `instalment ${instalment} of ${key.paymentId}: ${outcomes[result.kind]}`,
  ])
  if (result.kind !== 'paid')
    throw new CliError(`the instalment was not paid: ${outcomes[result.kind]}`, exitCodes.checkFailed)
}

const outcomes = {
  paid: 'paid',
  declined: 'the card was declined',
  action_required: 'the bank asks for the shopper, who is not here',
  unknown: 'the acquirer has not answered; it is asked again',
  nothing_done: 'another charge is under way, or there is no card to charge',
} as const

async function runWaive(io: Io, token: string, { instalment, ...options }: ChargeOptions): Promise<void> {
  const { plan, waived } = await withDatabase(io, async (database) => {
    const key = await planKeyOf(database, token)
    const waived = await withAcquirers(database, ({ plans }) => plans.waiveLateFees(key, instalment))
    return { plan: await findPlan(database, key), waived }
  })
  if (!plan || waived === 0n) throw new CliError('there are no late fees to waive, or a charge is under way')
  const { paymentId, currency } = plan
  answer(io, options, { token: paymentId, waived: amountView(waived, currency) }, () => [
    `waived late fees of ${amountText(waived, currency)} of ${paymentId}`,
  ])
}

async function runWriteOff(io: Io, token: string, options: OutputOptions): Promise<void> {
  const { key, isDone } = await withDatabase(io, async (database) => {
    const key = await planKeyOf(database, token)
    return { key, isDone: await withAcquirers(database, ({ plans }) => plans.writeOff(key)) }
  })
  if (!isDone) throw new CliError(`nothing is owed on ${key.paymentId}, or a charge is under way`)
  answer(io, options, { token: key.paymentId, writtenOff: true }, () => [`wrote off what was owed on ${key.paymentId}`])
}
