import type pg from 'pg'
import type { CellName } from '../../db/cell/cell-names.ts'
import { findChainTerms, lockChainTerms, saveChainTerms } from '../../db/chain/chain-terms.ts'
import { listChains } from '../../db/chain/chains.ts'
import { listWallets, setWallet, type Wallet } from '../../db/chain/wallets.ts'
import { keepIfOk } from '../../db/wire/transaction.ts'
import { type Address, type ChainId, coin } from '../../domain/chain/address.ts'
import type { Chain } from '../../domain/chain/chain.ts'
import { type ChainTerms, type ChainTermsRefusal, refusalOfTerms } from '../../domain/chain/chain-terms.ts'
import type { Clock } from '../../kernel/clock.ts'
import type { MerchantId } from '../../kernel/ids.ts'
import { ok, type Result, refuse } from '../../kernel/result.ts'
import { chainRail } from '../../rails/index.ts'
import { type By, recordIn } from '../audit/audit-log.ts'
import { type ClaimNames, claimNothing } from '../cell/cell-directory.ts'
import { outageAsUnavailable } from '../shared/outage.ts'

export type WalletRefusal =
  | 'unknown_chain'
  /** no address, or one whose checksum is wrong: a character was mistyped */
  | 'not_an_address'
  /** another merchant is paid there: the same amount at one address could not be told apart */
  | 'taken'

/**
 * How a merchant is paid on chains, for whoever may change it. Each change stands in the merchant's audit log, in one transaction with it: that of
 * `client` when one is given, and else one of its own. Each throws `Unavailable` when the database is away.
 */
export type ChainSettings = {
  readonly chains: () => Promise<readonly Chain[]>
  readonly terms: (merchantId: MerchantId) => Promise<ChainTerms>
  /** What is not named stays as it is. Open payments keep the terms that they were asked for with. */
  readonly changeTerms: (
    merchantId: MerchantId,
    change: Partial<ChainTerms>,
    by: By,
    client?: pg.PoolClient,
  ) => Promise<Result<ChainTerms, ChainTermsRefusal>>
  /** the current ones and former ones */
  readonly wallets: (merchantId: MerchantId) => Promise<readonly Wallet[]>
  /** Null stops taking payments there. What comes to a former wallet is still the merchant's. */
  readonly setWallet: (
    merchantId: MerchantId,
    wallet: { readonly chainId: ChainId; readonly address: string | null },
    by: By,
    client?: pg.PoolClient,
  ) => Promise<Result<Address | null, WalletRefusal>>
}

type Parts = {
  readonly pool: pg.Pool
  readonly clock: Clock
  /** an address is one merchant's over all cells; default nothing */
  readonly claim?: ClaimNames | undefined
}

export function createChainSettings(parts: Parts): ChainSettings {
  const { pool } = parts
  const within = <T, Reason>(
    client: pg.PoolClient | undefined,
    work: (client: pg.PoolClient) => Promise<Result<T, Reason>>,
  ) => outageAsUnavailable(client ? work(client) : keepIfOk(pool, work))
  return {
    chains: () => outageAsUnavailable(listChains(pool)),
    terms: (merchantId) => outageAsUnavailable(findChainTerms(pool, merchantId)),
    changeTerms: (merchantId, change, by, client) =>
      within(client, (each) => changeTerms(parts, each, merchantId, change, by)),
    wallets: (merchantId) => outageAsUnavailable(listWallets(pool, merchantId)),
    setWallet: async (merchantId, { chainId, address }, by, client) => {
      // Before a transaction of its own, which waits for nothing else: neither for a library nor for the directory of cells.
      const wallet = await outageAsUnavailable(admitWallet(parts, client ?? pool, { chainId, address }))
      if (!wallet.ok) return wallet
      return await within(client, (each) => changeWallet(parts, each, merchantId, wallet.value, by))
    },
  }
}

async function changeTerms(
  { clock }: Parts,
  client: pg.PoolClient,
  merchantId: MerchantId,
  change: Partial<ChainTerms>,
  by: By,
): Promise<Result<ChainTerms, ChainTermsRefusal>> {
  const reason = refusalOfTerms(change, await listChains(client))
  if (reason !== undefined) return refuse(reason)
  const before = await lockChainTerms(client, merchantId)
  const after = { ...before, ...change }
  await saveChainTerms(client, merchantId, after)
  const named = Object.keys(change) as (keyof ChainTerms)[]
  const noted = (terms: ChainTerms) => Object.fromEntries(named.map((name) => [name, inJson(terms[name])]))
  await recordIn(
    client,
    {
      ...{ merchantId, ...by, action: 'change_chain_terms', subject: 'chain terms' },
      ...{ before: noted(before), after: noted(after) },
    },
    clock,
  )
  return ok(after)
}

type WalletChange = { readonly chainId: ChainId; readonly address: Address | null }

/** A wallet that may be one here: of a chain that is in use, and of no other cell. */
async function admitWallet(
  { claim = claimNothing }: Parts,
  sender: Pick<pg.Pool, 'query'>,
  { chainId, address: text }: { readonly chainId: ChainId; readonly address: string | null },
): Promise<Result<WalletChange, WalletRefusal>> {
  const chains = await listChains(sender)
  if (!chains.some(({ id }) => id === chainId)) return refuse('unknown_chain')
  if (text === null) return ok({ chainId, address: null })
  const address = await chainRail.readAddress(text)
  if (address === undefined || address === coin) return refuse('not_an_address')
  return (await claim([walletName(chainId, address)])) ? ok({ chainId, address }) : refuse('taken')
}

async function changeWallet(
  { clock }: Parts,
  client: pg.PoolClient,
  merchantId: MerchantId,
  { chainId, address }: WalletChange,
  by: By,
): Promise<Result<Address | null, WalletRefusal>> {
  const before = (await listWallets(client, merchantId)).find((each) => each.chainId === chainId && each.isCurrent)
  if (!(await setWallet(client, { merchantId, chainId, address, at: clock.now() }))) return refuse('taken')
  await recordIn(
    client,
    {
      ...{ merchantId, ...by, action: 'set_wallet', subject: `chain ${chainId}` },
      ...{ before: before?.address ?? null, after: address },
    },
    clock,
  )
  return ok(address)
}

function walletName(chainId: ChainId, address: Address): CellName {
  return { kind: 'wallet', name: `${chainId}/${address.slice(2).toLowerCase()}` }
}

/** Amounts as texts: JSON has no such numbers. */
function inJson(value: ChainTerms[keyof ChainTerms]): unknown {
  return JSON.parse(JSON.stringify(value, (_, each) => (typeof each === 'bigint' ? each.toString() : each)))
}
