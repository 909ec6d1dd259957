import type pg from 'pg'
import { connectPool } from '../../src/db/wire/connection.ts'
import type { Action } from '../../src/domain/payment/action.ts'
import type { Command, Reply } from '../../src/engine/command.ts'
import type { Companion } from '../../src/engine/companion.ts'
import { decideBatch } from '../../src/engine/decide-batch.ts'
import type { EngineOptions, RunningEngine } from '../../src/engine/engine.ts'
import { Entry } from '../../src/engine/entry.ts'
import { loadBatch } from '../../src/engine/load-batch.ts'
import { writeBatch } from '../../src/engine/write-batch.ts'
import type { Clock } from '../../src/kernel/clock.ts'

/**
 * What the batching engine is compared with: the same rows by the same statements and the same decisions, but each command
 * in a transaction of its own, a statement at a time on a pool of twenty connections, as most servers do it. Recovers from
 * nothing.
 */
export function createEngine({ clock, companions = [] }: EngineOptions): RunningEngine {
  const pool = connectPool(databaseUrl(), { max: 20, applicationName: 'bench-one-transaction' })
  let commands = 0
  return {
    execute: <Act extends Action>(command: Command<Act>) => {
      commands += 1
      return execute(pool, { clock, companions }, command) as Promise<Reply<Act['kind']>>
    },
    stats: () => ({
      queued: pool.waitingCount,
      inFlight: pool.totalCount - pool.idleCount,
      batches: commands,
      commands,
    }),
    canWrite: async () => true,
    close: () => pool.end(),
  }
}

/** Its statements are kept to indexes as a lane's are: plans made on small tables would lame it within seconds. */
function databaseUrl(): string {
  const url = new URL(process.env.DATABASE_URL ?? '')
  url.searchParams.set('options', '-c enable_seqscan=off -c enable_hashjoin=off -c enable_mergejoin=off -c jit=off')
  return url.href
}

type Tools = { readonly clock: Clock; readonly companions: readonly Companion[] }

async function execute(pool: pg.Pool, tools: Tools, command: Command): Promise<Reply> {
  const client = await pool.connect()
  try {
    const reply = await inOneTransaction(client, tools, command)
    client.release()
    return reply
  } catch (error) {
    client.release(true)
    throw error
  }
}

function inOneTransaction(client: pg.PoolClient, tools: Tools, command: Command): Promise<Reply> {
  return new Promise((resolve, reject) => {
    // Each of its transactions looks at what it changes, as such servers do.
    const { lastSeen: _, ...whole } = command
    const entry = new Entry(whole, { entries: 1, changes: 0 }, Number.POSITIVE_INFINITY, resolve, reject)
    run(client, tools, entry).catch(reject)
  })
}

async function run(client: pg.PoolClient, { clock, companions }: Tools, entry: Entry): Promise<void> {
  const { facts, isBegun } = await loadBatch(client, [entry], { companions, isRecovering: false })
  const { writes, verdicts } = decideBatch([entry], facts, clock.now())
  await writeBatch(client, writes, isBegun)
  for (const verdict of verdicts) {
    if ('reply' in verdict) entry.resolve(verdict.reply)
    else entry.reject(verdict.error)
  }
}
