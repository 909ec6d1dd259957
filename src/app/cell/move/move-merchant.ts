import { randomUUID } from 'node:crypto'
import { listNamesOfMerchant } from '../../../db/cell/cell-names.ts'
import { listChainsOf, readChainPlaces } from '../../../db/cell/move/chain-places.ts'
import { insertMove, keepChainPlaces } from '../../../db/cell/move/merchant-moves.ts'
import { beginMoving, stepMoving } from '../../../db/cell/move/moving-merchants.ts'
import { readTableShapes } from '../../../db/cell/move/table-shapes.ts'
import type { MerchantId } from '../../../kernel/ids.ts'
import { ok, type Result, refuse } from '../../../kernel/result.ts'
import { continueNumbers, copyMerchant, type Equal, MoveLost } from './copy-merchant.ts'
import { freezeMerchant } from './freeze-merchant.ts'
import { guardMerchant, unguardMerchant } from './guard-merchant.ts'
import { leadNames } from './lead-names.ts'
import type { MoveRefusal } from './move-refusal.ts'
import { type CellAddress, type MoveSessions, withMoveSessions } from './move-sessions.ts'
import { noteShoppers } from './note-shoppers.ts'
import { findObstacle } from './obstacles.ts'
import { countDiscrepancies, countUnequalBalances } from './prove-move.ts'
import { serveMerchant } from './serve-merchant.ts'

export type MoveParts = {
  readonly cells: readonly CellAddress[]
  /** told what is done next */
  readonly onStage?: (stage: MoveStage) => void | Promise<void>
  /** how long a server may serve the merchant from memory after it is closed; default 1,500 */
  readonly forgottenAfterMs?: number
}

/** What a move does, in this order. Until `switching` is over it has not happened, from then on it has. */
export const moveStages = [
  ...(['checking', 'copying', 'catching up', 'closing', 'freezing', 'copying the rest', 'comparing'] as const),
  ...(['leaving', 'switching', 'opening', 'done'] as const),
] as const

export type MoveStage = (typeof moveStages)[number]

export type Moved = {
  readonly merchantId: MerchantId
  readonly source: string
  readonly target: string
  readonly rows: number
  /** how long nothing of it was served */
  readonly closedMs: number
}

/**
 * Moves a merchant to another cell while it is served: copied, closed for a few seconds, copied again as far as it had changed, compared row by row and
 * by its ledger, and switched in one commit of the directory. Its old rows are kept aside (`dropMoved`). Whoever is interrupted repeats it:
 * what has not happened begins where copying stood, what has happened is finished. Throws what a database says.
 */
export async function moveMerchant(
  { cells, onStage = () => {}, forgottenAfterMs = 1_500 }: MoveParts,
  { merchantId, target }: { readonly merchantId: MerchantId; readonly target: string },
): Promise<Result<Moved, MoveRefusal>> {
  return await withMoveSessions(cells, { merchantId, target }, async (sessions, { isSwitched }) => {
    if (isSwitched) {
      await open(sessions, merchantId)
      return ok({ merchantId, source: sessions.sourceName, target, rows: 0, closedMs: 0 })
    }
    await onStage('checking')
    const obstacle = await findObstacle(sessions, merchantId)
    if (obstacle) return refuse(obstacle)
    return await new Move(sessions, merchantId, { onStage, forgottenAfterMs }).run()
  })
}

/** Once more from the beginning, should the merchant's hold run out while it is compared: its rows are written again from then on. */
const mostTries = 3

type MoveOptions = Required<Pick<MoveParts, 'onStage' | 'forgottenAfterMs'>>

class Move {
  readonly #sessions: MoveSessions
  readonly #merchantId: MerchantId
  readonly #options: MoveOptions
  readonly #mover = randomUUID()
  #rows = 0
  /** since when what was copied need not be looked at again */
  #equal: Equal | undefined

  constructor(sessions: MoveSessions, merchantId: MerchantId, options: MoveOptions) {
    this.#sessions = sessions
    this.#merchantId = merchantId
    this.#options = options
  }

