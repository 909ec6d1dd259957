import type pg from 'pg'
import { findAccount } from '../../db/acquirer/acquirer-accounts.ts'
import type { MerchantId } from '../../kernel/ids.ts'
import type { ConnectorParts } from '../../rails/card/connector.ts'
import { connectors } from '../../rails/card/index.ts'
import type { AcquirerDirectory, CardAcquirer } from '../../rails/rail.ts'
import { outageAsUnavailable } from '../shared/outage.ts'
import type { Sealer } from '../shared/seal.ts'

/** What an attempt carries as its acquirer: the connector, and the account whose credentials it used, if it has any. */
export function acquirerKey(connector: string, accountId: string): string {
  return connector === sandboxConnector ? connector : `${connector}/${accountId}`
}

/** The connector that needs no account. */
export const sandboxConnector = 'sandbox'

type Known = { readonly sealed: Buffer; readonly acquirer: CardAcquirer }

/**
 * Acquirers by the key that attempts carry. Each is made once and kept until its credentials change. Undefined: no such
 * connector, account or credentials, or credentials that the connector refuses.
 */
export function createAcquirerDirectory(
  pool: pg.Pool,
  sealer: Sealer,
  sandbox: CardAcquirer | undefined,
  parts: ConnectorParts,
): AcquirerDirectory {
  const known = new Map<string, Known>()
  return async (key: string, merchantId: MerchantId) => {
    if (key === sandboxConnector) return sandbox
    const [name = '', accountId = ''] = key.split('/')
    const account = await outageAsUnavailable(findAccount(pool, merchantId, accountId))
    if (!account?.sealed || account.connector !== name) return undefined
    // Two owners may have an account of the same id.
    const place = `${account.owner} ${key}`
    const before = known.get(place)
    if (before?.sealed.equals(account.sealed)) return before.acquirer
    const made = connectors.get(name)?.create(JSON.parse(sealer.open(account.sealed)), parts)
    if (!made?.ok) return undefined
    known.set(place, { sealed: account.sealed, acquirer: made.value })
    return made.value
  }
}
