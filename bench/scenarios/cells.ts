import { addCell } from '../../src/app/cell/add-cell.ts'
import { createClaimNames } from '../../src/app/cell/cell-directory.ts'
import { urlOfCell } from '../../src/app/cell/cell-url.ts'
import { addMerchant } from '../../src/app/merchant/add-merchant.ts'
import { createKey } from '../../src/app/merchant/create-key.ts'
import { createSealer } from '../../src/app/shared/seal.ts'
import { listCells } from '../../src/db/cell/cells.ts'
import { connectPool } from '../../src/db/wire/connection.ts'
import { scalapayMerchantKey } from '../../src/main/fixtures.ts'
import { readSecretKey } from '../../src/main/secret-key.ts'
import { profiles } from '../../src/protocols/profiles.ts'
import { inDatabase } from '../../test/support/server.ts'
import type { Bench, Scenario } from '../bench.ts'
import type { Figure } from '../figure.ts'
import { inTurns, medianOf, ratioOf } from '../rounds.ts'

/** What a cell costs: the same orders, spread over the merchants of two, four and eight cells of one PostgreSQL. */
export const cells: Scenario = { name: 'cells', run }

async function run(bench: Bench): Promise<readonly Figure[]> {
  const figures: Figure[] = []
  for (const count of bench.sizes.cells) figures.push(...(await costOf(bench, count)))
  return figures
}

async function costOf(bench: Bench, count: number): Promise<readonly Figure[]> {
  const database = `bench_cells_${count}`
  // Makes the database, and knows nothing of the cells that come afterwards.
  const one = await bench.tercetOn(database)
  const keys = await makeCells(bench, inDatabase(bench.databaseUrl, database), count)
  const many = await bench.tercetOn(database)
  const create = async (server: typeof one, spread: readonly string[]) =>
    (await bench.load(server, 'create', { keys: spread })).ratePerSecond
  const alone = [scalapayMerchantKey]
  await bench.load(one, 'create', { durationMs: bench.sizes.warmUpMs })
  await bench.load(many, 'create', { durationMs: bench.sizes.warmUpMs, keys })
  const rates = await inTurns(
    { one: () => create(one, alone), first: () => create(many, alone), all: () => create(many, keys) },
    bench.sizes.rounds,
  )
  await one.stop()
  await many.stop()
  const note = (name: 'first' | 'all') => `${medianOf(rates[name]).toFixed(0)}/s to ${medianOf(rates.one).toFixed(0)}/s`
  return [
    {
      id: '8.1',
      what: `create order in one of ${count} cells, of a server without cells`,
      value: ratioOf(rates.first, rates.one),
      note: note('first'),
    },
    {
      id: '8.1',
      what: `create orders in all of ${count} cells of one PostgreSQL, of a server without cells`,
      value: ratioOf(rates.all, rates.one),
      note: note('all'),
    },
  ]
}

const terms = {
  name: 'Bench',
  currency: 'EUR',
  feePpm: 0,
  feeTaxPpm: 0,
  products: [{ product: 'pay-in-3', minimum: 1n, maximum: 1_000_000n }],
  maximumOrderExpiryMs: 86_400_000,
  expiryWarningLeadMs: 0,
  timeZone: 'Europe/Rome',
} as const

/** Adds what is missing to `count` cells, and a merchant to each; answers their keys, the first cell's among them. */
async function makeCells({ folder }: Bench, firstUrl: string, count: number): Promise<readonly string[]> {
  const pool = connectPool(firstUrl, { statementTimeoutMs: 0 })
  const secretKey = readSecretKey(undefined, 'sandbox', folder)
  const sealer = () => createSealer(secretKey)
  const keys = [scalapayMerchantKey]
  try {
    for (let number = 2; number <= count; number++) {
      const stamping = { mode: 'sandbox', secretKey } as const
      await addCell({ pool, firstUrl, sealer, stamping }, { name: `c${number}`, databaseUrl: undefined })
    }
    for (const row of (await listCells(pool)).slice(1)) {
      const cell = connectPool(urlOfCell(row, firstUrl, sealer))
      try {
        const claim = createClaimNames(pool, row.name)
        const added = await addMerchant(cell, terms, claim)
        const profile = profiles.get('scalapay')
        if (!added.ok || !profile) throw new Error('a merchant could not be added')
        const merchant = added.value.terms
        const made = await createKey(cell, sealer, { merchant, profile, kind: 'merchant', mode: 'sandbox', claim })
        if (!made.ok) throw new Error(made.reason)
        keys.push(made.value.key)
      } finally {
        await cell.end()
      }
    }
  } finally {
    await pool.end()
  }
  return keys
}
