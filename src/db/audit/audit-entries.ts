import type pg from 'pg'
import type { AuditEntry, ChainPlace } from '../../domain/audit/audit-entry.ts'
import type { MerchantId } from '../../kernel/ids.ts'
import { timestampText } from '../wire/connection.ts'

type Sender = Pick<pg.Client, 'query'>

type Row = Omit<AuditEntry, 'actor'> & { readonly actorKind: AuditEntry['actor']['kind']; readonly actorName: string }

const columns = `merchant_id as "merchantId", number, at, actor_kind as "actorKind", actor as "actorName", action, subject,
  before, after, address, previous_hash as "previousHash", hash`

/** The end of a merchant's chain, locked until the transaction ends: entries are added one at a time. */
export async function lockChain(sender: Sender, merchantId: MerchantId): Promise<ChainPlace | undefined> {
  await sender.query(`select pg_advisory_xact_lock(hashtext('tercet audit log'), $1)`, [merchantId])
  const result = await sender.query<ChainPlace>(
    'select number, hash from audit_entry where merchant_id = $1 order by number desc limit 1',
    [merchantId],
  )
  return result.rows[0]
}

export async function insertAuditEntry(sender: Sender, entry: AuditEntry): Promise<void> {
  await sender.query(
    `insert into audit_entry (merchant_id, number, at, actor_kind, actor, action, subject, before, after, address, previous_hash, hash)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
    [
      entry.merchantId,
      entry.number,
      timestampText(entry.at),
      entry.actor.kind,
      entry.actor.name,
      entry.action,
      entry.subject,
      entry.before,
      entry.after,
      entry.address,
      entry.previousHash,
      entry.hash,
    ],
  )
}

/** Newest first, older than `before` when it is given. */
export async function listAuditEntries(
  sender: Sender,
  { merchantId, before, limit }: { merchantId: MerchantId; before: bigint | null; limit: number },
): Promise<AuditEntry[]> {
  const result = await sender.query<Row>(
    `select ${columns} from audit_entry where merchant_id = $1 and ($2::bigint is null or number < $2)
     order by number desc limit $3`,
    [merchantId, before, limit],
  )
  return result.rows.map(entryOf)
}

/** The next part of a merchant's chain, oldest first: what a check or an export walks. */
export async function readChain(
  sender: Sender,
  merchantId: MerchantId,
  after: bigint,
  limit: number,
): Promise<AuditEntry[]> {
  const result = await sender.query<Row>(
    `select ${columns} from audit_entry where merchant_id = $1 and number > $2 order by number limit $3`,
    [merchantId, after, limit],
  )
  return result.rows.map(entryOf)
}

function entryOf({ actorKind, actorName, ...row }: Row): AuditEntry {
  return { ...row, actor: { kind: actorKind, name: actorName } }
}
