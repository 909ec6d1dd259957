import type { ChainId } from '../../domain/chain/address.ts'
import type { BlockReference } from '../../domain/chain/chain.ts'
import type { ChainProgress } from '../../domain/chain/finality.ts'
import type { Instant } from '../../kernel/instant.ts'
import type { Sender } from '../wire/statement.ts'
import { bytesOf, hashOf } from './bytes.ts'

/** How many blocks are remembered: deeper than any reorganisation that was ever seen on these chains. */
export const blocksKept = 300

export type WatchState = {
  /** the last block that was scanned wholly; null before the first */
  readonly scanned: bigint | null
}

/**
 * Takes or keeps the watch of a chain for `leaseMs` of the database's own time; undefined while another holds it. A holder that dies is
 * followed as soon as its lease ends.
 */
export async function holdWatch(
  sender: Sender,
  chainId: ChainId,
  holder: string,
  leaseMs: number,
): Promise<WatchState | undefined> {
  const values = [chainId, holder, leaseMs]
  const held = await sender.query<WatchState>({
    name: 'hold_chain_watch',
    text: `update chain_watch set holder = $2, lease_until = now() + $3 * interval '1 millisecond'
      where chain_id = $1 and (holder = $2 or lease_until is null or lease_until < now())
      returning scanned`,
    values,
  })
  if (held.rows[0]) return held.rows[0]
  const taken = await sender.query<WatchState>({
    name: 'take_chain_watch',
    text: `insert into chain_watch (chain_id, holder, lease_until) values ($1, $2, now() + $3 * interval '1 millisecond')
      on conflict do nothing returning scanned`,
    values,
  })
  return taken.rows[0]
}

/** Lets the next one in at once. */
export async function releaseWatch(sender: Sender, chainId: ChainId, holder: string): Promise<void> {
  await sender.query('update chain_watch set holder = null, lease_until = null where chain_id = $1 and holder = $2', [
    chainId,
    holder,
  ])
}

/** The remembered blocks, newest first. */
export async function listBlocks(sender: Sender, chainId: ChainId): Promise<BlockReference[]> {
  const { rows } = await sender.query<{ number: bigint; hash: Buffer }>({
    name: 'list_chain_blocks',
    text: 'select number, hash from chain_block where chain_id = $1 order by number desc',
    values: [chainId],
  })
  return rows.map(({ number, hash }) => ({ number, hash: hashOf(hash) }))
}

/**
 * Moves the cursor to `scanned` once everything up to there is committed, with the blocks that lead there, and forgets those beyond it: they
 * were reorganised away. False when another has taken over: nothing was changed, and this one must stop.
 */
export async function moveCursor(
  sender: Sender,
  move: {
    readonly chainId: ChainId
    readonly holder: string
    readonly scanned: bigint
    readonly blocks: readonly BlockReference[]
    readonly progress: ChainProgress
  },
): Promise<boolean> {
  const { rowCount } = await sender.query({
    name: 'move_chain_cursor',
    text: `with moved as (
        update chain_watch set scanned = $3, head = $4, finalized = $5, problem = null, problem_since = null, updated_at = now()
        where chain_id = $1 and holder = $2 returning 1
      ), forgotten as (
        delete from chain_block where chain_id = $1 and (number > $3 or number <= $3 - $6)
          and number <> all($7::bigint[]) and exists (select from moved)
      ), kept as (
        insert into chain_block (chain_id, number, hash)
        select $1, * from unnest($7::bigint[], $8::bytea[]) where exists (select from moved)
        on conflict (chain_id, number) do update set hash = excluded.hash
      )
      select from moved`,
    values: [
      move.chainId,
      move.holder,
      move.scanned,
      move.progress.head,
      move.progress.finalized,
      blocksKept,
      move.blocks.map(({ number }) => number),
      move.blocks.map(({ hash }) => bytesOf(hash)),
    ],
  })
  return rowCount === 1
}

/** How far each chain has come; those that were never read are absent. */
export async function listProgress(sender: Sender): Promise<ReadonlyMap<ChainId, ChainProgress>> {
  const { rows } = await sender.query<{ id: bigint; head: bigint; finalized: bigint | null }>({
    name: 'list_chain_progress',
    text: 'select chain_id as id, head, finalized from chain_watch where head is not null',
  })
  return new Map(rows.map(({ id, head, finalized }) => [Number(id) as ChainId, { head, finalized }]))
}

/** Says what keeps a chain from being read, for the operator. */
export async function noteProblem(sender: Sender, chainId: ChainId, holder: string, problem: string): Promise<void> {
  await sender.query({
    name: 'note_chain_problem',
    text: `update chain_watch set problem = $3, problem_since = coalesce(problem_since, t.at), updated_at = t.at
      from (select now() as at) t where chain_id = $1 and holder = $2`,
    values: [chainId, holder, problem.slice(0, 500)],
  })
}

/** Chains that could not be read for two minutes: long enough for one bad answer to be forgotten. */
export async function listUnreadable(sender: Sender): Promise<ReadonlySet<ChainId>> {
  const { rows } = await sender.query<{ id: bigint }>({
    name: 'list_unreadable_chains',
    text: `select chain_id as id from chain_watch where problem_since < clock_timestamp() - interval '2 minutes'`,
  })
  return new Set(rows.map(({ id }) => Number(id) as ChainId))
}

/** Forgets how far a chain was read: a sandbox's chain begins anew. */
export async function forgetChain(sender: Sender, chainId: ChainId): Promise<void> {
  await sender.query('delete from chain_block where chain_id = $1', [chainId])
  await sender.query('update chain_watch set scanned = null, head = null, finalized = null where chain_id = $1', [
    chainId,
  ])
}

/** What the one who watches a chain has come to; undefined for a chain that was never watched. */
export type WatchReport = {
  readonly scanned: bigint | null
  readonly head: bigint | null
  readonly problem: string | null
  readonly at: Instant | null
}

export async function findWatchReport(sender: Sender, chainId: ChainId): Promise<WatchReport | undefined> {
  const { rows } = await sender.query<{
    scanned: bigint | null
    head: bigint | null
    problem: string | null
    updated_at: Instant | null
  }>('select scanned, head, problem, updated_at from chain_watch where chain_id = $1', [chainId])
  const [row] = rows
  return row && { scanned: row.scanned, head: row.head, problem: row.problem, at: row.updated_at }
}
