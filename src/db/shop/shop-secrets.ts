import type { MerchantId } from '../../kernel/ids.ts'
import type { Instant } from '../../kernel/instant.ts'
import { timestampText } from '../wire/connection.ts'
import type { Sender } from '../wire/statement.ts'

/** The sealed secret that a merchant's shop signs with; undefined when there is none. */
export async function findShopSecret(sender: Sender, merchantId: MerchantId): Promise<Buffer | undefined> {
  const { rows } = await sender.query<{ secret: Buffer }>({
    name: 'find_shop_secret',
    text: 'select secret from shop_secret where merchant_id = $1',
    values: [merchantId],
  })
  return rows[0]?.secret
}

/** Null takes it away: nothing that is signed is believed any more. */
export async function saveShopSecret(
  sender: Sender,
  merchantId: MerchantId,
  secret: Buffer | null,
  at: Instant,
): Promise<void> {
  if (secret === null) {
    await sender.query('delete from shop_secret where merchant_id = $1', [merchantId])
    return
  }
  await sender.query(
    `insert into shop_secret (merchant_id, secret, set_at) values ($1, $2, $3)
     on conflict (merchant_id) do update set secret = excluded.secret, set_at = excluded.set_at`,
    [merchantId, secret, timestampText(at)],
  )
}
