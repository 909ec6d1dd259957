import { createShops, isShopSecret } from '../../app/shop/shops.ts'
import { systemClock } from '../../kernel/clock.ts'
import { byOperator } from '../by-operator.ts'
import { CliError } from '../cli-error.ts'
import { withDatabase } from '../database/database.ts'
import type { Io } from '../io.ts'
import { merchantNamed } from '../merchant.ts'
import { answer, type OutputOptions } from '../print/print.ts'

export type ShopSecretOptions = OutputOptions & { readonly set?: boolean; readonly remove?: boolean }

/** Sets or removes what a merchant's shop system signs with; without either, says whether there is one. */
export async function runShopSecret(io: Io, name: string, options: ShopSecretOptions): Promise<void> {
  const secret = secretOf(io, options)
  const isSet = await withDatabase(io, async (database) => {
    const { id } = await merchantNamed(database, name)
    const shops = createShops({ pool: database.pool, clock: systemClock, sealer: database.sealer() })
    if (secret !== undefined) await shops.setSecret(id, secret, byOperator)
    return await shops.hasSecret(id)
  })
  answer(io, options, { set: isSet }, () => [
    isSet
      ? 'a secret is set: orders that are signed with it are taken'
      : 'no secret is set: no order that a shop tells of is believed',
  ])
}

/** Null removes it, undefined leaves it. */
function secretOf({ env }: Io, { set, remove }: ShopSecretOptions): string | null | undefined {
  if (set && remove) throw new CliError('--set and --remove do not go together')
  if (remove) return null
  if (!set) return undefined
  const secret = env.TERCET_SHOP_SECRET?.trim()
  if (!secret) throw new CliError('TERCET_SHOP_SECRET is not set, and the secret is to be read from it')
  if (!isShopSecret(secret))
    throw new CliError('TERCET_SHOP_SECRET must be 16 to 255 characters without spaces, as the shop shows it')
  return secret
}
