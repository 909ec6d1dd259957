import {
  type HolderKey,
  type LockedCapacity,
  type LockedCoupon,
  lockCouponUses,
  lockEventCapacity,
} from '../db/catalogue/catalogue-capacity.ts'
import { findApplied, findResponses, lockPayments, type PaymentKey, type Sender } from '../db/payment/payment-batch.ts'
import { beginWrites } from '../db/wire/connection.ts'
import { type Pipeline, together } from '../db/wire/together.ts'
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
export async function loadBatch(sender: Pipeline, entries: readonly Entry[], recovering: boolean): Promise<Loaded> {
  const { sent, loading } = together(sender, () => sendLoads(sender, entries, recovering))
  await allSent(sent)
  const [payments, responses, applied, seats, coupons] = await Promise.all(loading)
  const lastSeen = recovering ? [] : entries.flatMap(({ command }) => command.lastSeen ?? [])
  return { facts: { payments, lastSeen, responses, applied, seats, coupons }, isBegun: sent.length > 0 }
}

function sendLoads(sender: Sender, entries: readonly Entry[], recovering: boolean) {
  const sent: Promise<unknown>[] = []
  const send = <T>(query: () => Promise<T>): Promise<T> => {
    if (sent.length === 0) sent.push(sender.query(beginWrites))
    const result = query()
    sent.push(result)
    return result
  }
  const keys = paymentKeys(entries.filter((entry) => mustBeSeen(entry, recovering)))
  const claims = entries.flatMap(({ command }) =>
    command.idempotency ? [{ merchantId: command.merchant.id, ...command.idempotency }] : [],
  )
  const payments = keys.length > 0 ? send(() => lockPayments(sender, keys)) : []
  const responses = claims.length > 0 ? send(() => findResponses(sender, claims)) : []
  const applied = recovering ? send(() => findApplied(sender, entries.map(commandKeyOf))) : []
  const { seats, coupons } = loadStock(sender, entries, send)
  return { sent, loading: [payments, responses, applied, seats, coupons] as const }
}

function commandKeyOf({ command, paymentId }: Entry) {
  return { merchantId: command.merchant.id, paymentId, id: command.id }
}

/** What orders of the batch take or may give back, locked after the payments and in an order of its own. */
function loadStock(
  sender: Sender,
  entries: readonly Entry[],
  send: <T>(query: () => Promise<T>) => Promise<T>,
): { seats: Promise<LockedCapacity[]> | []; coupons: Promise<LockedCoupon[]> | [] } {
  const holders = entries.filter(({ command }) => command.mayRelease).map(holderOf)
  const seats = entries.flatMap(
    ({ command }) => command.order?.reservations.map((seat) => ({ merchantId: command.merchant.id, ...seat })) ?? [],
  )
  const coupons = entries.flatMap(({ command }) =>
    command.order?.couponUse ? [{ merchantId: command.merchant.id, couponUuid: command.order.couponUse }] : [],
  )
  return {
    seats: seats.length + holders.length > 0 ? send(() => lockEventCapacity(sender, seats, holders)) : [],
    coupons: coupons.length + holders.length > 0 ? send(() => lockCouponUses(sender, coupons, holders)) : [],
  }
}

function holderOf(entry: Entry): HolderKey {
  return { merchantId: entry.command.merchant.id, paymentId: entry.paymentId }
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
 * Whatever went wrong before, the next try looks at everything. Seats are locked after the payments that hold them, so a payment
 * that may give some back is always looked at.
 */
function mustBeSeen({ makesPayment, command }: Entry, recovering: boolean): boolean {
  const isKnown = command.lastSeen !== undefined && !command.mayRelease && !command.wantsDetails
  return recovering || !(makesPayment || isKnown)
}

function paymentKeys(entries: readonly Entry[]): PaymentKey[] {
  const keys = new Map<string, PaymentKey>()
  for (const entry of entries) {
    const wantsDetails = (entry.command.wantsDetails ?? false) || (keys.get(entry.paymentKey)?.wantsDetails ?? false)
    keys.set(entry.paymentKey, { merchantId: entry.command.merchant.id, paymentId: entry.paymentId, wantsDetails })
  }
  return [...keys.values()]
}
