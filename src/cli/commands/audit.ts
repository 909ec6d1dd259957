import type { Command } from 'commander'
import { proveAuditLog } from '../../app/audit/audit-log.ts'
import { listMerchants } from '../../db/merchant/merchants.ts'
import { CliError } from '../cli-error.ts'
import { withDatabase } from '../database/database.ts'
import { exitCodes } from '../exit-codes.ts'
import type { Io } from '../io.ts'
import { jsonFlag, jsonHelp } from '../json-option.ts'
import { type MerchantOption, merchantFlag, merchantNamed } from '../merchant.ts'
import { answer, type OutputOptions } from '../print/print.ts'
import { table } from '../print/table.ts'

type CheckOptions = OutputOptions & MerchantOption

/** `tercet audit check`. */
export function addAudit(program: Command, io: Io): void {
  const audit = program.command('audit').description('the audit log of what people did')
  audit
    .command('check')
    .description('prove that no entry was changed, moved or taken away')
    .option(merchantFlag, 'id, token prefix or name; without it all')
    .option(jsonFlag, jsonHelp)
    .addHelpText(
      'after',
      `
Each entry holds the hash of the one before it. Keep the last hash somewhere else to prove later that nothing was cut off at
the end. The exit code is 2 when a chain is broken; the first entry that is not as it was is named.

Example:
  tercet audit check --merchant SHOP`,
    )
    .action((options: CheckOptions) => runCheck(io, options))
}

async function runCheck(io: Io, options: CheckOptions): Promise<void> {
  const proofs = await withDatabase(io, async (database) => {
    const { pool } = database
    const merchants =
      options.merchant === undefined ? await listMerchants(pool) : [await merchantNamed(database, options.merchant)]
    const found = []
    for (const { id, name } of merchants) found.push({ merchant: id, name, ...(await proveAuditLog(pool, id)) })
    return found
  })
  const view = proofs.map(({ merchant, entries, fault = null }) => ({ merchant, entries: Number(entries), fault }))
  const rows = proofs.map(({ merchant, name, entries, fault = 'whole' }) => [
    String(merchant),
    name,
    String(entries),
    fault,
  ])
  answer(io, options, view, () => table(['merchant', 'name', 'entries', 'chain'], rows, ['merchant', 'entries']))
  const broken = proofs.filter(({ fault }) => fault !== undefined).length
  if (broken > 0) throw new CliError(`the chain of ${broken} merchants is broken`, exitCodes.checkFailed)
}
