import { releaseEventCapacity, reserveEventCapacity } from '../db/catalogue-capacity.ts'
import { insertSalescloudOrders } from '../db/catalogue-orders.ts'
import { beginWrites } from '../db/connection.ts'
import {
  finishAttempts,
  insertAttempts,
  insertEvents,
  insertPayments,
  insertResponses,
  insertTransfers,
  type Sender,
  updatePayments,
} from '../db/payment-batch.ts'
import { type Pipeline, together } from '../db/together.ts'
import { insertWebhookMessages, isAnnounced } from '../db/webhook-outbox.ts'
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
  if (!isBegun && Object.values(writes).every((rows) => rows.length === 0)) return new Set()
  const { begun, sent, notified, commit } = together(sender, () => ({
    begun: isBegun ? [] : [sender.query(beginWrites)],
    ...sendWrites(sender, writes),
    commit: sender.query('commit'),
  }))
  try {
    await allSent([...begun, ...sent, commit])
  } catch (error) {
    throw (await isCommitted(commit)) ? new CommittedInPart(error) : error
  }
  const { command } = await commit
  // In a pipeline `commit` is sent before the answers are read; after a failure it answers ROLLBACK without an error.
  assert(command === 'COMMIT', `a batch without an error is committed, not ${command}`)
  return (await notified) ?? new Set()
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

function sendWrites(
  sender: Sender,
  writes: Writes,
): { sent: Promise<unknown>[]; notified: Promise<ReadonlySet<MerchantId>> | undefined } {
  const sent: Promise<unknown>[] = []
  if (writes.inserted.length > 0) sent.push(insertPayments(sender, writes.inserted))
  if (writes.updated.length > 0) sent.push(updatePayments(sender, writes.updated))
  if (writes.events.length > 0) sent.push(insertEvents(sender, writes.events))
  const notified = writes.events.some(isAnnounced) ? insertWebhookMessages(sender, writes.events) : undefined
  if (notified) sent.push(notified)
  if (writes.transfers.length > 0) sent.push(insertTransfers(sender, writes.transfers))
  if (writes.attempts.length > 0) sent.push(insertAttempts(sender, writes.attempts))
  if (writes.finished.length > 0) sent.push(finishAttempts(sender, writes.finished))
  if (writes.responses.length > 0) sent.push(insertResponses(sender, writes.responses))
  if (writes.orders.length > 0) sent.push(insertSalescloudOrders(sender, writes.orders))
  if (writes.reservations.length > 0) sent.push(reserveEventCapacity(sender, writes.reservations))
  if (writes.released.length > 0) sent.push(releaseEventCapacity(sender, writes.released))
  return { sent, notified }
}
