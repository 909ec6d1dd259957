import type { Command } from 'commander'
import type pg from 'pg'
import { MigrationError, migrate, pendingMigrations } from '../../db/migrate/migrate.ts'
import { CliError } from '../cli-error.ts'
import { type NewDatabase, withNewDatabase } from '../database/database.ts'
import type { OpenedCell } from '../database/reach-cells.ts'
import { exitCodes } from '../exit-codes.ts'
import type { Io } from '../io.ts'
import { jsonFlag, jsonHelp } from '../json-option.ts'
import { answer, type OutputOptions } from '../print/print.ts'

type MigrateOptions = OutputOptions & { readonly dryRun?: true }

/** `tercet migrate`: what `start` does by itself, for those who deploy in steps. */
export function addMigrate(program: Command, io: Io): void {
  program
    .command('migrate')
    .description('bring the database up to date with this program; safe to run at any time and by several at once')
    .option('--dry-run', 'only say what would be applied')
    .option(jsonFlag, jsonHelp)
    .addHelpText(
      'after',
      `
Examples:
  tercet migrate                                 the embedded database, made when there is none
  DATABASE_URL=postgres://... tercet migrate     an existing PostgreSQL, 14 or later
  tercet migrate --dry-run --json`,
    )
    .action((options: MigrateOptions) => runMigrate(io, options))
}

async function runMigrate(io: Io, options: MigrateOptions): Promise<void> {
  const { names, cells } = await withNewDatabase(io, async (pool, { stamp, withOthers }) => {
    const bring = (each: pg.Pool) => (options.dryRun ? pendingMigrations(each) : migrateOne(each, stamp))
    const names = await bring(pool)
    return { names, cells: await withOthers((others) => migrateOthers(others, bring)) }
  })
  const word = options.dryRun ? 'would apply' : 'applied'
  const view = { applied: options.dryRun ? [] : names, pending: options.dryRun ? names : [] }
  const shown = cells.map(({ isMisfit: _, ...cell }) => cell)
  answer(io, options, cells.length === 0 ? view : { ...view, cells: shown }, () => [
    ...(names.length === 0 ? ['the database is up to date'] : names.map((name) => `${word} ${name}`)),
    ...cells.map(({ cell, migrations, problem }) => `${cell}: ${problem ?? saidOf(word, migrations)}`),
  ])
  const failed = cells.filter(({ problem }) => problem !== undefined)
  if (failed.length === 0) return
  const name = (some: readonly MigratedCell[]) => some.map(({ cell }) => cell).join(', ')
  const [again, misfits] = [failed.filter((each) => !each.isMisfit), failed.filter((each) => each.isMisfit)]
  throw new CliError(
    [
      again.length > 0 &&
        `${name(again)} could not be brought up to date, and nothing else depends on it: run tercet migrate again`,
      misfits.length > 0 &&
        `${name(misfits)} and this program do not fit together, which a repeat does not mend: see above what does`,
    ]
      .filter((line) => line !== false)
      .join('\n'),
    again.length > 0 ? exitCodes.unavailable : exitCodes.mistake,
  )
}

async function migrateOne(pool: pg.Pool, stamp: NewDatabase['stamp']): Promise<readonly string[]> {
  const client = await pool.connect()
  try {
    const applied = await migrate(client)
    await stamp(client)
    return applied
  } finally {
    // Never used again: a migration may have left settings behind on its connection.
    client.release(true)
  }
}

type MigratedCell = {
  readonly cell: string
  readonly migrations: readonly string[]
  readonly problem?: string
  /** made by a newer version, or with other files: not what trying again is for */
  readonly isMisfit?: boolean
}

/** One after the other; one that fails leaves the others as they are. */
async function migrateOthers(
  cells: readonly OpenedCell[],
  bring: (pool: pg.Pool) => Promise<readonly string[]>,
): Promise<MigratedCell[]> {
  const done: MigratedCell[] = []
  for (const { row, pool } of cells) {
    const result = await bring(pool).then(
      (migrations) => ({ cell: row.name, migrations }),
      (error: Error) => ({
        ...{ cell: row.name, migrations: [], problem: error.message },
        isMisfit: error instanceof MigrationError,
      }),
    )
    done.push(result)
  }
  return done
}

function saidOf(word: string, migrations: readonly string[]): string {
  return migrations.length === 0 ? 'up to date' : `${word} ${migrations.join(', ')}`
}
