import type pg from 'pg'
import { type Balance, findOtherSources, readBalances } from '../../db/ledger/ledger.ts'
import { inSnapshot } from '../../db/wire/transaction.ts'
import type { Discrepancy } from '../../domain/ledger/prove.ts'
import type { SourceKind } from '../../domain/ledger/source.ts'
import type { MerchantId } from '../../kernel/ids.ts'
import { proveCredits } from '../chain/prove-credits.ts'
import { provePlans } from '../instalments/prove-plans.ts'
import { type ProveSources, provePayments } from './prove-payments.ts'

export type LedgerReport = {
  /** payments compared */
  readonly payments: number
  readonly balances: readonly Balance[]
  /** empty: every source and the ledger agree */
  readonly discrepancies: readonly Discrepancy[]
}

/** How the books of each kind of source are proved. A kind that is missing may have no transfers: each of its sources is named. */
const proofs: Readonly<Partial<Record<SourceKind, ProveSources>>> = { payment: provePayments, plan: provePlans }

/**
 * Proves that all sources and the ledger agree, for one merchant or for all, at this moment and beside running traffic: one
 * snapshot, read in pages. `progress` is told the number of payments compared so far.
 */
export async function checkLedger(
  pool: pg.Pool,
  merchantId: MerchantId | null = null,
  progress: (payments: number) => void = () => {},
): Promise<LedgerReport> {
  return await inSnapshot(pool, async (client) => {
    const discrepancies: Discrepancy[] = []
    const counts = new Map<string, number>()
    for (const [kind, prove] of Object.entries(proofs)) {
      const tell = kind === 'payment' ? progress : () => {}
      counts.set(kind, await prove({ client, merchantId, progress: tell, found: (each) => discrepancies.push(each) }))
    }
    discrepancies.push(...(await proveCredits(client, merchantId)))
    const unproved = await findOtherSources(client, merchantId, Object.keys(proofs) as SourceKind[])
    discrepancies.push(...unproved.map((source) => ({ ...source, name: 'transfers_without_source' as const })))
    return { payments: counts.get('payment') ?? 0, balances: await readBalances(client, merchantId), discrepancies }
  })
}
