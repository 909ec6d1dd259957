import assert from 'node:assert/strict'
import { randomInt } from 'node:crypto'
import { after, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { withDatabase } from '../support/crash/crash-books.ts'
import { twoServersTwoCells } from '../support/crash/crash-cells.ts'
import { crashRounds } from '../support/crash/crash-rounds.ts'

const seed = Number(process.env.CRASH_SEED ?? randomInt(1_000_000))
const cluster = await twoServersTwoCells()
after(cluster.stop)

test(`loses and doubles nothing when a server, a cell's database and both are killed (CRASH_SEED=${seed})`, async () => {
  const totals = await crashRounds(cluster, { rounds: 3, seed, proveEvery: 3 })
  assert(totals.acknowledged > 0 && totals.replayed > totals.rounds)
})

test('does the work of every cell by the server that is left when the other dies', async () => {
  await cluster.killServer(1)
  await untilWorkedFor()
})

/** Until somebody who lives does the work of each cell: a lease of one that is dead already goes no further than four seconds from now. */
async function untilWorkedFor(): Promise<void> {
  for (const { databaseUrl } of cluster.cells) {
    await withDatabase(await databaseUrl(), async (pool) => {
      const { rows } = await pool.query<{ alive: string }>(
        `select (clock_timestamp() + interval '4100 ms')::text as alive`,
      )
      const isHeld = async () =>
        (await pool.query('select from duty where lease_until > $1', [rows[0]?.alive])).rowCount === 1
      for (const end = performance.now() + 60_000; !(await isHeld()); await pause(100))
        assert(performance.now() < end, 'nobody took over')
    })
  }
}
