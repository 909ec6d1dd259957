import type pg from 'pg'
import { insertAuditEntry, listAuditEntries, lockChain, readChain } from '../../db/audit/audit-entries.ts'
import { inSnapshot, inTransaction } from '../../db/wire/transaction.ts'
import {
  type Actor,
  type AuditEntry,
  type AuditedAction,
  brokenLink,
  type ChainPlace,
  chain,
} from '../../domain/audit/audit-entry.ts'
import type { Clock } from '../../kernel/clock.ts'
import type { MerchantId } from '../../kernel/ids.ts'
import { outageAsUnavailable } from '../shared/outage.ts'

/** Who acts, and where from: what the audit log keeps of it. */
export type By = { readonly actor: Actor; readonly address: string | null }

export type AuditPage = { readonly merchantId: MerchantId; readonly before: bigint | null; readonly limit: number }

export type AuditLog = {
  /** Adds an entry in a transaction of its own, after what it is about was committed. */
  readonly record: (action: AuditedAction) => Promise<void>
  /** Newest first. */
  readonly list: (page: AuditPage) => Promise<readonly AuditEntry[]>
  /** Every entry of a merchant, oldest first, a few hundred at a time. */
  readonly export: (merchantId: MerchantId) => AsyncIterable<readonly AuditEntry[]>
}

export function createAuditLog(pool: pg.Pool, clock: Clock): AuditLog {
  return {
    record: (action) => outageAsUnavailable(inTransaction(pool, (client) => recordIn(client, action, clock))),
    list: (page) => outageAsUnavailable(listAuditEntries(pool, page)),
    export: (merchantId) => walk(pool, merchantId),
  }
}

/** Adds an entry in the transaction of what it is about: either both are there, or neither. */
export async function recordIn(client: pg.PoolClient, action: AuditedAction, clock: Clock): Promise<void> {
  const last = await lockChain(client, action.merchantId)
  await insertAuditEntry(client, chain(action, last, clock.now()))
}

const pageSize = 500

async function* walk(pool: pg.Pool, merchantId: MerchantId): AsyncIterable<readonly AuditEntry[]> {
  let after = 0n
  for (;;) {
    const entries = await outageAsUnavailable(readChain(pool, merchantId, after, pageSize))
    if (entries.length > 0) yield entries
    if (entries.length < pageSize) return
    after = entries.at(-1)?.number ?? after
  }
}

export type AuditProof = { readonly entries: bigint; readonly fault: string | undefined }

/** Walks a merchant's chain from its first entry. A fault names the first entry that is missing, changed or out of place. */
export async function proveAuditLog(pool: pg.Pool, merchantId: MerchantId): Promise<AuditProof> {
  return await inSnapshot(pool, async (client) => {
    let last: ChainPlace | undefined
    for (;;) {
      const entries = await readChain(client, merchantId, last?.number ?? 0n, pageSize)
      for (const entry of entries) {
        const fault = brokenLink(entry, last)
        if (fault !== undefined) return { entries: last?.number ?? 0n, fault }
        last = entry
      }
      if (entries.length < pageSize) return { entries: last?.number ?? 0n, fault: undefined }
    }
  })
}
