import type pg from 'pg'
import { type Balance, readBalances } from '../../../db/ledger/ledger.ts'
import type { MerchantId } from '../../../kernel/ids.ts'
import { checkLedger } from '../../payment/check-ledger.ts'
import type { MoveSessions } from './move-sessions.ts'

/** How many figures of the merchant's books do not agree with its payments in a cell. */
export async function countDiscrepancies(pool: pg.Pool, merchantId: MerchantId): Promise<number> {
  return (await checkLedger(pool, merchantId)).discrepancies.length
}

/** How many accounts of the merchant have another balance in the other cell. */
export async function countUnequalBalances(
  { source, target }: MoveSessions['pools'],
  merchantId: MerchantId,
): Promise<number> {
  const [here, there] = await Promise.all([
    readBalances(source, merchantId).then(byAccount),
    readBalances(target, merchantId).then(byAccount),
  ])
  return [...new Set([...here.keys(), ...there.keys()])].filter((account) => here.get(account) !== there.get(account))
    .length
}

function byAccount(balances: readonly Balance[]): ReadonlyMap<string, bigint> {
  return new Map(balances.map(({ account, currency, balance }) => [`${currency} ${account}`, balance]))
}
