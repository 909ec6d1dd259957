import type { Action } from '../../../domain/payment/action.ts'
import { ok, type Result, refuse } from '../../../kernel/result.ts'
import { isObject, type JsonObject } from '../../shared/body.ts'
import { hardReference, type Issue, isAbsent, issue, softReference, wholeNumberOf } from '../validation.ts'
import { readAmount } from './amount.ts'

type Of<K extends Action['kind']> = Extract<Action, { kind: K }>
type Parsed<A> = Result<A, readonly Issue[]>

/** A delay without a period lasts five days (scalapay.md 7). */
const delayMs = 432_000_000

/** `merchantReference` left out removes the stored one; the processor's is left alone then (scalapay.md 4). */
export function parseUpdate(value: JsonObject): Parsed<Of<'update_references'>> {
  const issues: Issue[] = []
  const { merchantReference, merchantProcessorReference } = value
  const reference =
    merchantReference === undefined ? null : hardReference(merchantReference, ['merchantReference'], issues)
  const processor =
    merchantProcessorReference === undefined
      ? undefined
      : hardReference(merchantProcessorReference, ['merchantProcessorReference'], issues)
  return answer(issues, {
    kind: 'update_references',
    ...(reference !== undefined && { merchantReference: reference }),
    ...(processor !== undefined && { processorReference: processor }),
  })
}

export function parseCapture(value: JsonObject): Parsed<Of<'capture'>> {
  return parseAnyCapture('capture', value)
}

/** The body of `delay/capture` is unpublished: taken as that of a capture (scalapay.md 10). */
export function parsePartCapture(value: JsonObject): Parsed<Of<'capture_part'>> {
  return parseAnyCapture('capture_part', value)
}

function parseAnyCapture<K extends 'capture' | 'capture_part'>(kind: K, value: JsonObject) {
  const issues: Issue[] = []
  const amount = isFullAmount(value.amount) ? undefined : readAmount(value.amount, ['amount'], issues)
  return answer(issues, { kind, ...(amount !== undefined && { amount }), ...newReference(value, issues) })
}

/** No amount means all; so does an amount object without an inner amount, which one plugin sends (scalapay.md 8). */
function isFullAmount(value: unknown): boolean {
  if (isAbsent(value)) return true
  return isObject(value) && value.amount === undefined && (value.currency === undefined || value.currency === 'EUR')
}

export function parseDelay(value: JsonObject): Parsed<Of<'delay'>> {
  const issues: Issue[] = []
  const { authorizationExpiryMilliseconds: sent } = value
  const periodMs = isAbsent(sent) || sent === '' ? delayMs : wholeNumberOf(sent)
  if (periodMs === undefined) {
    issues.push(issue(['authorizationExpiryMilliseconds'], 'must be an integer', 'number.integer'))
  }
  return answer(issues, { kind: 'delay', periodMs: periodMs ?? delayMs, ...newReference(value, issues) })
}

export function parseVoid(value: JsonObject): Parsed<Of<'void'>> {
  const issues: Issue[] = []
  return answer(issues, { kind: 'void', ...newReference(value, issues) })
}

export function parseClose(): Parsed<Of<'close'>> {
  return ok({ kind: 'close' })
}

/** scalapay.md 9.2. Both references may be empty strings (PHP SDK). */
export function parseRefund(value: JsonObject): Parsed<Of<'refund'>> {
  const issues: Issue[] = []
  const amount = readAmount(value.refundAmount, ['refundAmount'], issues)
  const refundReference = softReference(value.merchantRefundReference, ['merchantRefundReference'], issues)
  const reference = newReference(value, issues)
  if (amount === undefined) return refuse(issues)
  return answer(issues, {
    ...{ kind: 'refund', amount, ...(refundReference !== undefined && { refundReference }) },
    ...reference,
  })
}

/**
 * `delay/refund` takes a part off the order before it is captured. What has been captured is refunded by `/refund` once
 * the order is closed, so a `refundCapturedAmount` is refused rather than silently left out.
 */
export function parseReduce(value: JsonObject): Parsed<Of<'reduce'>> {
  const issues: Issue[] = []
  const amount = readAmount(value.refundAmount, ['refundAmount'], issues)
  if (!isAbsent(value.refundCapturedAmount)) issues.push(capturedPart)
  const reference = newReference(value, issues)
  if (amount === undefined) return refuse(issues)
  return answer(issues, { kind: 'reduce', amount, ...reference })
}

const capturedPart = issue(
  ['refundCapturedAmount'],
  'is not supported: refund captured parts when the order is closed',
  'any.unknown',
)

function newReference(value: JsonObject, issues: Issue[]): { merchantReference?: string } {
  const merchantReference = softReference(value.merchantReference, ['merchantReference'], issues)
  return merchantReference === undefined ? {} : { merchantReference }
}

function answer<A>(issues: readonly Issue[], action: A): Parsed<A> {
  return issues.length === 0 ? ok(action) : refuse(issues)
}
