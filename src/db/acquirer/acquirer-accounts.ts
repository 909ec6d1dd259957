import type { Pool } from 'pg'
import type { Currency } from '../../kernel/currency.ts'
import type { MerchantId } from '../../kernel/ids.ts'
import type { Instant } from '../../kernel/instant.ts'

type Queryable = Pick<Pool, 'query'>

/** Whose an account is: a merchant's id, or `operator`. */
export type AccountOwner = number

/** Owner of the operator's own accounts. */
export const operator = 0

export type AcquirerAccount = {
  readonly owner: number
  readonly id: string
  readonly connector: string
  readonly currency: Currency
  /** encrypted; null where none are entered, or none are needed */
  readonly sealed: Buffer | null
  readonly isEnabled: boolean
  readonly createdAt: Instant
}

const columns = `owner, account_id as id, connector, currency, sealed_credentials as sealed, is_enabled as "isEnabled",
  created_at as "createdAt"`

/** The merchant's account of that id, or the operator's; enabled or not: what it began, it must end. */
export async function findAccount(
  db: Queryable,
  merchantId: MerchantId,
  id: string,
): Promise<AcquirerAccount | undefined> {
  const { rows } = await db.query<AcquirerAccount>({
    name: 'find_acquirer_account',
    text: `select ${columns} from acquirer_account where owner in ($1, ${operator}) and account_id = $2
      order by owner desc limit 1`,
    values: [merchantId, id],
  })
  return rows[0]
}

/** The accounts of one owner, oldest first. */
export async function listAccounts(db: Queryable, owner: AccountOwner): Promise<readonly AcquirerAccount[]> {
  const { rows } = await db.query<AcquirerAccount>({
    name: 'list_acquirer_accounts',
    text: `select ${columns} from acquirer_account where owner = $1 order by created_at, account_id`,
    values: [owner],
  })
  return rows
}

/** Adds an account, or gives it other credentials; what began under the old ones is ended with the new. */
export async function saveAccount(
  db: Queryable,
  account: Pick<AcquirerAccount, 'id' | 'connector' | 'currency' | 'sealed'> & { readonly owner: AccountOwner },
): Promise<void> {
  const { owner, id, connector, currency, sealed } = account
  await db.query(
    `insert into acquirer_account as a (owner, account_id, connector, currency, sealed_credentials)
      values ($1, $2, $3, $4, $5)
      on conflict (owner, account_id) do update
        set connector = excluded.connector, currency = excluded.currency, is_enabled = true,
          sealed_credentials = coalesce(excluded.sealed_credentials, a.sealed_credentials)`,
    [owner, id, connector, currency, sealed],
  )
}

/** Gives an account other credentials. Nothing happens where there is no such account. */
export async function saveCredentials(
  db: Queryable,
  owner: AccountOwner,
  id: string,
  sealed: Uint8Array,
): Promise<void> {
  await db.query('update acquirer_account set sealed_credentials = $3 where owner = $1 and account_id = $2', [
    owner,
    id,
    Buffer.from(sealed),
  ])
}
