import type pg from 'pg'
import { findCreditDifferences } from '../../db/chain/credit-proof.ts'
import type { Discrepancy } from '../../domain/ledger/prove.ts'
import type { MerchantId } from '../../kernel/ids.ts'

/** Compares every credit on chains with the ledger, within the snapshot of `client`; an empty list is the proof. */
export async function proveCredits(client: pg.PoolClient, merchantId: MerchantId | null): Promise<Discrepancy[]> {
  const differences = await findCreditDifferences(client, merchantId)
  return differences.map(({ paymentId, figure, claimed, booked, ...rest }) => ({
    ...{ ...rest, sourceKind: 'payment', sourceId: paymentId, name: `${figure}_differs`, claimed, ledger: booked },
  }))
}
