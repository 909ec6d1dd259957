import { findApplied, findResponses, lockPayments, type PaymentKey } from '../db/payment/payment-batch.ts'
import { beginWrites } from '../db/wire/connection.ts'
import type { Sender } from '../db/wire/statement.ts'
import { type Pipeline, together } from '../db/wire/together.ts'
import type { Companion, OpenCompanion, Send } from './companion.ts'
import type { Facts } from './decide-batch.ts'
import type { Entry } from './entry.ts'

export type Loaded = {
  readonly facts: Facts
  /** Whether the transaction is open; where nothing had to be loaded, it opens with the writes. */
  readonly isBegun: boolean
}

/**
 * Opens the transaction and loads what the batch needs, all in one round trip, or in none when it needs nothing: new
 * payments have no past. While recovering from a lost connection it also asks which of the commands were committed after
 * all: after the locks, so that the lost transaction has ended.
 */
export async function loadBatch(
  sender: Pipeline,
  entries: readonly Entry[],
  { companions, isRecovering }: LoadOptions,
): Promise<Loaded> {
  const concerned = companions.flatMap((companion) => {
    const carriers = entries.filter(({ command }) => companion.concerns(command))
    return carriers.length > 0 ? [{ companion, carriers }] : []
  })
  const { sent, loading } = together(sender, () => sendLoads(sender, entries, concerned, isRecovering))
  await allSent(sent)
  const [payments, responses, applied, opened] = await Promise.all(loading)
  const lastSeen = isRecovering ? [] : entries.flatMap(({ command }) => command.lastSeen ?? [])
  return { facts: { payments, lastSeen, responses, applied, companions: opened }, isBegun: sent.length > 0 }
}

export type LoadOptions = {
  /** in the order in which they lock rows */
  readonly companions: readonly Companion[]
  /** something went wrong with the batch before */
  readonly isRecovering: boolean
}

type Concerned = { readonly companion: Companion; readonly carriers: readonly Entry[] }

function sendLoads(sender: Sender, entries: readonly Entry[], concerned: readonly Concerned[], isRecovering: boolean) {
  const sent: Promise<unknown>[] = []
  const send: Send = (query) => {
    if (sent.length === 0) sent.push(sender.query(beginWrites))
    const result = query(sender)
    sent.push(result)
    return result
  }
  const carriers = new Set(concerned.flatMap((each) => each.carriers))
  const keys = paymentKeys(entries.filter((entry) => isRecovering || mustBeSeen(entry, carriers.has(entry))))
  const claims = entries.flatMap(({ command }) =>
    command.idempotency ? [{ merchantId: command.merchant.id, ...command.idempotency }] : [],
  )
  const payments = keys.length > 0 ? send(() => lockPayments(sender, keys)) : []
  const responses = claims.length > 0 ? send(() => findResponses(sender, claims)) : []
  const applied = isRecovering ? send(() => findApplied(sender, entries.map(commandKeyOf))) : []
  const opened = Promise.all(concerned.map((each) => open(each, send)))
  // A statement that fails is told by `sent`; this echo of it must not count as an error that nobody heard.
  opened.catch(() => undefined)
  return { sent, loading: [payments, responses, applied, opened] as const }
}

async function open({ companion, carriers }: Concerned, send: Send): Promise<OpenCompanion> {
  return { companion, part: await companion.load(carriers, send) }
}

function commandKeyOf({ command, paymentId }: Entry) {
  return { merchantId: command.merchant.id, paymentId, id: command.id }
}

/** Waits for every statement, then throws the first error that is a cause and not an echo of an earlier one. */
export async function allSent(sent: readonly Promise<unknown>[]): Promise<void> {
  const results = await Promise.allSettled(sent)
  const errors = results.filter((r) => r.status === 'rejected').map((r) => r.reason as Error & { code?: string })
  const cause = errors.find((error) => error.code !== transactionAborted) ?? errors[0]
  if (cause) throw cause
}

/** What PostgreSQL answers to each statement after the one that failed. */
const transactionAborted = '25P02'

/**
 * Whatever went wrong before, the next try looks at everything. What companions lock is locked after its payment, so a payment that
 * concerns one is always looked at.
 */
function mustBeSeen({ makesPayment, command }: Entry, concernsCompanion: boolean): boolean {
  const isKnown = command.lastSeen !== undefined && !concernsCompanion && !command.wantsDetails
  return !(makesPayment || isKnown)
}

function paymentKeys(entries: readonly Entry[]): PaymentKey[] {
  const keys = new Map<string, PaymentKey>()
  for (const entry of entries) {
    const wantsDetails = (entry.command.wantsDetails ?? false) || (keys.get(entry.paymentKey)?.wantsDetails ?? false)
    keys.set(entry.paymentKey, { merchantId: entry.command.merchant.id, paymentId: entry.paymentId, wantsDetails })
  }
  return [...keys.values()]
}