  async run(): Promise<Result<Moved, MoveRefusal>> {
    await this.#begin()
    await this.#options.onStage('copying')
    await this.#copy()
    await this.#options.onStage('catching up')
    await this.#copy()
    await noteShoppersOf(this.#sessions, this.#merchantId)
    const figures = await countDiscrepancies(this.#sessions.pools.target, this.#merchantId)
    if (figures > 0) return refuse({ reason: 'ledger_differs', figures })
    for (let tries = 1; tries <= mostTries; tries++) {
      const switched = await this.#tryToSwitch()
      if (switched !== 'held out') return switched
    }
    return refuse({ reason: 'cannot_freeze' })
  }

  async #begin(): Promise<void> {
    const { first, target, tables, sourceName, targetName } = this.#sessions
    const merchantId = this.#merchantId
    await insertMove(first, { merchantId, source: sourceName, target: targetName })
    // What is left of an earlier life there is brought up to date like any copy.
    await beginMoving(target, merchantId, { state: 'arriving', mover: this.#mover })
    await unguardMerchant(tables.target, merchantId)
    await this.#leaving()
    await guardMerchant(tables.source, merchantId)
  }

  /** Answers the tables that differ all the same. */
  async #copy(): Promise<readonly string[]> {
    const { rows, differing, equal } = await copyMerchant(await this.#copyParts(), this.#equal)
    this.#rows += rows
    this.#equal = equal
    return differing
  }

  async #copyParts() {
    const { reader, target } = this.#sessions
    const shapes = await readTableShapes(reader)
    return { source: reader, target, shapes, merchantId: this.#merchantId, mover: this.#mover }
  }

  async #tryToSwitch(): Promise<Result<Moved, MoveRefusal> | 'held out'> {
    const closedAt = performance.now()
    await this.#leaving()
    await this.#noteChains()
    const frozen = await freezeMerchant(this.#sessions.source, {
      ...{ merchantId: this.#merchantId, mover: this.#mover },
      ...this.#options,
    })
    if (!frozen) return await this.#reopen({ reason: 'cannot_freeze' })
    try {
      const refusal = await this.#settle()
      if (refusal) return (await frozen.isHeld()) ? await this.#reopen(refusal) : 'held out'
      await this.#options.onStage('leaving')
      if (!(await frozen.leave())) return 'held out'
    } finally {
      await frozen.release()
    }
    await this.#arrive()
    const refusal = await this.#switch()
    if (refusal) return await this.#reopen(refusal)
    await this.#options.onStage('opening')
    await open(this.#sessions, this.#merchantId)
    const closedMs = Math.round(performance.now() - closedAt)
    await this.#options.onStage('done')
    const { sourceName, targetName } = this.#sessions
    return ok({ merchantId: this.#merchantId, source: sourceName, target: targetName, rows: this.#rows, closedMs })
  }

  /** From before it is closed: from then on nobody reads its chains for it, in whichever cell it is opened. */
  async #noteChains(): Promise<void> {
    const { first, source } = this.#sessions
    const places = await readChainPlaces(source, await listChainsOf(source, this.#merchantId))
    await keepChainPlaces(first, this.#merchantId, places)
  }

  /** While it is frozen. */
  async #settle(): Promise<MoveRefusal | undefined> {
    await this.#options.onStage('copying the rest')
    const tables = await this.#copy()
    await continueNumbers(await this.#copyParts())
    await this.#options.onStage('comparing')
    if (tables.length > 0) return { reason: 'copy_differs', tables }
    const figures = await countUnequalBalances(this.#sessions.pools, this.#merchantId)
    return figures > 0 ? { reason: 'ledger_differs', figures } : undefined
  }

  /** From here on the target may serve it: before, it has a part at most, which also a restore to an earlier time brings back. */
  async #arrive(): Promise<void> {
    const { target } = this.#sessions
    const step = { merchantId: this.#merchantId, mover: this.#mover, from: 'arriving', to: 'arrived' } as const
    if (!(await stepMoving(target, step)))
      throw new MoveLost('another process has taken over the move of this merchant')
  }

  async #switch(): Promise<MoveRefusal | undefined> {
    const { first, source, sourceName, targetName } = this.#sessions
    const names = await listNamesOfMerchant(source, this.#merchantId)
    await this.#options.onStage('switching')
    const move = { merchantId: this.#merchantId, source: sourceName, target: targetName }
    return (await leadNames(first, move, names)) ? undefined : { reason: 'name_elsewhere' }
  }

  /** It goes on where it lives. What was copied is left for the next try, or for `undoMove`. */
  async #reopen(refusal: MoveRefusal): Promise<Result<never, MoveRefusal>> {
    await this.#leaving()
    return refuse(refusal)
  }

  /** Served and written as before, also after an earlier try, of whoever: its chains are read again from where they stood when that closed it. */
  async #leaving(): Promise<void> {
    const { first, source, move } = this.#sessions
    const chains = (await move())?.chains ?? []
    await serveMerchant(source, { merchantId: this.#merchantId, chains, mover: this.#mover })
    if (chains.length > 0) await keepChainPlaces(first, this.#merchantId, [])
  }
}

/** After the switch: the target serves the merchant, and reads its chains from where the source stood. */
async function open(sessions: MoveSessions, merchantId: MerchantId): Promise<void> {
  const { target, move } = sessions
  await serveMerchant(target, { merchantId, chains: (await move())?.chains ?? [] })
  // Once more: some may have come while the rest was copied.
  await noteShoppersOf(sessions, merchantId)
}

async function noteShoppersOf({ first, target, targetName }: MoveSessions, merchantId: MerchantId): Promise<void> {
  await noteShoppers({ first, cell: target, name: targetName }, merchantId)
}
