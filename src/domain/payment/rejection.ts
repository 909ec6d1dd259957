import type { Currency } from '../../kernel/currency.ts'
import type { Action } from './action.ts'
import type { PaymentPurpose } from './payment.ts'
import type { ActionKind, PaymentState } from './state.ts'

/** What was asked for and refused: an action, or what an attempt was to be started for. */
export type RefusedAction = ActionKind | PaymentPurpose

/** Expected refusals, each with the facts its message needs. Mapped once per protocol. */
export type Rejection =
  | { readonly reason: 'unknown_payment' }
  /** `state` as the action found it: `expired` also when its time is over and its timer has not run yet */
  | { readonly reason: 'wrong_state'; readonly state: PaymentState; readonly action: RefusedAction }
  /** a void comes too late for a payment of which a part was captured */
  | { readonly reason: 'partly_captured'; readonly action: 'void' }
  | { readonly reason: 'amount_not_positive' }
  | { readonly reason: 'amount_exceeds_open'; readonly open: bigint; readonly currency: Currency }
  | { readonly reason: 'currency_mismatch'; readonly currency: string }
  | { readonly reason: 'amount_above_maximum'; readonly maximum: bigint; readonly currency: Currency }
  | { readonly reason: 'amount_below_minimum'; readonly minimum: bigint; readonly currency: Currency }
  | { readonly reason: 'product_not_agreed'; readonly product: string }
  | { readonly reason: 'period_out_of_range'; readonly minimumMs: number; readonly maximumMs: number }
  /** a rail attempt stands, or another operation on the same payment ran at the same time */
  | { readonly reason: 'operation_in_progress' }
  /** the idempotency key was used with another body */
  | { readonly reason: 'key_reused' }
  /** a session of an event has not that many seats left */
  | { readonly reason: 'sold_out'; readonly left: number }
  | { readonly reason: 'coupon_used_up' }
  /** a timer that is not due, an attempt that was finished before: nothing to do */
  | { readonly reason: 'nothing_due' }

type Reason = Rejection['reason']

const anyPayment = ['unknown_payment', 'operation_in_progress'] as const
const byMerchant = [...anyPayment, 'wrong_state', 'key_reused'] as const
const anyNew = ['amount_not_positive', 'amount_above_maximum', 'amount_below_minimum', 'period_out_of_range'] as const
const ofAmount = ['amount_not_positive', 'amount_exceeds_open'] as const

/**
 * What each action may be refused for. The deciders' types are made of it, so that one cannot answer another action's reasons, and so are
 * the engine's replies, so that a caller has words for those of its own actions and for no others. The engine asserts it as well, since a
 * companion's refusals are known only when it runs.
 */
export const reasonsOf = {
  create: [...anyNew, 'currency_mismatch', 'product_not_agreed', 'key_reused'],
  request: [...anyNew, 'sold_out', 'coupon_used_up', 'key_reused'],
  start_attempt: [...byMerchant, ...ofAmount, 'amount_above_maximum', 'amount_below_minimum', 'product_not_agreed'],
  finish_attempt: [...anyPayment, 'nothing_due'],
  resume_attempt: [...anyPayment, 'wrong_state', 'nothing_due'],
  delay: [...byMerchant, 'period_out_of_range'],
  capture: [...byMerchant, ...ofAmount],
  capture_part: [...byMerchant, ...ofAmount],
  reduce: [...byMerchant, ...ofAmount],
  close: byMerchant,
  void: [...byMerchant, 'partly_captured'],
  refund: [...byMerchant, ...ofAmount],
  receive: [...anyPayment, ...ofAmount, 'wrong_state', 'nothing_due'],
  update_references: byMerchant,
  flag: [...anyPayment, 'wrong_state'],
  timer: [...anyPayment, 'nothing_due'],
} as const satisfies Record<Action['kind'], readonly Reason[]>

/** What these actions may be refused for. */
export type RejectionOf<Kind extends Action['kind']> = RejectionFor<(typeof reasonsOf)[Kind][number]>

/** An amount that is not open. */
export type AmountRejection = RejectionFor<(typeof ofAmount)[number]>

/** The rejections of these reasons. */
export type RejectionFor<R extends Reason> = Extract<Rejection, { reason: R }>
