import { MissingSigningKey, type PrintedWebhook, type PrintWebhook } from '../../app/webhook/print-webhook.ts'
import type { ClaimedMessage, RecordedResult } from '../../db/webhook/webhook-claims.ts'
import { nextAttemptAt } from '../../domain/webhook/retry-schedule.ts'
import { Unavailable } from '../../engine/command.ts'
import type { GuardedClient } from '../../http/outgoing/guarded-request.ts'
import type { Outcome } from '../../http/outgoing/outcome.ts'
import { type Instant, millisecond, plus } from '../../kernel/instant.ts'

export type AttemptResult = {
  readonly recorded: RecordedResult
  /** what it says of the receiver; undefined when the receiver was never asked */
  readonly seen: { readonly success: boolean; readonly latencyMs: number } | undefined
}

export type AttemptTools = {
  readonly client: GuardedClient
  readonly print: PrintWebhook
  readonly deadlineMs: number
  /** told of what the merchant's log shows, but only an operator can mend */
  readonly onError: (error: Error) => void
}

/**
 * One attempt, counted for the instant `at`: rendered, signed, sent, and turned into what is to be recorded. Throws
 * `Unavailable` when the message could not be prepared because the database is away.
 */
export async function attemptDelivery(
  message: ClaimedMessage,
  at: Instant,
  tools: AttemptTools,
): Promise<AttemptResult> {
  const printed = await prepare(message, at, tools)
  if (printed instanceof Error) {
    const seen = { status: null, error: `not sent: ${storable(printed.message)}`, answer: null }
    return { recorded: failed(message, at, seen, 0), seen: undefined }
  }
  if (!printed) return { recorded: { ...releaseOf(message), state: 'skipped' }, seen: undefined }
  const { method, headers, body } = printed
  const request = { url: addressOf(message.url, printed), method, headers, ...(body !== '' && { body }) }
  const outcome = await tools.client.send({ ...request, deadlineMs: tools.deadlineMs })
  return resultOf(message, at, withoutSecret(outcome, printed), printed.isReceived)
}

/** The endpoint's address with the message's parameters behind its own. */
function addressOf(url: string, { query }: PrintedWebhook): string {
  const added = new URLSearchParams(query).toString()
  if (added === '') return url
  const [address = '', fragment] = url.split('#', 2)
  const whole = `${address}${address.includes('?') ? '&' : '?'}${added}`
  return fragment === undefined ? whole : `${whole}#${fragment}`
}

/** A receiver that repeats what it was asked would write the merchant's key into the log. */
function withoutSecret(outcome: Outcome, { secret }: PrintedWebhook): Outcome {
  if (outcome.kind !== 'answered' || secret === null) return outcome
  return { ...outcome, body: outcome.body.replaceAll(secret, '[key]') }
}

/**
 * A key that is missing, a secret that does not open or a renderer's bug must not stop the other messages, nor make this one
 * vanish or spin: it counts as a failed attempt, for which the receiver is not to blame.
 */
async function prepare(
  message: ClaimedMessage,
  at: Instant,
  { print, onError }: AttemptTools,
): Promise<PrintedWebhook | null | Error> {
  try {
    return await print(message, at)
  } catch (error) {
    if (error instanceof Unavailable) throw error
    if (!(error instanceof MissingSigningKey)) onError(error as Error)
    return error instanceof MissingSigningKey ? error : new Error('the message could not be prepared')
  }
}

/** Gives a claim back without an attempt. */
export function releaseOf(message: ClaimedMessage): RecordedResult {
  return { message, state: 'pending', nextAttemptAt: null, attempt: null }
}

type Seen = { readonly status: number | null; readonly error: string | null; readonly answer: string | null }

/** What the URL guard refuses is not tried again. */
function resultOf(
  message: ClaimedMessage,
  at: Instant,
  outcome: Outcome,
  isReceived: PrintedWebhook['isReceived'],
): AttemptResult {
  if (outcome.kind === 'refused') {
    const attempt = { at, status: null, error: `refused: ${outcome.reason}`, latencyMs: 0, answer: null }
    return { recorded: { message, state: 'dead', nextAttemptAt: null, attempt }, seen: undefined }
  }
  const latencyMs = outcome.milliseconds
  if (outcome.kind === 'failed') {
    const seen = { status: null, error: `${outcome.error}: ${storable(outcome.detail)}`, answer: null }
    return { recorded: failed(message, at, seen, latencyMs), seen: { success: false, latencyMs } }
  }
  const seen = { status: outcome.status, error: null, answer: outcome.body }
  if (!isReceived(outcome.status))
    return { recorded: failed(message, at, seen, latencyMs), seen: { success: false, latencyMs } }
  const attempt = { ...seen, at, latencyMs }
  return { recorded: { message, state: 'delivered', nextAttemptAt: null, attempt }, seen: { success: true, latencyMs } }
}

function failed(message: ClaimedMessage, at: Instant, seen: Seen, latencyMs: number): RecordedResult {
  const failedAt = plus(at, BigInt(latencyMs) * millisecond)
  const next = nextAttemptAt(message.messageId, message.attempts + 1, failedAt)
  const attempt = { ...seen, at, latencyMs }
  return { message, state: next === null ? 'dead' : 'pending', nextAttemptAt: next, attempt }
}

/** An error's words may quote what came over the wire; PostgreSQL's text holds neither NUL nor half a surrogate pair. */
function storable(text: string): string {
  return text.replaceAll('\0', '\ufffd').toWellFormed()
}
