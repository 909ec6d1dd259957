import type { Command } from 'commander'
import { checkLedger, type LedgerReport } from '../../app/payment/check-ledger.ts'
import type { Discrepancy } from '../../domain/ledger/prove.ts'
import { CliError } from '../cli-error.ts'
import { withDatabase } from '../database/database.ts'
import { exitCodes } from '../exit-codes.ts'
import type { Io } from '../io.ts'
import { jsonFlag, jsonHelp } from '../json-option.ts'
import { type MerchantOption, merchantFlag, merchantNamed } from '../merchant.ts'
import { amountText, amountView, countText } from '../print/format.ts'
import { answer, type OutputOptions } from '../print/print.ts'
import { createProgress } from '../print/progress.ts'
import { table } from '../print/table.ts'

type CheckOptions = OutputOptions & MerchantOption

/** `tercet ledger check`. */
export function addLedger(program: Command, io: Io): void {
  const ledger = program.command('ledger').description('the double-entry ledger')
  ledger
    .command('check')
    .description('prove that every payment and the ledger agree, beside running traffic')
    .option(merchantFlag, 'id, token prefix or name; without it all')
    .option(jsonFlag, jsonHelp)
    .addHelpText(
      'after',
      `
The exit code is 2 when they do not agree; each difference is named.

Examples:
  tercet ledger check
  tercet ledger check --merchant SHOP --json`,
    )
    .action((options: CheckOptions) => runCheck(io, options))
}

async function runCheck(io: Io, options: CheckOptions): Promise<void> {
  const progress = createProgress(io)
  const report = await withDatabase(io, async (database) => {
    const merchant = options.merchant === undefined ? undefined : await merchantNamed(database, options.merchant)
    const show = (payments: number) => progress.show(`${countText(payments)} payments compared`)
    return await checkLedger(database.pool, merchant?.id ?? null, show)
  }).finally(progress.end)
  answer(io, options, viewOf(report), () => linesOf(report))
  const { length } = report.discrepancies
  if (length > 0) throw new CliError(`payments and ledger differ in ${length} figures`, exitCodes.checkFailed)
}

const mostLines = 100

function linesOf({ payments, balances, discrepancies }: LedgerReport): string[] {
  const rows = balances.map(({ merchantId, account, currency, balance }) => [
    String(merchantId),
    account,
    amountText(balance, currency),
  ])
  const hidden = discrepancies.length - mostLines
  return [
    ...(rows.length === 0 ? [] : [...table(['merchant', 'account', 'balance'], rows, ['merchant', 'balance']), '']),
    ...discrepancies.slice(0, mostLines).map(sentenceOf),
    ...(hidden > 0 ? [`and ${countText(hidden)} more: --json lists them all`] : []),
    ...(discrepancies.length === 0 ? [`payments compared: ${countText(payments)}; payments and ledger agree`] : []),
  ]
}

function sentenceOf(found: Discrepancy): string {
  const name = found.sourceKind === 'payment' ? found.sourceId : `${found.sourceKind} ${found.sourceId}`
  const where = `${name} (merchant ${found.merchantId})`
  if (found.name === 'transfers_without_source')
    return `${where}: the ledger has transfers, and there is no such ${found.sourceKind}`
  if (found.name === 'misplaced_transfer') {
    const { kind, debit, credit, currency, amount } = found.transfer
    return `${where}: ${kind} of ${amountText(amount, currency)} from ${debit} to ${credit} does not belong here`
  }
  const figure = found.name.slice(0, -'_differs'.length).replaceAll('_', ' ')
  return `${where}: ${figure} is ${found.claimed} in the ${found.sourceKind} and ${found.ledger} in the ledger (minor units)`
}

function viewOf({ payments, balances, discrepancies }: LedgerReport): object {
  return {
    payments,
    agrees: discrepancies.length === 0,
    balances: balances.map(({ merchantId, account, currency, balance }) => ({
      ...{ merchant: merchantId, account, ...amountView(balance, currency) },
    })),
    discrepancies: discrepancies.map(({ merchantId, sourceKind, sourceId, name, ...rest }) => ({
      ...{ merchant: merchantId, source: sourceKind, id: sourceId, name, ...rest },
    })),
  }
}
