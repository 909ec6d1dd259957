import type pg from 'pg'
import { addCell, type NewCell } from '../../src/app/cell/add-cell.ts'
import { createClaimNames } from '../../src/app/cell/cell-directory.ts'
import { urlOfCell } from '../../src/app/cell/cell-url.ts'
import { addMerchant } from '../../src/app/merchant/add-merchant.ts'
import { createKey } from '../../src/app/merchant/create-key.ts'
import { createSealer, type Sealer } from '../../src/app/shared/seal.ts'
import { listCells } from '../../src/db/cell/cells.ts'
import { connectPool } from '../../src/db/wire/connection.ts'
import { readSecretKey } from '../../src/main/secret-key.ts'
import { profiles } from '../../src/protocols/profiles.ts'

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

/** Adds cells beside the one that `firstUrl` leads to, and a merchant to each; answers the merchants' keys, in the same order. `folder` is the servers'. */
export async function makeCells(
  folder: string,
  firstUrl: string,
  cells: readonly NewCell[],
): Promise<readonly string[]> {
  const pool = connectPool(firstUrl, { statementTimeoutMs: 0 })
  const secretKey = readSecretKey(undefined, 'sandbox', folder)
  const sealer = () => createSealer(secretKey)
  try {
    for (const cell of cells) await addCell({ pool, firstUrl, sealer, stamping: { mode: 'sandbox', secretKey } }, cell)
    const keys: string[] = []
    for (const row of (await listCells(pool)).slice(1))
      keys.push(await keyOfNewMerchant(pool, row.name, urlOfCell(row, firstUrl, sealer), sealer))
    return keys
  } finally {
    await pool.end()
  }
}

async function keyOfNewMerchant(first: pg.Pool, name: string, url: string, sealer: () => Sealer): Promise<string> {
  const pool = connectPool(url)
  try {
    const claim = createClaimNames(first, name)
    const added = await addMerchant(pool, terms, claim)
    const profile = profiles.get('scalapay')
    if (!added.ok || !profile) throw new Error('a merchant could not be added')
    const merchant = added.value.terms
    const made = await createKey(pool, sealer, { merchant, profile, kind: 'merchant', mode: 'sandbox', claim })
    if (!made.ok) throw new Error(made.reason)
    return made.value.key
  } finally {
    await pool.end()
  }
}
