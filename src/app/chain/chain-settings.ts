import type pg from 'pg'
import { findChainTerms, saveChainTerms } from '../../db/chain/chain-terms.ts'
import { listChains } from '../../db/chain/chains.ts'
import { listWallets, setWallet, type Wallet } from '../../db/chain/wallets.ts'
import { keepIfOk } from '../../db/wire/transaction.ts'
import { type Address, type ChainId, coin } from '../../domain/chain/address.ts'
import type { Chain } from '../../domain/chain/chain.ts'
import type { ChainTerms } from '../../domain/chain/chain-terms.ts'
import type { Clock } from '../../kernel/clock.ts'
import type { MerchantId } from '../../kernel/ids.ts'
import { ok, type Result, refuse } from '../../kernel/result.ts'
import { outageAsUnavailable } from '../shared/outage.ts'

export type WalletRefusal =
  | 'unknown_chain'
  /** no address, or one whose checksum is wrong: a character was mistyped */
  | 'not_an_address'
  /** another merchant is paid there: the same amount at one address could not be told apart */
  | 'taken'

/** How a merchant is paid on chains, for whoever may change it. Each throws `Unavailable` when the database is away. */
export type ChainSettings = {
  readonly chains: () => Promise<readonly Chain[]>
  readonly terms: (merchantId: MerchantId) => Promise<ChainTerms>
  readonly saveTerms: (merchantId: MerchantId, terms: ChainTerms) => Promise<void>
  readonly wallets: (merchantId: MerchantId) => Promise<readonly Wallet[]>
  /** Null stops taking payments there. What comes to a former wallet is still the merchant's. */
  readonly setWallet: (
    merchantId: MerchantId,
    chainId: ChainId,
    address: string | null,
  ) => Promise<Result<Address | null, WalletRefusal>>
}

export function createChainSettings({ pool, clock }: { readonly pool: pg.Pool; readonly clock: Clock }): ChainSettings {
  return {
    chains: () => outageAsUnavailable(listChains(pool)),
    terms: (merchantId) => outageAsUnavailable(findChainTerms(pool, merchantId)),
    saveTerms: (merchantId, terms) => outageAsUnavailable(saveChainTerms(pool, merchantId, terms)),
    wallets: (merchantId) => outageAsUnavailable(listWallets(pool, merchantId)),
    setWallet: async (merchantId, chainId, text) => {
      const chains = await outageAsUnavailable(listChains(pool))
      if (!chains.some(({ id }) => id === chainId)) return refuse('unknown_chain')
      // Loaded when it is needed: a server without chains does without the library of chains.
      const { readAddress } = await import('../../rails/evm/checksum.ts')
      const address = text === null ? null : readAddress(text)
      if (address === undefined || address === coin) return refuse('not_an_address')
      const wallet = { merchantId, chainId, address, at: clock.now() }
      return await outageAsUnavailable(
        keepIfOk(pool, async (client) => ((await setWallet(client, wallet)) ? ok(address) : refuse('taken' as const))),
      )
    },
  }
}
