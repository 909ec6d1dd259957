import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { undoMove } from '../../src/app/cell/move/end-move.ts'
import { type MoveStage, moveMerchant, moveStages } from '../../src/app/cell/move/move-merchant.ts'
import { findCellsOfNames } from '../../src/db/cell/cell-names.ts'
import { findMerchant, listMovableMerchants } from '../../src/db/merchant/merchants.ts'
import type { MerchantTerms } from '../../src/domain/merchant/terms.ts'
import { createSettleMoves } from '../../src/jobs/cells/settle-moves.ts'
import type { MerchantId } from '../../src/kernel/ids.ts'
import { killMover } from '../support/cells/kill-mover.ts'
import { fillTwoCells, rowsOfMerchant } from '../support/cells/two-cells.ts'
import { testDatabase } from '../support/database.ts'
import { createOrder, testEngine } from '../support/payments/engine.ts'
import { someTime } from '../support/payments/factories.ts'

const [main, far] = [await testDatabase(), await testDatabase()]
const cells = await fillTwoCells(main, far)
const engines = { main: testEngine(main.url), far: testEngine(far.url) }
const { movable } = await listMovableMerchants(main.pool)
const id = movable[0] as MerchantId
const merchant = (await findMerchant(main.pool, id)) as MerchantTerms
for (let count = 0; count < 5; count++) await createOrder(engines.main, merchant)

const killAt = (stage: MoveStage, target: string) =>
  killMover(cells, { merchant: id, target, stage, forgottenAfterMs: 0 })

const jobs = cells.map(({ name: cell, pool }) =>
  createSettleMoves({
    ...{ cell, pool, firstPool: main.pool, addresses: async () => cells },
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
  return (await findCellsOfNames(main.pool, [{ kind: 'merchant', name: String(id) }]))[0]?.cell
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

const databases = { main, far }

for (const [index, stage] of moveStages.entries())
  test(`killed when it comes to ${stage}, a move either has happened or has not, and is repeated`, async () => {
    const [source, target] = index % 2 === 0 ? (['main', 'far'] as const) : (['far', 'main'] as const)
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
    await killAt(stage, 'main')
    assert((await patiently(() => undoMove(cells, id))).ok)
    assert.deepEqual(await servedBy(), ['far'])
    assert.equal((await rowsOfMerchant(main, id)).size, 0)
    assert.deepEqual(await rowsOfMerchant(far, id), before)
    await createOrder(engines.far, merchant)
  })
