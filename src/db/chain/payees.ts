import type { Address, ChainId } from '../../domain/chain/address.ts'
import type { MerchantId } from '../../kernel/ids.ts'
import type { Instant } from '../../kernel/instant.ts'
import { timestampText } from '../wire/connection.ts'
import type { Sender } from '../wire/statement.ts'
import { bytesOf } from './bytes.ts'

export async function findPayee(sender: Sender, address: Address): Promise<MerchantId | undefined> {
  const { rows } = await sender.query<{ merchant_id: MerchantId }>('select merchant_id from payee where address = $1', [
    bytesOf(address),
  ])
  return rows[0]?.merchant_id
}

/** Refused by the key when the address is a payee's already. */
export async function insertPayee(
  sender: Sender,
  payee: { readonly address: Address; readonly merchantId: MerchantId; readonly at: Instant },
): Promise<void> {
  await sender.query('insert into payee (address, merchant_id, opened_at) values ($1, $2, $3)', [
    bytesOf(payee.address),
    payee.merchantId,
    timestampText(payee.at),
  ])
}

export async function countPayees(sender: Sender): Promise<bigint> {
  const { rows } = await sender.query<{ count: bigint }>('select count(*) as count from payee')
  return rows[0]?.count ?? 0n
}

/** Whether anybody is or was paid at an address on one of these chains. */
export async function isWalletKnown(sender: Sender, address: Address, chains: readonly ChainId[]): Promise<boolean> {
  const { rows } = await sender.query(
    'select from wallet where chain_id = any($1::bigint[]) and address = $2 limit 1',
    [chains, bytesOf(address)],
  )
  return rows.length > 0
}
