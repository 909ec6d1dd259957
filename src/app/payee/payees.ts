import type pg from 'pg'
import { countPayees, findPayee, insertPayee, isWalletKnown } from '../../db/chain/payees.ts'
import { findMerchant } from '../../db/merchant/merchants.ts'
import { refusalOf } from '../../db/wire/refusal.ts'
import type { Address, ChainId } from '../../domain/chain/address.ts'
import type { MerchantTerms } from '../../domain/merchant/terms.ts'
import type { Clock } from '../../kernel/clock.ts'
import { ok, type Result, refuse } from '../../kernel/result.ts'
import type { By } from '../audit/audit-log.ts'
import type { ClaimNames } from '../cell/cell-directory.ts'
import type { ChainSettings } from '../chain/chain-settings.ts'
import { addMerchant } from '../merchant/add-merchant.ts'
import { outageAsUnavailable } from '../shared/outage.ts'

export type PayeeRefusal =
  /** a shop is paid at that address: the same amount could not be told apart */
  | 'is_a_shop'
  /** there are as many as this server takes */
  | 'full'
  /** the operator lets nobody be paid there any more */
  | 'closed'

/** People who are paid at an address of theirs by requests of their own, without a shop. */
export type Payees = {
  /**
   * The merchant that stands for an address, paid there on these chains; made the first time. That the caller holds the address was proved before.
   * Throws `Unavailable` when the database is away.
   */
  readonly open: (address: Address, chains: readonly ChainId[]) => Promise<Result<MerchantTerms, PayeeRefusal>>
}

/** Each takes one of 1.7 million routing prefixes, which shops need, too. */
const mostPayees = 100_000n

export function createPayees(parts: {
  readonly pool: pg.Pool
  readonly clock: Clock
  readonly settings: Pick<ChainSettings, 'wallets' | 'setWallet'>
  readonly claim?: ClaimNames | undefined
}): Payees {
  const { settings } = parts
  return {
    open: async (address, chains) => {
      const found = await outageAsUnavailable(findOrAdd(parts, address, chains))
      if (!found.ok) return found
      if (found.value.isDisabled) return refuse('closed')
      const current = (await settings.wallets(found.value.id)).filter(({ isCurrent }) => isCurrent)
      for (const chainId of chains) {
        if (current.some((wallet) => wallet.chainId === chainId)) continue
        const set = await settings.setWallet(found.value.id, { chainId, address }, byThemselves(address))
        // A shop was quicker, or the chain was removed in this moment.
        if (!set.ok) return refuse('is_a_shop')
      }
      return found
    },
  }
}

type Parts = Parameters<typeof createPayees>[0]

async function findOrAdd(
  parts: Parts,
  address: Address,
  chains: readonly ChainId[],
): Promise<Result<MerchantTerms, PayeeRefusal>> {
  const { pool } = parts
  const known = await findKnown(pool, address)
  if (known) return ok(known)
  if (await isWalletKnown(pool, address, chains)) {
    // A shop's; or a payee's, whom another request of this moment has made since the look before.
    const rival = await findKnown(pool, address)
    return rival ? ok(rival) : refuse('is_a_shop')
  }
  if ((await countPayees(pool)) >= mostPayees) return refuse('full')
  try {
    return ok(await add(parts, address))
  } catch (error) {
    // Another request of this moment has made it.
    const rival = refusalOf(error).kind === 'refused' ? await findKnown(pool, address) : undefined
    if (!rival) throw error
    return ok(rival)
  }
}

async function findKnown(pool: pg.Pool, address: Address): Promise<MerchantTerms | undefined> {
  const id = await findPayee(pool, address)
  return id === undefined ? undefined : await findMerchant(pool, id)
}

async function add({ pool, clock, claim }: Parts, address: Address): Promise<MerchantTerms> {
  const terms = {
    // Nobody chooses a name: one could choose somebody else's.
    name: `${address.slice(0, 6)}…${address.slice(-4)}`,
    ...{ currency: 'USD', feePpm: 0, feeTaxPpm: 0, products: [], timeZone: 'UTC' },
    ...{ maximumOrderExpiryMs: 31 * 86_400_000, expiryWarningLeadMs: 0 },
  }
  const added = await addMerchant(pool, terms, claim, (client, merchantId) =>
    insertPayee(client, { address, merchantId, at: clock.now() }),
  )
  if (!added.ok) throw new Error(added.reason)
  return added.value.terms
}

function byThemselves(address: Address): By {
  return { actor: { kind: 'system', name: `signature of ${address}` }, address: null }
}
