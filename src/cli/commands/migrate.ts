import type { Command } from 'commander'
import { migrate, pendingMigrations } from '../../db/migrate/migrate.ts'
import { withNewDatabase } from '../database.ts'
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
  const names = await withNewDatabase(io, async (pool, stamp) => {
    if (options.dryRun) return await pendingMigrations(pool)
    const client = await pool.connect()
    try {
      const applied = await migrate(client)
      await stamp(client)
      return applied
    } finally {
      // Never used again: a migration may have left settings behind on its connection.
      client.release(true)
    }
  })
  const word = options.dryRun ? 'would apply' : 'applied'
  answer(io, options, { applied: options.dryRun ? [] : names, pending: options.dryRun ? names : [] }, () =>
    names.length === 0 ? ['the database is up to date'] : names.map((name) => `${word} ${name}`),
  )
}
