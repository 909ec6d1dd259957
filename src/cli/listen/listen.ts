import { MissingSigningKey } from '../../app/webhook/print-webhook.ts'
import type { HeardEvent, WebhookListeners } from '../../app/webhook/webhook-listeners.ts'
import type { MerchantTerms } from '../../domain/merchant/terms.ts'
import { Unavailable } from '../../engine/command.ts'
import type { MerchantId } from '../../kernel/ids.ts'
import { pauseUntilAborted } from '../../kernel/pause.ts'

/** One merchant's listener and how far it has read. */
export type Listening = {
  readonly merchant: Pick<MerchantTerms, 'id' | 'name'>
  readonly id: string
  readonly secret: string
  readonly cursor: string
}

export type ListenSteps = {
  readonly listeners: Pick<WebhookListeners, 'read'>
  /** Handles one event to its end; only then is the cursor moved past it. */
  readonly onEvent: (event: HeardEvent, merchantId: MerchantId) => Promise<void>
  /** The cursor is past everything that was handled. */
  readonly onMoved: (listening: Listening) => Promise<void>
  /** Told once when reading begins to fail, and again after it has worked. */
  readonly onTrouble: (line: string) => void
  readonly signal: AbortSignal
}

const pollMs = 250
const troublePauseMs = 1_000
const pageSize = 100

/**
 * Reads one merchant's events in order until the signal aborts, each once per cursor: what comes while the database is away, or
 * while an event is being handled, waits in the feed. Ends normally; throws CliError-worthy only what `onEvent` throws.
 */
export async function listen(first: Listening, steps: ListenSteps): Promise<void> {
  const { signal } = steps
  let position = first
  let isTroubled = false
  while (!signal.aborted) {
    const page = await readPage(position, steps)
    if (typeof page === 'string') {
      if (!isTroubled) steps.onTrouble(page)
      isTroubled = true
      await pauseUntilAborted(troublePauseMs, signal)
      continue
    }
    isTroubled = false
    for (const event of page.events) {
      await steps.onEvent(event, position.merchant.id)
      position = { ...position, cursor: event.cursor }
      await steps.onMoved(position)
    }
    // Past messages too that the protocol had no word for.
    position = { ...position, cursor: page.cursor }
    if (page.events.length < pageSize) await pauseUntilAborted(pollMs, signal)
  }
}

/** The next events, or the line that says why there are none to be had now. */
async function readPage(
  { merchant, id, cursor }: Listening,
  { listeners }: ListenSteps,
): Promise<{ events: readonly HeardEvent[]; cursor: string } | string> {
  try {
    const page = await listeners.read(merchant.id, id, { after: cursor, limit: pageSize })
    return page ?? `the listener of ${merchant.name} was ended by somebody: start tercet listen again`
  } catch (error) {
    if (error instanceof MissingSigningKey)
      return `${merchant.name} has no live key to sign with: tercet keys create --merchant ${merchant.id}`
    if (error instanceof Unavailable) return 'the database is away: waiting for it'
    throw error
  }
}
