import type pg from 'pg'
import { findBrand, updateBrand } from '../../db/merchant/brands.ts'
import { lockMerchant } from '../../db/merchant/change-merchant.ts'
import { deletePicture, insertPicture } from '../../db/picture/pictures.ts'
import { keepIfOk } from '../../db/wire/transaction.ts'
import { type Brand, parseColour } from '../../domain/merchant/brand.ts'
import type { Picture } from '../../domain/picture/picture.ts'
import { pictureIdOf } from '../../domain/picture/picture-id.ts'
import type { Clock } from '../../kernel/clock.ts'
import type { MerchantId } from '../../kernel/ids.ts'
import type { Language } from '../../kernel/language.ts'
import { ok, type Result, refuse } from '../../kernel/result.ts'
import { type By, recordIn } from '../audit/audit-log.ts'
import { type PictureProblem, readPicture } from '../picture/read-picture.ts'
import { outageAsUnavailable } from '../shared/outage.ts'

/** What to change of a merchant's pages: absent stays as it is, null is the usual again. */
export type BrandChange = {
  readonly language?: Language | null
  /** as it is typed: `#0B5C49` or `#07f` */
  readonly colour?: string | null
  /** a PNG, JPEG, WebP or GIF file */
  readonly logo?: Uint8Array | null
}

export type BrandRefusal =
  | PictureProblem
  | { readonly code: 'not_a_colour' | 'unknown_shop'; readonly sentence: string; readonly detail: '' }

/** How a merchant's pages look. Throws `Unavailable` when the database is away. */
export async function readBrand(pool: pg.Pool, id: MerchantId): Promise<Brand> {
  return await outageAsUnavailable(findBrand(pool, id))
}

type Noted = { readonly by: By; readonly clock: Clock }

/** Changes how a merchant's pages look from now on, with an entry in its audit log. Answers the new brand, or what is wrong. */
export async function changeBrand(
  pool: pg.Pool,
  id: MerchantId,
  change: BrandChange,
  noted: Noted,
): Promise<Result<Brand, BrandRefusal>> {
  return await outageAsUnavailable(keepIfOk(pool, (client) => changeBrandIn(client, id, change, noted)))
}

/** The same in a transaction of the caller's, who keeps nothing of it when it is refused. */
export async function changeBrandIn(
  client: pg.PoolClient,
  merchantId: MerchantId,
  change: BrandChange,
  { by, clock }: Noted,
): Promise<Result<Brand, BrandRefusal>> {
  const read = readChange(change)
  if (!read.ok) return read
  if (!(await lockMerchant(client, merchantId)))
    return refuse({ code: 'unknown_shop', sentence: 'there is no such merchant', detail: '' })
  const before = await findBrand(client, merchantId)
  const { colour = before.colour, logo } = read.value
  const { language = before.language } = change
  const logoId = logo ? pictureIdOf(logo.content) : logo
  const after: Brand = { language, colour, logoId: logoId === undefined ? before.logoId : logoId }
  if (logo && logoId) await insertPicture(client, merchantId, { id: logoId, ...logo })
  if (before.logoId !== null && before.logoId !== after.logoId) await deletePicture(client, merchantId, before.logoId)
  await updateBrand(client, merchantId, after)
  await recordIn(client, { merchantId, ...by, action: 'change_brand', subject: 'brand', before, after }, clock)
  return ok(after)
}

type ReadChange = { readonly colour: string | null | undefined; readonly logo: Picture | null | undefined }

function readChange({ colour, logo }: BrandChange): Result<ReadChange, BrandRefusal> {
  const read = typeof colour === 'string' ? parseColour(colour) : colour
  if (colour !== undefined && read === undefined)
    return refuse({ code: 'not_a_colour', sentence: 'a colour is written like #0b5c49', detail: '' })
  if (!logo) return ok({ colour: read, logo })
  const picture = readPicture(logo)
  if (!picture.ok) return refuse({ ...picture.reason, sentence: `logo: ${picture.reason.sentence}` })
  return ok({ colour: read, logo: picture.value })
}
