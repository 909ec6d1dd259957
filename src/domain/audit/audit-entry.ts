import { createHash } from 'node:crypto'
import type { MerchantId } from '../../kernel/ids.ts'
import type { Instant } from '../../kernel/instant.ts'

/** Who did it: a person, the operator at the command line, a merchant's key, or the program by itself. */
export type Actor = { readonly kind: 'user' | 'operator' | 'key' | 'system'; readonly name: string }

/** One action, before it has its place in the chain. `before` and `after` are what changed, without secrets. */
export type AuditedAction = {
  readonly merchantId: MerchantId
  readonly actor: Actor
  /** a verb with its object, `refund_payment` */
  readonly action: string
  /** what it was done to: an order's token, a key's id, a person's address */
  readonly subject: string
  readonly before: unknown
  readonly after: unknown
  /** where it came from; null for the program's own */
  readonly address: string | null
}

/** An entry as it is stored: numbered from 1 without a gap, holding the hash of the entry before it. JSON as stored text. */
export type AuditEntry = Omit<AuditedAction, 'before' | 'after'> & {
  readonly number: bigint
  readonly at: Instant
  readonly before: string | null
  readonly after: string | null
  readonly previousHash: Buffer
  readonly hash: Buffer
}

/** What the first entry holds in place of its predecessor's hash. */
const chainStart: Buffer = Buffer.alloc(32)

export type ChainPlace = Pick<AuditEntry, 'number' | 'hash'>

/** The entry that follows `last`. */
export function chain(action: AuditedAction, last: ChainPlace | undefined, at: Instant): AuditEntry {
  const entry = {
    ...action,
    number: (last?.number ?? 0n) + 1n,
    at,
    before: jsonOf(action.before),
    after: jsonOf(action.after),
    previousHash: last?.hash ?? chainStart,
  }
  return { ...entry, hash: hashOf(entry) }
}

/** Where a merchant's chain, given in order, is broken: an entry missing, changed or out of its place. Undefined when it is whole. */
export function brokenLink(entry: AuditEntry, last: ChainPlace | undefined): string | undefined {
  const number = (last?.number ?? 0n) + 1n
  if (entry.number !== number) return `entry ${number} is missing`
  if (!entry.previousHash.equals(last?.hash ?? chainStart)) return `entry ${number} does not follow the one before it`
  return entry.hash.equals(hashOf(entry)) ? undefined : `entry ${number} was changed`
}

/** Every field with its length before it, so that no two entries are ever the same text. */
function hashOf(entry: Omit<AuditEntry, 'hash'>): Buffer {
  const { merchantId, number, at, actor, action, subject, before, after, address, previousHash } = entry
  const hash = createHash('sha256').update(previousHash)
  const fields = [
    String(merchantId),
    String(number),
    String(at),
    actor.kind,
    actor.name,
    action,
    subject,
    before,
    after,
    address,
  ]
  for (const field of fields) {
    const bytes = Buffer.from(field ?? '')
    hash.update(field === null ? 'null;' : `${bytes.length};`).update(bytes)
  }
  return hash.digest()
}

function jsonOf(value: unknown): string | null {
  return value === undefined || value === null ? null : JSON.stringify(value)
}
