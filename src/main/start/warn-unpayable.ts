import type { FastifyBaseLogger } from 'fastify'
import type pg from 'pg'
import type { createHasAcquirer } from '../../app/attempt/authorize-order.ts'
import { instancesWithoutCredentials, merchantsWithoutWallet } from '../../db/merchant/unpayable.ts'
import type { MerchantId } from '../../kernel/ids.ts'
import { profiles } from '../../protocols/profiles.ts'

const mostNamed = 20

/** Says at the start of a live server what nobody could pay, by wallet or by card. Each payment is refused on its own as long as it holds. */
export async function warnOfUnpayable(pool: pg.Pool, logger: Pick<FastifyBaseLogger, 'warn'>): Promise<void> {
  const protocols = [...profiles.values()].flatMap(({ name, walletLinks }) => (walletLinks === null ? [] : [name]))
  const limit = mostNamed + 1
  const lines = [
    ...(await merchantsWithoutWallet(pool, { protocols, limit })).map(
      (name) => `${name} has no wallet on a chain: nobody can pay its requests (tercet wallets set)`,
    ),
    ...(await instancesWithoutCredentials(pool, { limit })).map(
      ({ merchant, title, uuid }) =>
        `${title} (${uuid}) of ${merchant} has no acquirer's credentials: its payments are refused`,
    ),
  ]
  for (const line of lines.slice(0, mostNamed)) logger.warn(line)
  if (lines.length > mostNamed) logger.warn('there are more that nobody could pay')
}

/** No merchant's: whatever the operator funds goes through the operator's own accounts. */
const operatorId = 0 as MerchantId

/** Says at the start in which currencies no card could pay on the hosted page. Each order is refused on its own as long as it holds. */
export async function warnOfMissingAcquirers(
  hasAcquirer: ReturnType<typeof createHasAcquirer>,
  logger: Pick<FastifyBaseLogger, 'warn'>,
): Promise<void> {
  const hosted = [...profiles.values()].filter(({ returnUrls }) => returnUrls !== null)
  for (const currency of new Set(hosted.flatMap(({ currencies }) => currencies ?? [])))
    if (!(await hasAcquirer({ id: operatorId, currency })))
      logger.warn(
        `no card acquirer is set up that takes ${currency} of shoppers on the hosted page: creating such an order is refused until there is one`,
      )
}
