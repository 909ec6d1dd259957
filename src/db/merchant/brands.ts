import type pg from 'pg'
import { type Brand, usualBrand } from '../../domain/merchant/brand.ts'
import type { MerchantId } from '../../kernel/ids.ts'

type Sender = Pick<pg.Client, 'query'>

/** How a merchant's pages look; the usual where nothing was said. */
export async function findBrand(sender: Sender, merchantId: MerchantId): Promise<Brand> {
  const result = await sender.query<Brand>({
    name: 'find_brand',
    text: 'select language, colour, logo_id as "logoId" from merchant_brand where merchant_id = $1',
    values: [merchantId],
  })
  return result.rows[0] ?? usualBrand
}

export async function updateBrand(sender: Sender, merchantId: MerchantId, brand: Brand): Promise<void> {
  await sender.query(
    `insert into merchant_brand (merchant_id, language, colour, logo_id) values ($1, $2, $3, $4)
     on conflict (merchant_id) do update set language = excluded.language, colour = excluded.colour, logo_id = excluded.logo_id`,
    [merchantId, brand.language, brand.colour, brand.logoId],
  )
}
