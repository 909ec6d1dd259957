import type { Address, ChainId } from '../../domain/chain/address.ts'
import type { MerchantId } from '../../kernel/ids.ts'
import type { Instant } from '../../kernel/instant.ts'
import { isServedHere } from '../cell/absent-merchants.ts'
import { timestampText } from '../wire/connection.ts'
import type { Sender } from '../wire/statement.ts'
import { addressOf, bytesOf } from './bytes.ts'

export type WatchedWallet = {
  readonly merchantId: MerchantId
  readonly address: Address
  /** something asks this wallet for the chain's own coin, so that every transaction must be looked at */
  readonly wantsCoin: boolean
}

/** Every wallet that was ever given for a chain: what comes late to a former one is still its merchant's. */
export async function listWatchedWallets(sender: Sender, chainId: ChainId): Promise<WatchedWallet[]> {
  const { rows } = await sender.query<{ merchant_id: MerchantId; address: Buffer; wants_coin: boolean }>({
    name: 'list_watched_wallets',
    text: `select w.merchant_id, w.address, exists (
          select from chain_amount a
          where a.merchant_id = w.merchant_id and a.chain_id = w.chain_id and a.recipient = w.address
            and a.token = decode(repeat('00', 20), 'hex') and a.closed_at is null) as wants_coin
      from wallet w where w.chain_id = $1 and ${isServedHere('w.merchant_id')} order by w.address`,
    values: [chainId],
  })
  return rows.map((row) => ({
    merchantId: row.merchant_id,
    address: addressOf(row.address),
    wantsCoin: row.wants_coin,
  }))
}

export type Wallet = { readonly chainId: ChainId; readonly address: Address; readonly isCurrent: boolean }

export async function listWallets(sender: Sender, merchantId: MerchantId): Promise<Wallet[]> {
  const { rows } = await sender.query<{ chain_id: bigint; address: Buffer; is_current: boolean }>({
    name: 'list_wallets',
    text: `select chain_id, address, is_current from wallet where merchant_id = $1 order by chain_id, added_at desc, address`,
    values: [merchantId],
  })
  return rows.map((row) => ({
    chainId: Number(row.chain_id) as ChainId,
    address: addressOf(row.address),
    isCurrent: row.is_current,
  }))
}

/**
 * Makes an address the one that a merchant is paid at on a chain; null stops taking payments there. False, and nothing changed, when the address
 * is another merchant's: the same amount at one address could not be told apart. To be called within a transaction.
 */
export async function setWallet(
  sender: Sender,
  wallet: {
    readonly merchantId: MerchantId
    readonly chainId: ChainId
    readonly address: Address | null
    readonly at: Instant
  },
): Promise<boolean> {
  const { merchantId, chainId, address, at } = wallet
  if (address !== null) {
    const { rowCount } = await sender.query(
      `insert into wallet as w (merchant_id, chain_id, address, is_current, added_at) values ($1, $2, $3, false, $4)
       on conflict (chain_id, address) do update set added_at = w.added_at where w.merchant_id = excluded.merchant_id`,
      [merchantId, chainId, bytesOf(address), timestampText(at)],
    )
    if (rowCount !== 1) return false
  }
  // In two steps: the index allows one current address at every moment.
  await sender.query('update wallet set is_current = false where merchant_id = $1 and chain_id = $2 and is_current', [
    merchantId,
    chainId,
  ])
  if (address === null) return true
  await sender.query('update wallet set is_current = true where merchant_id = $1 and chain_id = $2 and address = $3', [
    merchantId,
    chainId,
    bytesOf(address),
  ])
  return true
}
