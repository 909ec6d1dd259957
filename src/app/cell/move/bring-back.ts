import { randomUUID } from 'node:crypto'
import type pg from 'pg'
import { listNamesOfMerchant } from '../../../db/cell/cell-names.ts'
import { deleteMove, findMove, type MerchantMove, unswitchMove } from '../../../db/cell/move/merchant-moves.ts'
import { beginMoving, findMoving, hasMerchant } from '../../../db/cell/move/moving-merchants.ts'
import type { MerchantId } from '../../../kernel/ids.ts'
import type { Instant } from '../../../kernel/instant.ts'
import { ok, type Result, refuse } from '../../../kernel/result.ts'
import { deleteCopy, goOnInSource } from './end-move.ts'
import { unguardMerchant } from './guard-merchant.ts'
import { leadNames } from './lead-names.ts'
import type { MoveRefusal } from './move-refusal.ts'
import { type CellPlace, cellOf, livesIn } from './move-sessions.ts'
import { serveMerchant } from './serve-merchant.ts'
import { type MoveConnections, withMoveLock } from './with-move.ts'

/** What bringing back does, in this order. Until `switching` is over it has not happened, from then on it has. */
export const bringBackStages = ['closing', 'switching', 'opening', 'deleting', 'done'] as const

export type BringBackStage = (typeof bringBackStages)[number]

export type BringBackOptions = {
  /** the cell where its rows are kept; undefined: the only one that has any */
  readonly from?: string | undefined
  /** told what is done next */
  readonly onStage?: (stage: BringBackStage) => void
}

export type BroughtBack = {
  readonly cell: string
  /** when it had left that cell: what happened since then is lost. Undefined: the directory does not know. */
  readonly leftAt: Instant | undefined
}

/**
 * Lets a merchant live again in the cell that it moved away from, by the rows that were kept there, when no cell serves it any more: the one that it moved to was
 * put back to a time before it came. To be repeated when interrupted. Refused while any cell serves it, and where no rows are kept.
 */
export async function bringBack(
  cells: readonly CellPlace[],
  merchantId: MerchantId,
  { from, onStage = () => {} }: BringBackOptions = {},
): Promise<Result<BroughtBack, MoveRefusal>> {
  return await withMoveLock(cells, async (connections) => {
    const { first } = connections
    const facts = await readFacts(cells, connections, merchantId)
    const home = chooseHome(facts, from)
    if (!home.ok) return home
    const { name, client } = home.value
    const leftAt = facts.move?.source === name ? (facts.move.switchedAt ?? undefined) : undefined
    if (facts.directed !== name && !(await leadBack(connections, { ...facts, home: home.value, merchantId, onStage })))
      return refuse({ reason: 'name_elsewhere' })
    onStage('opening')
    const move = await findMove(first, merchantId)
    if (move?.switchedAt === null && move.source === name) {
      const known = { ...connections, move, forget: () => deleteMove(first, merchantId) }
      await goOnInSource(known)
      onStage('deleting')
      await deleteCopy(known)
    } else {
      await serveMerchant(client, { merchantId, chains: [] })
      await unguardMerchant(await connections.tablesOf(name, client), merchantId)
    }
    onStage('done')
    return ok({ cell: name, leftAt })
  })
}

type Cell = { readonly name: string; readonly client: pg.Client }

type Facts = {
  readonly move: MerchantMove | undefined
  /** where the directory leads to */
  readonly directed: string | undefined
  readonly serving: Cell | undefined
  /** where old rows of it are */
  readonly kept: readonly Cell[]
  readonly connected: readonly Cell[]
}

/** Of every cell: one that cannot be asked may serve the merchant. */
async function readFacts(
  cells: readonly CellPlace[],
  { first, connect }: MoveConnections,
  merchantId: MerchantId,
): Promise<Facts> {
  const [move, directed] = [await findMove(first, merchantId), await cellOf(first, merchantId)]
  const [connected, kept]: [Cell[], Cell[]] = [[], []]
  let serving: Cell | undefined
  for (const { name } of cells) {
    const client = await connect(name)
    const cell = { name, client }
    connected.push(cell)
    const state = await findMoving(client, merchantId)
    if (state === 'left' && (await hasMerchant(client, merchantId))) kept.push(cell)
    const isOpening = state === 'arrived' && name === directed
    if (isOpening || (await livesIn(client, merchantId))) serving = cell
  }
  return { move, directed, serving, kept, connected }
}

function chooseHome({ move, serving, kept }: Facts, from: string | undefined): Result<Cell, MoveRefusal> {
  // One that was led back already, and perhaps opened by a job: an earlier call was interrupted.
  const begun = move?.switchedAt === null ? move.source : undefined
  if (serving) return serving.name === begun ? ok(serving) : refuse({ reason: 'served', cell: serving.name })
  const wanted = kept.filter(({ name }) => name === (begun ?? from ?? name))
  const [home, second] = wanted
  if (!home) return refuse({ reason: 'not_kept' })
  return second ? refuse({ reason: 'kept_in_several', cells: wanted.map(({ name }) => name) }) : ok(home)
}

type LeadingBack = Facts & {
  readonly home: Cell
  readonly merchantId: MerchantId
  readonly onStage: (stage: BringBackStage) => void
}

/**
 * From its commit on a move away from `home` has been begun and has not happened: so whoever is interrupted is followed by the job that opens such a
 * merchant. False when a name of it leads to a third cell; nothing has happened then.
 */
async function leadBack(
  { first, tablesOf }: MoveConnections,
  { home, directed, connected, merchantId, onStage }: LeadingBack,
): Promise<boolean> {
  onStage('closing')
  const other = connected.find(({ name }) => name === directed)
  if (other) {
    // What it has is a part of the merchant, or older than what is kept: never to be served.
    await beginMoving(other.client, merchantId, { state: 'arriving', mover: randomUUID() })
    await unguardMerchant(await tablesOf(other.name, other.client), merchantId)
  }
  onStage('switching')
  const names = await listNamesOfMerchant(home.client, merchantId)
  const back = { merchantId, source: other?.name ?? home.name, target: home.name }
  const begun = other && { merchantId, source: home.name, target: other.name }
  return await leadNames(first, back, names, async () => {
    if (begun) await unswitchMove(first, begun)
  })
}
