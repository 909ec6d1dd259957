import type { Command } from 'commander'
import { type AddCellRefusal, addCell } from '../../app/cell/add-cell.ts'
import { readCellSize } from '../../db/cell/cell-schema.ts'
import { openCell } from '../../db/cell/cells.ts'
import { addBringBack } from '../cells/bring-back.ts'
import { addMoves } from '../cells/move-commands.ts'
import { addRemove } from '../cells/remove.ts'
import { CliError } from '../cli-error.ts'
import { type CellsDatabase, withCells } from '../database/database.ts'
import type { OpenedCell } from '../database/reach-cells.ts'
import { explain } from '../explain.ts'
import type { Io } from '../io.ts'
import { jsonFlag, jsonHelp } from '../json-option.ts'
import { answer, type OutputOptions } from '../print/print.ts'
import { table } from '../print/table.ts'

/** `tercet cells add|list|show|open|close|move|moves|drain|drop-moved|bring-back|remove`. */
export function addCells(program: Command, io: Io): void {
  const cells = program
    .command('cells')
    .description('schemas that each hold many merchants, so that one database is not the limit')
  cells
    .command('add')
    .description('make a cell with all tables; servers work for it after their next start')
    .argument('<name>', 'small letters, digits and underscores, and a letter first; also the name of its schema')
    .option(
      '--database <url>',
      'another PostgreSQL, or the coordinator of a Citus cluster; default beside the first cell',
    )
    .option('--through-coordinator', 'in a cluster: servers reach the cell through the coordinator and not straight')
    .option(jsonFlag, jsonHelp)
    .addHelpText(
      'after',
      `
The first cell is main: what DATABASE_URL leads to. It also keeps the list of cells, and which one a key or a token leads to.

Examples:
  tercet cells add c2
  tercet cells add c3 --database postgres://tercet@db3/tercet`,
    )
    .action((name: string, options: AddOptions) => runAdd(io, name, options))
  addReads(cells, io)
  addDoors(cells, io)
  addMoves(cells, io)
  addBringBack(cells, io)
  addRemove(cells, io)
}

function addReads(cells: Command, io: Io): void {
  cells
    .command('list')
    .description('every cell: whether it takes new merchants, how large it is, and its version')
    .option(jsonFlag, jsonHelp)
    .addHelpText('after', '\nExample:\n  tercet cells list --json')
    .action((options: OutputOptions) => runList(io, options))
  cells
    .command('show')
    .description('one cell')
    .argument('<name>', 'as tercet cells list shows it')
    .option(jsonFlag, jsonHelp)
    .addHelpText('after', '\nExample:\n  tercet cells show c2')
    .action((name: string, options: OutputOptions) => runList(io, options, name))
}

function addDoors(cells: Command, io: Io): void {
  cells
    .command('close')
    .description('let no new merchant into a cell; those that are there stay')
    .argument('<name>', 'as tercet cells list shows it')
    .option(jsonFlag, jsonHelp)
    .addHelpText('after', '\nExample:\n  tercet cells close c2')
    .action((name: string, options: OutputOptions) => runOpen(io, options, { name, isOpen: false }))
  cells
    .command('open')
    .description('let new merchants into a cell again')
    .argument('<name>', 'as tercet cells list shows it')
    .option(jsonFlag, jsonHelp)
    .addHelpText('after', '\nExample:\n  tercet cells open c2')
    .action((name: string, options: OutputOptions) => runOpen(io, options, { name, isOpen: true }))
}

type AddOptions = OutputOptions & { readonly database?: string; readonly throughCoordinator?: true }

const sentences = {
  name_taken: 'there is a cell of that name already, or there was one: tercet cells list',
  not_a_name: 'a cell is named by a small letter and at most 30 small letters, digits or underscores, like c2',
} as const satisfies Record<AddCellRefusal, string>

async function runAdd(io: Io, name: string, options: AddOptions): Promise<void> {
  const databaseUrl = options.database === undefined ? undefined : checkedUrl(options.database)
  const added = await withCells(io, async ({ firstPool, firstUrl, sealer, settings }) => {
    const { mode, knownSecretKey: secretKey, previousSecretKeys } = settings
    const stamping = { mode, secretKey, previousSecretKeys }
    const route = options.throughCoordinator ? 'coordinator' : 'node'
    return await addCell({ pool: firstPool, firstUrl, sealer, stamping }, { name, databaseUrl, route }).catch(
      (error: unknown) => {
        throw notAdded(error, name)
      },
    )
  })
  if (!added.ok) throw new CliError(sentences[added.reason])
  answer(io, options, { cell: name, applied: added.value }, () => [
    `${name} is there, with ${added.value.length} migrations`,
    'Start the servers again, then: tercet merchants add NAME',
  ])
}

/** Says that nothing has changed, where an operator can mend what went wrong. */
function notAdded(error: unknown, name: string): unknown {
  const ending = explain(error)
  if (ending?.line === undefined) return error
  return new CliError(`${name} was not added: ${ending.line}; mend that, and repeat the command`, ending.exitCode)
}

function checkedUrl(text: string): string {
  const url = URL.parse(text)
  if (url && /^postgres(ql)?:$/.test(url.protocol)) return text
  throw new CliError('--database must be a URL that starts with postgres://')
}

async function runList(io: Io, options: OutputOptions, name?: string): Promise<void> {
  const views = await withCells(io, ({ cells }) =>
    viewsOf(cells.filter(({ row }) => name === undefined || row.name === name)),
  )
  if (name !== undefined && views.length === 0) throw new CliError(unknown(name))
  const rows = views.map((view) => [
    ...[view.name, view.takesMerchants ? 'yes' : 'no', view.merchants ?? '', view.bytes ?? ''].map(String),
    view.version ?? 'away',
  ])
  answer(io, options, name === undefined ? { cells: views } : { ...views[0] }, () =>
    rows.length === 0
      ? ['There is one cell, and nobody has named it: tercet cells add NAME makes a second.']
      : table(['cell', 'takes merchants', 'merchants', 'bytes', 'version'], rows, ['merchants', 'bytes']),
  )
}

async function viewsOf(cells: readonly OpenedCell[]) {
  return await Promise.all(
    cells.map(async ({ row, pool }) => {
      // One that is away is told as such: the others are there to be seen.
      const size = await readCellSize(pool).catch(() => undefined)
      const facts = size && { merchants: size.merchants, bytes: Number(size.bytes), version: size.version }
      return {
        name: row.name,
        takesMerchants: row.isOpen,
        merchants: facts?.merchants ?? null,
        bytes: facts?.bytes ?? null,
        version: facts?.version ?? null,
      }
    }),
  )
}

async function runOpen(
  io: Io,
  options: OutputOptions,
  { name, isOpen }: { readonly name: string; readonly isOpen: boolean },
): Promise<void> {
  const isKnown = await withCells(io, ({ firstPool }: CellsDatabase) => openCell(firstPool, name, isOpen))
  if (!isKnown) throw new CliError(unknown(name))
  answer(io, options, { cell: name, takesMerchants: isOpen }, () => [
    isOpen ? `${name} takes new merchants` : `${name} takes no new merchants`,
  ])
}

function unknown(name: string): string {
  return `there is no cell ${name}: tercet cells list shows them`
}
