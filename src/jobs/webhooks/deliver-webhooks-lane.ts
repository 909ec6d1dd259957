import type { ClaimedMessage } from '../../db/webhook/webhook-claims.ts'
import type { MerchantId } from '../../kernel/ids.ts'
import type { Instant } from '../../kernel/instant.ts'
import { type EndpointHealth, mostAtOnce, newHealth } from './deliver-webhooks-health.ts'

export type Held = { readonly message: ClaimedMessage; readonly at: Instant; readonly done: () => void }

/** The messages this process holds for one endpoint. */
export class EndpointLane {
  /** attempts in a row, during one move of the clock, that ran into their deadline */
  silences = 0
  /** whether it has kept this move of the clock waiting for too long */
  isLeftOut = false
  #keptWaitingMs = 0
  #lastLateAt = 0
  readonly merchantId: MerchantId
  readonly health: EndpointHealth = newHealth()
  /** the last claim found as many messages as there was room for, so there may be more */
  hasMore = false
  /** something was committed for it that no claim has looked for since */
  isWanted = false
  #waiting: Held[] = []
  /** orders of which a message is under way */
  readonly #busy = new Set<string>()

  constructor(merchantId: MerchantId) {
    this.merchantId = merchantId
  }

  push(held: Held): void {
    this.health.held += 1
    this.#waiting.push(held)
  }

  /**
   * The next message to send, if one may be sent now. A later message of an order does not overtake an earlier one that
   * is under way; when that one fails, it no longer waits.
   */
  take(): Held | undefined {
    if (this.health.underWay.size >= mostAtOnce) return undefined
    const at = this.#waiting.findIndex(({ message }) => !this.#busy.has(message.subject.id))
    if (at === -1) return undefined
    const [held] = this.#waiting.splice(at, 1)
    if (held) this.#busy.add(held.message.subject.id)
    return held
  }

  /**
   * A step of a moved clock, begun at `stepBegan`, has got a late answer from here, or none: what passed since then, or since the one before, it
   * was kept waiting by this receiver. All in milliseconds of the monotonic clock.
   */
  noteWait(stepBegan: number, now: number, mostMs: number): void {
    this.#keptWaitingMs += now - Math.max(stepBegan, this.#lastLateAt)
    this.#lastLateAt = now
    this.isLeftOut = this.#keptWaitingMs > mostMs
  }

  endMove(): void {
    this.silences = 0
    this.#keptWaitingMs = 0
    this.isLeftOut = false
  }

  /** The attempt of a taken message has ended. */
  free({ message }: Held): void {
    this.#busy.delete(message.subject.id)
  }

  /** Everything that waits here, no longer waiting. */
  drain(): readonly Held[] {
    const waiting = this.#waiting
    this.#waiting = []
    return waiting
  }
}
