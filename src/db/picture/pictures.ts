import type pg from 'pg'
import type { Picture } from '../../domain/picture/picture.ts'
import { type MerchantId, prefixLength } from '../../kernel/ids.ts'

type Sender = Pick<pg.Client, 'query'>

/** A picture that is kept, by the routing prefix of its merchant. */
export async function findPicture(sender: Sender, prefix: string, id: string): Promise<Picture | undefined> {
  if (prefix.length !== prefixLength) return undefined
  const result = await sender.query<Picture>({
    name: 'find_picture',
    text: `select type, content from picture
      where merchant_id = (select id from merchant where prefix = $1) and picture_id = $2 and state = 'kept'`,
    values: [prefix, id],
  })
  return result.rows[0]
}

/** Keeps a picture that came in a file, under a name made of its content. */
export async function insertPicture(
  sender: Sender,
  merchantId: MerchantId,
  { id, type, content }: Picture & { readonly id: string },
): Promise<void> {
  await sender.query(
    `insert into picture (merchant_id, picture_id, state, type, content, named_at) values ($1, $2, 'kept', $3, $4, now())
     on conflict do nothing`,
    [merchantId, id, type, content],
  )
}

export async function deletePicture(sender: Sender, merchantId: MerchantId, id: string): Promise<void> {
  await sender.query('delete from picture where merchant_id = $1 and picture_id = $2', [merchantId, id])
}
