import { insertEvents } from '../db/event/events.ts'
import { insertTransfers } from '../db/ledger/transfers.ts'
import {
  finishAttempts,
  insertAttempts,
  insertPayments,
  insertResponses,
  recheckAttempts,
  updatePayments,
} from '../db/payment/payment-batch.ts'
import { announceEvents, isAnnounced, type MessageRow } from '../db/webhook/webhook-outbox.ts'
import { beginWrites } from '../db/wire/connection.ts'
import type { Statement } from '../db/wire/statement.ts'
import { type Pipeline, together } from '../db/wire/together.ts'
import { assert } from '../kernel/assert.ts'
import type { MerchantId } from '../kernel/ids.ts'
import type { Writes } from './decide-batch.ts'
import { allSent } from './load-batch.ts'

/**
 * Writes a decided batch and commits it, in one round trip; opens the transaction as well when loading did not. Returns once the
 * commit is durable, with the merchants that have webhooks to be sent. Throws the database's error when it refused anything:
 * then nothing of the batch was written. Refusals for which nothing was loaded cost the database nothing.
 */
export async function writeBatch(sender: Pipeline, writes: Writes, isBegun: boolean): Promise<ReadonlySet<MerchantId>> {
  const statements = statementsOf(writes)
  const announcing = writes.events.some(isAnnounced) ? announceEvents(writes.events) : undefined
  if (announcing) statements.push(announcing.feed)
  if (!isBegun && statements.length === 0) return new Set()
  const { begun, sent, notified, commit } = together(sender, () => ({
    begun: isBegun ? [] : [sender.query(beginWrites)],
    sent: statements.map((statement) => sender.query(statement)),
    notified: announcing && sender.query<MessageRow>(announcing.messages),
    commit: sender.query('commit'),
  }))
  try {
    await allSent([...begun, ...sent, ...(notified ? [notified] : []), commit])
  } catch (error) {
    throw (await isCommitted(commit)) ? new CommittedInPart(error) : error
  }
  const { command } = await commit
  // In a pipeline `commit` is sent before the answers are read; after a failure it answers ROLLBACK without an error.
  assert(command === 'COMMIT', `a batch without an error is committed, not ${command}`)
  const toSend = (await notified)?.rows ?? []
  return new Set(toSend.map((row) => row.merchant_id))
}

/**
 * A statement failed before it left this process, so the database knew nothing of it and committed the others: a bug. It counts
 * as a lost connection, so that the commands are found in their events and are not applied once more.
 */
class CommittedInPart extends Error {
  constructor(cause: unknown) {
    super('a batch was committed without one of its statements', { cause })
    this.name = 'CommittedInPart'
  }
}

async function isCommitted(commit: Promise<{ readonly command: string }>): Promise<boolean> {
  const [result] = await Promise.allSettled([commit])
  return result?.status === 'fulfilled' && result.value.command === 'COMMIT'
}

/** Every row is encoded before anything is sent: one that cannot be must not leave the others to be committed without it. */
function statementsOf(writes: Writes): Statement[] {
  const of = <Row>(rows: readonly Row[], write: (rows: readonly Row[]) => Statement): Statement[] =>
    rows.length > 0 ? [write(rows)] : []
  return [
    ...of(writes.inserted, insertPayments),
    ...of(writes.updated, updatePayments),
    ...of(writes.events, insertEvents),
    ...of(writes.transfers, insertTransfers),
    ...of(writes.attempts, insertAttempts),
    ...of(writes.finished, finishAttempts),
    ...of(writes.rechecked, recheckAttempts),
    ...of(writes.responses, insertResponses),
    ...writes.statements,
  ]
}
