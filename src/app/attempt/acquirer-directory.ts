import type pg from 'pg'
import { findInstanceCredentials } from '../../db/catalogue/catalogue-credentials.ts'
import type { MerchantId } from '../../kernel/ids.ts'
import type { ConnectorParts } from '../../rails/card/connector.ts'
import { connectors } from '../../rails/card/index.ts'
import type { AcquirerDirectory, CardAcquirer } from '../../rails/rail.ts'
import { outageAsUnavailable } from '../shared/outage.ts'
import type { Sealer } from '../shared/seal.ts'

/** What an attempt carries as its acquirer: the connector, and the instance whose credentials it used, if it has any. */
export function acquirerKey(connector: string, instance: string): string {
  return connector === sandboxConnector ? connector : `${connector}/${instance}`
}

const sandboxConnector = 'sandbox'

type Known = { readonly sealed: Buffer; readonly acquirer: CardAcquirer }

/**
 * Acquirers by the key that attempts carry. Each is made once and kept until its credentials change. Undefined: no such
 * connector, instance or credentials, or credentials that the connector refuses.
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
    const [name = '', instance = ''] = key.split('/')
    const row = await outageAsUnavailable(findInstanceCredentials(pool, merchantId, instance))
    if (!row?.sealed || row.acquirer !== name) return undefined
    const before = known.get(key)
    if (before?.sealed.equals(row.sealed)) return before.acquirer
    const made = connectors.get(name)?.create(JSON.parse(sealer.open(row.sealed)), parts)
    if (!made?.ok) return undefined
    known.set(key, { sealed: row.sealed, acquirer: made.value })
    return made.value
  }
}
