import type { MerchantId } from '../../../kernel/ids.ts'
import { checkLedger, type LedgerReport } from '../../payment/check-ledger.ts'
import type { MoveSessions } from './move-sessions.ts'

/** How many figures of the merchant's books do not agree: with its payments in either cell, or between the two. */
export async function ledgersDiffer({ pools }: MoveSessions, merchantId: MerchantId): Promise<number> {
  const [here, there] = await Promise.all([
    checkLedger(pools.source, merchantId),
    checkLedger(pools.target, merchantId),
  ])
  const [balances, balancesThere] = [balancesOf(here), balancesOf(there)]
  const between = [...new Set([...balances.keys(), ...balancesThere.keys()])].filter(
    (account) => balances.get(account) !== balancesThere.get(account),
  )
  const counts = here.payments === there.payments ? 0 : 1
  return here.discrepancies.length + there.discrepancies.length + between.length + counts
}

function balancesOf({ balances }: LedgerReport): ReadonlyMap<string, bigint> {
  return new Map(balances.map(({ account, currency, balance }) => [`${currency} ${account}`, balance]))
}
