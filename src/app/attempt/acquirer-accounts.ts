import { randomUUID } from 'node:crypto'
import type pg from 'pg'
import {
  type AccountOwner,
  type AcquirerAccount,
  findAccount,
  listAccounts,
  operator,
  saveAccount,
} from '../../db/acquirer/acquirer-accounts.ts'
import { type Currency, currencyOf } from '../../kernel/currency.ts'
import { type MerchantId, newAttemptId } from '../../kernel/ids.ts'
import { ok, type Result, refuse } from '../../kernel/result.ts'
import type { Connector } from '../../rails/card/connector.ts'
import { connectors } from '../../rails/card/index.ts'
import type { AcquirerDirectory } from '../../rails/rail.ts'
import { outageAsUnavailable } from '../shared/outage.ts'
import type { Sealer } from '../shared/seal.ts'
import { acquirerKey } from './acquirer-directory.ts'
import { instalmentAbilities } from './choose-acquirer.ts'

export type AccountRequest = {
  readonly owner: AccountOwner
  readonly connector: string
  readonly currency: string
  /** by the names of the connector's fields */
  readonly credentials: Readonly<Record<string, string>>
}

/** What is wrong with a request, in a sentence that never quotes a credential. */
export type AccountRefusal = { readonly field: string; readonly message: string }

export type SavedAccount = {
  readonly id: string
  readonly isNew: boolean
  /** what the connector cannot do that instalments need; empty: it can collect them */
  readonly missing: readonly string[]
}

/**
 * Adds the owner's account of a connector and currency, or gives it other credentials, which are kept encrypted. The operator's own
 * collects instalments, so a connector that cannot do what they need is refused for it.
 */
export async function saveAcquirerAccount(
  pool: pg.Pool,
  sealer: Sealer,
  request: AccountRequest,
): Promise<Result<SavedAccount, AccountRefusal>> {
  const checked = check(request)
  if (!checked.ok) return checked
  const { connector, currency } = checked.value
  const accounts = await outageAsUnavailable(listAccounts(pool, request.owner))
  const known = accounts.find((each) => each.connector === connector.name && each.currency === currency)
  const id = known?.id ?? randomUUID()
  const sealed = sealer.seal(JSON.stringify(request.credentials))
  await outageAsUnavailable(
    saveAccount(pool, { owner: request.owner, id, connector: connector.name, currency, sealed }),
  )
  return ok({ id, isNew: known === undefined, missing: missingFor(connector) })
}

function check({
  owner,
  connector: name,
  currency: code,
  credentials,
}: AccountRequest): Result<{ connector: Connector; currency: Currency }, AccountRefusal> {
  const connector = connectors.get(name)
  if (!connector) return no('connector', `there is none of that name: ${[...connectors.keys()].join(', ')}`)
  if (connector.fields.length === 0) return no('connector', `${name} needs no account`)
  const currency = currencyOf(code)
  if (currency === undefined) return no('currency', 'must be an ISO 4217 code that Tercet knows')
  const foreign = Object.keys(credentials).find((field) => !connector.fields.some(({ name: known }) => known === field))
  if (foreign !== undefined) return no(foreign, `is not a credential of ${name}`)
  const checked = connector.check(credentials)
  if (!checked.ok) return refuse(checked.reason)
  if (credentials.currency !== undefined && credentials.currency !== code)
    return no('currency', `the terminal's is ${credentials.currency}`)
  const missing = missingFor(connector)
  if (owner === operator && missing.length > 0)
    return no('connector', `${name} cannot collect instalments: it cannot ${missing.join(', ')}`)
  return ok({ connector, currency })
}

function missingFor({ abilities }: Connector): readonly string[] {
  return instalmentAbilities.filter((ability) => !abilities.has(ability)).map((ability) => ability.replaceAll('_', ' '))
}

function no(field: string, message: string): { readonly ok: false; readonly reason: AccountRefusal } {
  return refuse({ field, message })
}

export type AccountTest = 'answers' | 'does_not_answer' | 'not_usable'

/** Asks the acquirer about an attempt that never was: whoever knows that it never was has understood the credentials. Moves no money. */
export async function testAcquirerAccount(
  pool: pg.Pool,
  acquirers: AcquirerDirectory,
  { owner, id }: Pick<AcquirerAccount, 'owner' | 'id'>,
): Promise<AccountTest> {
  const merchantId = owner as MerchantId
  const account = await outageAsUnavailable(findAccount(pool, merchantId, id))
  const acquirer = account && (await acquirers(acquirerKey(account.connector, id), merchantId))
  if (!acquirer) return 'not_usable'
  const found = await acquirer.find(newAttemptId(), 10_000)
  return found.kind === 'never_seen' ? 'answers' : 'does_not_answer'
}
