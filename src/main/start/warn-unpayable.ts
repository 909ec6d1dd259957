import type { FastifyBaseLogger } from 'fastify'
import type pg from 'pg'
import { instancesWithoutCredentials, merchantsWithoutWallet } from '../../db/merchant/unpayable.ts'
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
