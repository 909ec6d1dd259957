/**
 * Every state a payment can be in, in the protocol-neutral words of the field. What a protocol calls them is that
 * protocol's record over this union.
 */
export const paymentStates = [
  'created',
  'processing',
  'authorized',
  'delayed',
  'captured',
  'partially_refunded',
  'refunded',
  'voided',
  'expired',
  'lapsed',
  'failed',
] as const

export type PaymentState = (typeof paymentStates)[number]

/** What can be asked of a payment that exists. `create` and `request` make one and stand outside the table. */
export const actionKinds = [
  'start_attempt',
  'finish_attempt',
  'resume_attempt',
  'delay',
  'capture',
  'capture_part',
  'reduce',
  'close',
  'void',
  'refund',
  'receive',
  'update_references',
  'flag',
  'timer',
] as const

export type ActionKind = (typeof actionKinds)[number]

/**
 * The legal transitions: from each state, by each action, the states it may lead to. An action that is missing is
 * refused with `wrong_state`; one that lists its own state may leave the payment where it is (a decline, a repeat, a
 * timer that only warns). `decide` asserts its answers against this table, and docs/generated prints it.
 */
export const transitions = {
  created: {
    start_attempt: ['created'],
    resume_attempt: ['created'],
    finish_attempt: ['authorized', 'captured', 'created', 'failed'],
    receive: ['created', 'processing'],
    void: ['expired'],
    update_references: ['created'],
    timer: ['expired', 'created', 'failed'],
  },
  processing: {
    receive: ['processing', 'captured', 'created', 'expired'],
    update_references: ['processing'],
  },
  authorized: {
    delay: ['delayed'],
    capture: ['captured'],
    void: ['voided'],
    update_references: ['authorized'],
    timer: ['lapsed', 'authorized'],
  },
  delayed: {
    delay: ['delayed'],
    capture: ['captured'],
    capture_part: ['delayed', 'captured'],
    reduce: ['delayed', 'captured', 'voided'],
    close: ['captured', 'voided'],
    void: ['voided'],
    update_references: ['delayed'],
    flag: ['delayed'],
    timer: ['lapsed', 'captured', 'delayed'],
  },
  captured: {
    start_attempt: ['captured'],
    finish_attempt: ['captured', 'partially_refunded', 'refunded', 'voided'],
    capture: ['captured'],
    receive: ['captured'],
    refund: ['partially_refunded', 'refunded'],
    update_references: ['captured'],
    flag: ['captured'],
  },
  partially_refunded: {
    start_attempt: ['partially_refunded'],
    finish_attempt: ['partially_refunded', 'refunded'],
    capture: ['partially_refunded'],
    refund: ['partially_refunded', 'refunded'],
    update_references: ['partially_refunded'],
    flag: ['partially_refunded'],
  },
  refunded: { capture: ['refunded'], update_references: ['refunded'], flag: ['refunded'] },
  voided: { void: ['voided'], update_references: ['voided'], flag: ['voided'] },
  expired: { void: ['expired'], receive: ['expired', 'processing'], update_references: ['expired'] },
  lapsed: { update_references: ['lapsed'] },
  failed: { finish_attempt: ['failed'], update_references: ['failed'] },
} as const satisfies Record<PaymentState, Partial<Record<ActionKind, readonly PaymentState[]>>>

/** Where the table lets `action` lead from `state`; empty when it is refused. */
export function reachable(state: PaymentState, action: ActionKind): readonly PaymentState[] {
  const row: Partial<Record<ActionKind, readonly PaymentState[]>> = transitions[state]
  return row[action] ?? []
}
