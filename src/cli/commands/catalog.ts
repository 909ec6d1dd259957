import { readFile, stat } from 'node:fs/promises'
import type { Command } from 'commander'
import { importCatalogue } from '../../app/catalogue/import-catalogue.ts'
import { findOrganizationOwner } from '../../db/catalogue/catalogue-address.ts'
import { readCatalogueText } from '../../db/catalogue/catalogue-read.ts'
import type { ImportCounts } from '../../db/catalogue/catalogue-save.ts'
import type { FileProblem } from '../../domain/catalogue/file/file-problem.ts'
import { parseUuid } from '../../domain/catalogue/model/uuid.ts'
import { CliError } from '../cli-error.ts'
import { withDatabase } from '../database/database.ts'
import { exitCodes } from '../exit-codes.ts'
import type { Io } from '../io.ts'
import { jsonFlag, jsonHelp } from '../json-option.ts'
import { type MerchantOption, merchantFlag, merchantNamed } from '../merchant.ts'
import { countText } from '../print/format.ts'
import { answer, type OutputOptions } from '../print/print.ts'
import { createProgress } from '../print/progress.ts'
import { table } from '../print/table.ts'

type ImportOptions = OutputOptions & MerchantOption & { readonly dryRun?: true }

/** `tercet catalog import <file>` and `tercet catalog export <organization>`. */
export function addCatalog(program: Command, io: Io): void {
  const catalog = program.command('catalog').description('what a SalesCloud organization sells')
  catalog
    .command('import')
    .description('import an organization and its catalogue from a JSON file: all of it, or nothing')
    .argument('<file>', 'described in docs/protocols/salescloud-catalogue.md; - reads standard input')
    .option(merchantFlag, 'id, token prefix or name; only needed for a new organization')
    .option('--dry-run', 'check and count everything, against the database too, and keep nothing')
    .option(jsonFlag, jsonHelp)
    .addHelpText(
      'after',
      `
The exit code is 2 when something is wrong with the file; each mistake is named with its path.

Examples:
  tercet catalog import shop.json --merchant 3
  tercet catalog import shop.json --dry-run
  generate-catalogue | tercet catalog import - --json`,
    )
    .action((file: string, options: ImportOptions) => runImport(io, file, options))
  addExport(catalog, io)
}

function addExport(catalog: Command, io: Io): void {
  catalog
    .command('export')
    .description("print an organization's catalogue as a JSON file that can be imported, without secrets")
    .argument('<organization>', 'uuid of the organization')
    .option(jsonFlag, 'the same: a catalogue file is JSON')
    .addHelpText(
      'after',
      `
Credentials and bearer keys are left out; an import keeps those that are stored.

Examples:
  tercet catalog export 3f8b2c1e-9a47-4d6b-8e21-5c7f0a1b2d34 > shop.json
  tercet catalog export 3f8b2c1e-9a47-4d6b-8e21-5c7f0a1b2d34 | jq .products`,
    )
    .action((organization: string) => runExport(io, organization))
}

async function runExport(io: Io, text: string): Promise<void> {
  const organization = parseUuid(text)
  if (organization === undefined) throw new CliError(`${text} is not a uuid`)
  const file = await withDatabase(io, async ({ pool, cell, cellOf }) => {
    const merchantId = await findOrganizationOwner(pool, organization)
    const elsewhere = merchantId ?? (cell && (await cellOf([{ kind: 'organization', name: organization }])))
    if (typeof elsewhere === 'string' && elsewhere !== cell)
      throw new CliError(`that organization is in cell ${elsewhere}: run the command with TERCET_CELLS=${elsewhere}`)
    if (merchantId === undefined) throw new CliError(`there is no organization ${organization}`)
    return await readCatalogueText(pool, { merchantId, organization })
  })
  answer(io, { json: true }, JSON.parse(file ?? '{}'), () => [])
}

async function runImport(io: Io, file: string, options: ImportOptions): Promise<void> {
  const text = await readText(file)
  const progress = createProgress(io)
  progress.show(`importing ${countText(text.length)} characters`)
  const isDryRun = options.dryRun === true
  const result = await withDatabase(io, async (database) => {
    const merchant = options.merchant === undefined ? undefined : await merchantNamed(database, options.merchant)
    const seal = (plain: string) => database.sealer().seal(plain)
    return await importCatalogue(database.pool, {
      text,
      isDryRun,
      seal,
      claim: database.claim,
      ...(merchant && { merchantId: merchant.id }),
    })
  }).finally(progress.end)
  if (!result.ok) return refuseFile(io, file, options, result.reason)
  const counts = result.value
  answer(io, options, { imported: !isDryRun, dryRun: isDryRun, counts }, () => [
    ...countTable(counts),
    '',
    isDryRun ? 'nothing was kept: this was a dry run' : 'imported',
  ])
}

function refuseFile(io: Io, file: string, options: ImportOptions, problems: readonly FileProblem[]): never {
  answer(io, options, { imported: false, problems }, () => problems.map(({ path, message }) => `${path} ${message}`))
  const mistakes = problems.length === 1 ? 'a mistake' : `${problems.length} mistakes`
  throw new CliError(`${file} has ${mistakes}: nothing was imported`, exitCodes.checkFailed)
}

function countTable(counts: ImportCounts): string[] {
  const rows = Object.entries(counts)
    .filter(([, { added, changed, unchanged }]) => added + changed + unchanged > 0)
    .map(([name, each]) => [name, countText(each.added), countText(each.changed), countText(each.unchanged)])
  return table(['what', 'added', 'changed', 'unchanged'], rows, ['added', 'changed', 'unchanged'])
}

/** A hundred thousand products are about 50 MB; more than this is not a catalogue. */
const largestFile = 256 * 1024 * 1024

async function readText(file: string): Promise<string> {
  try {
    if (file === '-') return await readStandardInput()
    if ((await stat(file)).size > largestFile) throw new CliError(`${file} is larger than 256 MB`)
    return new TextDecoder('utf-8', { fatal: true }).decode(await readFile(file))
  } catch (error) {
    if (error instanceof TypeError) throw new CliError(`${file} is not UTF-8 text`, exitCodes.mistake, { cause: error })
    const code = error instanceof Error && 'code' in error ? String(error.code) : undefined
    if (code === undefined) throw error
    throw new CliError(`${file} cannot be read (${code})`, exitCodes.mistake, { cause: error })
  }
}

async function readStandardInput(): Promise<string> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of process.stdin) {
    chunks.push(chunk as Buffer)
    size += (chunk as Buffer).length
    if (size > largestFile) throw new CliError('standard input is larger than 256 MB')
  }
  return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks))
}
