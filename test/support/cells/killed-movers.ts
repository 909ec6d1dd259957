import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { undoMove } from '../../../src/app/cell/move/end-move.ts'
import { type MoveStage, moveMerchant, moveStages } from '../../../src/app/cell/move/move-merchant.ts'
import { findCellsOfNames } from '../../../src/db/cell/cell-names.ts'
import { findMerchant, listMovableMerchants } from '../../../src/db/merchant/merchants.ts'
import type { MerchantTerms } from '../../../src/domain/merchant/terms.ts'
import { createSettleMoves } from '../../../src/jobs/cells/settle-moves.ts'
import type { MerchantId } from '../../../src/kernel/ids.ts'
import type { CellDatabases } from '../database.ts'
import { createOrder, testEngine } from '../payments/engine.ts'
import { someTime } from '../payments/factories.ts'
import { killMover } from './kill-mover.ts'
import { fillTwoCells, rowsOfMerchant } from './two-cells.ts'

/** A merchant in the near one of two cells, and movers of it that are killed. The databases are migrated before. */
export async function moverWorld(databases: CellDatabases) {
  const { first, near, far } = databases
  const cells = await fillTwoCells(databases)
  const engines = { near: testEngine(near.url), far: testEngine(far.url) }
  const { movable } = await listMovableMerchants(near.pool)
  const id = movable[0] as MerchantId
  const merchant = (await findMerchant(near.pool, id)) as MerchantTerms
  for (let count = 0; count < 5; count++) await createOrder(engines.near, merchant)

  const killAt = (stage: MoveStage, target: string) =>
    killMover(cells, { merchant: id, target, stage, forgottenAfterMs: 0 })

  const jobs = cells.map(({ name: cell, pool }) =>
    createSettleMoves({
      ...{ cell, pool, firstPool: first.pool, addresses: async () => cells },
      log: { warn: () => undefined, error: () => undefined },
    }),
  )

  /** The database ends a session that it lost a moment later, and with it the lock. */
  async function patiently<T extends { readonly ok: boolean; readonly reason?: { readonly reason: string } }>(
    work: () => Promise<T>,
  ) {
    for (const end = performance.now() + 90_000; ; await pause(20)) {
      const result = await work()
      if (result.ok || result.reason?.reason !== 'busy' || performance.now() > end) return result
    }
  }

  const move = (target: string) =>
    patiently(() => moveMerchant({ cells, forgottenAfterMs: 0 }, { merchantId: id, target }))

  async function whereItLives(): Promise<string | undefined> {
    return (await findCellsOfNames(first.pool, [{ kind: 'merchant', name: String(id) }]))[0]?.cell
  }

  /** Which of the cells serve it at this moment: never both. */
  async function servedBy(): Promise<string[]> {
    const asked = cells.map(async ({ name, pool }) =>
      (await findMerchant(pool, id).catch(() => undefined)) ? [name] : [],
    )
    return (await Promise.all(asked)).flat()
  }

  /** By what the jobs of the two cells do, as soon as the database has noticed that the mover is gone. */
  async function servedAgainBy(home: string): Promise<void> {
    for (const end = performance.now() + 90_000; ; await pause(20)) {
      for (const job of jobs) await job.runDue(someTime)
      const serving = await servedBy()
      if (serving.length > 0 || performance.now() > end) return assert.deepEqual(serving, [home])
    }
  }

  return {
    cells,
    engines,
    id,
    merchant,
    killAt,
    move,
    undo: () => patiently(() => undoMove(cells, id)),
    whereItLives,
    servedBy,
    servedAgainBy,
    patiently,
  }
}

export type MoverWorld = Awaited<ReturnType<typeof moverWorld>>

/** Tests that a merchant moves between the two cells, there and back, and that its mover is killed at each step. */
export async function testKilledMovers(databases: CellDatabases): Promise<void> {
  const { near, far } = databases
  const { engines, id, merchant, killAt, move, undo, whereItLives, servedBy, servedAgainBy } =
    await moverWorld(databases)

  for (const [index, stage] of moveStages.entries())
    test(`killed when it comes to ${stage}, a move either has happened or has not, and is repeated`, async () => {
      const [source, target] = index % 2 === 0 ? (['near', 'far'] as const) : (['far', 'near'] as const)
      await createOrder(engines[source], merchant)
      const before = await rowsOfMerchant(databases[source], id)
      await killAt(stage, target)
      const home = stage === 'opening' || stage === 'done' ? target : source
      assert.equal(await whereItLives(), home)
      assert((await servedBy()).every((cell) => cell === home))
      await servedAgainBy(home)
      const repeated = await move(target)
      assert(repeated.ok || repeated.reason.reason === 'already_there', JSON.stringify(repeated))
      assert.deepEqual(await servedBy(), [target])
      assert.deepEqual(await rowsOfMerchant(databases[target], id), before)
    })

  for (const stage of ['copying the rest', 'switching'] as const)
    test(`killed when it comes to ${stage}, a move can be undone`, async () => {
      assert.deepEqual(await servedBy(), ['far'])
      const before = await rowsOfMerchant(far, id)
      await killAt(stage, 'near')
      assert((await undo()).ok)
      assert.deepEqual(await servedBy(), ['far'])
      assert.equal((await rowsOfMerchant(near, id)).size, 0)
      assert.deepEqual(await rowsOfMerchant(far, id), before)
      await createOrder(engines.far, merchant)
    })
}
