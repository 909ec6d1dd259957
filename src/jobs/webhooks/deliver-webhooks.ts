import type pg from 'pg'
import type { DueSource } from '../../app/sandbox/due-source.ts'
import { detailsWantedBy, type PrintWebhook } from '../../app/webhook/print-webhook.ts'
import {
  type ClaimedMessage,
  claimMessages,
  findPendingEndpoints,
  hasClaimedMessages,
  type PendingEndpoint,
  type RecordedResult,
  recordResults,
} from '../../db/webhook/webhook-claims.ts'
import type { WebhookRenderers } from '../../domain/webhook/renderer.ts'
import type { GuardedClient } from '../../http/outgoing/guarded-request.ts'
import type { Clock } from '../../kernel/clock.ts'
import type { MerchantId } from '../../kernel/ids.ts'
import { type Instant, soonerOf } from '../../kernel/instant.ts'
import { type AttemptResult, attemptDelivery, releaseOf } from './deliver-webhooks-attempt.ts'
import { isFailing, isServed, isSlow, noteFailure, noteSuccess } from './deliver-webhooks-health.ts'
import { EndpointLane, type Held } from './deliver-webhooks-lane.ts'
import { type Plan, planClaims, planMove } from './deliver-webhooks-plan.ts'
import { createRecorder, type Recorder } from './deliver-webhooks-recorder.ts'

export type WebhookDeliveryOptions = {
  /** two connections are enough: one claims while the other records */
  readonly pool: pg.Pool
  readonly client: GuardedClient
  readonly clock: Clock
  readonly renderers: WebhookRenderers
  readonly print: PrintWebhook
  /** told of each attempt that was recorded */
  readonly onRecorded?: (merchantId: MerchantId) => void
  /** told what becomes of a message after each attempt to send it */
  readonly onTried?: (state: RecordedResult['state']) => void
  /** told of outages and bugs; delivery goes on */
  readonly onError: (error: Error) => void
  /** of one attempt; default 10,000 */
  readonly deadlineMs?: number
  /** How long a claim lasts when its holder dies; longer than any attempt. Default 60,000. */
  readonly leaseMs?: number
  /** How often retries and the messages of other processes are looked for. Default 500. */
  readonly pollMs?: number
  /** how long one receiver may keep a move of the clock waiting by answers that are late or never come; default 30,000 */
  readonly mostWaitMs?: number
  /** while it is not, another server delivers. Default always. */
  readonly isOnDuty?: () => boolean
}

export type WebhookDelivery = DueSource & {
  /** Delivers from now on, what was left by an earlier process included. */
  readonly start: () => void
  /** Something was committed: looks at once, for one merchant or for all. Cheap to call for every commit. */
  readonly nudge: (merchantId?: MerchantId) => void
  /** Takes nothing more until the answer is called; resolves once nothing is under way. Around a move of the clock. */
  readonly suspend: () => Promise<() => void>
  /** Takes nothing more, gives back what waits, ends when what is under way is recorded. */
  readonly stop: () => Promise<void>
}

/**
 * Sends the outbox. It runs by itself between `start` and `stop`; `nextDue` and `runDue` are for a clock that is moved, and
 * do the same without pauses and in steps. An attempt counts for `until`, so a caller that moves the clock over several due
 * times calls `runDue` for each of them in order.
 *
 * At least once: a message is claimed, sent, and then recorded. Whoever dies in between leaves a claim that runs out.
 */
export function createWebhookDelivery(options: WebhookDeliveryOptions): WebhookDelivery {
  return new Delivery(options)
}

class Delivery implements WebhookDelivery {
  readonly name = 'webhooks'
  readonly #options: WebhookDeliveryOptions
  readonly #recorder: Recorder
  readonly #lanes = new Map<string, EndpointLane>()
  /** merchants that may have something due and room for it */
  readonly #ready = new Set<MerchantId>()
  readonly #held = new Set<Promise<void>>()
  #sweepWanted = false
  #isStarted = false
  #suspended = 0
  /** when the present step of a moved clock began, in milliseconds of the monotonic clock; undefined between two */
  #stepBegan: number | undefined
  #pumping: Promise<void> | undefined
  #timer: NodeJS.Timeout | undefined

  constructor(options: WebhookDeliveryOptions) {
    this.#options = options
    this.#recorder = createRecorder(async (results) => {
      await recordResults(options.pool, results)
      if (options.onRecorded) for (const { message } of results) options.onRecorded(message.merchantId)
    })
  }

  start(): void {
    this.#isStarted = true
    this.#timer ??= setInterval(() => this.nudge(), this.#options.pollMs ?? 500)
    this.nudge()
  }

  nudge(merchantId?: MerchantId): void {
    if (merchantId === undefined) this.#sweepWanted = true
    else if (!this.#isServed(merchantId)) this.#ready.add(merchantId)
    this.#pump()
  }

  /** Then the lanes look for it themselves, as soon as they have room; those that are paused at the next poll. */
  #isServed(merchantId: MerchantId): boolean {
    const lanes = [...this.#lanes.values()].filter((lane) => lane.merchantId === merchantId)
    for (const lane of lanes) lane.isWanted = true
    const now = performance.now()
    return lanes.length > 0 && lanes.every((lane) => isServed(lane.health, now))
  }

  async suspend(): Promise<() => void> {
    this.#suspended += 1
    await this.#quiet()
    return () => {
      this.#suspended -= 1
      if (this.#suspended === 0) for (const lane of this.#lanes.values()) lane.endMove()
      this.nudge()
    }
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer)
    this.#timer = undefined
    this.#isStarted = false
    await this.#pumping
    for (const lane of this.#lanes.values()) this.#giveBack(lane)
    await this.#quiet()
  }

  async nextDue(): Promise<Instant | null> {
    const pending = await this.#pendingEndpoints()
    return pending.reduce<Instant | null>((first, { nextDue }) => soonerOf(first, nextDue), null)
  }

  async isHeldElsewhere(until: Instant): Promise<boolean> {
    return this.#held.size === 0 && (await hasClaimedMessages(this.#options.pool, until))
  }

  async runDue(until: Instant): Promise<number> {
    const resume = await this.suspend()
    this.#stepBegan = performance.now()
    try {
      const merchants = await this.#merchantsWithDue(until)
      const claimed = merchants.size === 0 ? [] : await this.#claim(merchants, planMove(this.#lanes), until)
      await Promise.all(claimed.map((message) => this.#hold(message, until)))
      return claimed.length
    } finally {
      this.#stepBegan = undefined
      resume()
    }
  }

  /** One round after another while there is something to look at; a call during a round asks for another. */
  #pump(): void {
    if (this.#pumping || !this.#mayTake()) return
    this.#pumping = this.#rounds()
      .catch((error: Error) => this.#options.onError(error))
      .finally(() => {
        this.#pumping = undefined
        // A call that came between the last look and now would otherwise wait for the next poll.
        if (this.#sweepWanted || this.#ready.size > 0) this.#pump()
      })
  }

  async #rounds(): Promise<void> {
    while (this.#mayTake() && (this.#sweepWanted || this.#ready.size > 0)) {
      if (this.#sweepWanted) {
        this.#sweepWanted = false
        this.#forgetIdle()
        const due = await this.#merchantsWithDue(this.#options.clock.now())
        for (const merchantId of due) this.#ready.add(merchantId)
      }
      if (this.#ready.size === 0) return
      const merchants = new Set(this.#ready)
      this.#ready.clear()
      // Not before: what was committed and nudged for during the sweep is due by now, and was not when it began.
      const now = this.#options.clock.now()
      const plan = planClaims(this.#lanes, merchants, performance.now())
      for (const message of await this.#claim(merchants, plan, now)) void this.#hold(message, now)
    }
  }

  #mayTake(): boolean {
    return this.#isStarted && this.#suspended === 0 && (this.#options.isOnDuty?.() ?? true)
  }

  /** Without those that have kept a move of the clock waiting for too long: theirs are sent when it has ended. */
  async #pendingEndpoints(): Promise<readonly PendingEndpoint[]> {
    const pending = await findPendingEndpoints(this.#options.pool)
    return pending.filter(({ endpointId }) => !this.#lanes.get(endpointId)?.isLeftOut)
  }

  async #merchantsWithDue(until: Instant): Promise<Set<MerchantId>> {
    const pending = await this.#pendingEndpoints()
    return new Set(pending.filter((each) => each.nextDue <= until).map((each) => each.merchantId))
  }

  async #claim(merchants: ReadonlySet<MerchantId>, plan: Plan, until: Instant): Promise<readonly ClaimedMessage[]> {
    const { pool, renderers, leaseMs = 60_000 } = this.#options
    const wantsDetails = detailsWantedBy(renderers)
    for (const lane of this.#lanes.values()) if (merchants.has(lane.merchantId)) lane.isWanted = false
    const claimed = await claimMessages(pool, { merchants: [...merchants], ...plan, until, leaseMs, wantsDetails })
    const counts = new Map<string, number>()
    for (const { endpointId } of claimed) counts.set(endpointId, (counts.get(endpointId) ?? 0) + 1)
    for (const [id, lane] of this.#lanes) {
      if (merchants.has(lane.merchantId)) lane.hasMore = (counts.get(id) ?? 0) >= (plan.rooms.get(id) ?? plan.room)
    }
    for (const { endpointId, merchantId } of claimed) {
      if (this.#lanes.has(endpointId)) continue
      const lane = new EndpointLane(merchantId)
      lane.hasMore = counts.get(endpointId) === plan.room
      this.#lanes.set(endpointId, lane)
    }
    return claimed
  }

  /** Resolves when the message is recorded, given back, or left to its lease. Never rejects. */
  #hold(message: ClaimedMessage, at: Instant): Promise<void> {
    const lane = this.#laneOf(message)
    const { promise, resolve } = Promise.withResolvers<void>()
    this.#held.add(promise)
    const done = () => {
      this.#held.delete(promise)
      lane.health.held -= 1
      resolve()
      this.#refill(lane)
    }
    lane.push({ message, at, done })
    this.#sendNext(lane)
    return promise
  }

  #laneOf({ endpointId, merchantId }: ClaimedMessage): EndpointLane {
    const known = this.#lanes.get(endpointId)
    if (known) return known
    const lane = new EndpointLane(merchantId)
    this.#lanes.set(endpointId, lane)
    return lane
  }

  /** Half of the room is free again: worth a claim of its own. */
  #refill(lane: EndpointLane): void {
    if (!(lane.hasMore || lane.isWanted) || lane.health.held > lane.health.window / 2) return
    lane.hasMore = false
    this.#ready.add(lane.merchantId)
    this.#pump()
  }

  #sendNext(lane: EndpointLane): void {
    for (let held = lane.take(); held; held = lane.take()) void this.#attempt(lane, held)
  }

  async #attempt(lane: EndpointLane, held: Held): Promise<void> {
    try {
      const result = await this.#send(lane, held)
      this.#learn(lane, result.seen)
      this.#sendNext(lane)
      await this.#recorder.record(result.recorded)
      if (result.recorded.attempt) this.#options.onTried?.(result.recorded.state)
    } catch (error) {
      // An outage of the database: the claim runs out, and the message is sent again.
      this.#options.onError(error as Error)
    } finally {
      held.done()
      this.#sendNext(lane)
    }
  }

  async #send(lane: EndpointLane, held: Held): Promise<AttemptResult> {
    const underWay = { since: performance.now() }
    lane.health.underWay.add(underWay)
    try {
      const deadlineMs = this.#deadlineFor(lane)
      const result = await attemptDelivery(held.message, held.at, { ...this.#options, deadlineMs })
      const isSilent = result.seen?.success === false && result.seen.latencyMs >= deadlineMs
      lane.silences = isSilent ? lane.silences + 1 : 0
      if (this.#stepBegan !== undefined && (isSilent || (result.seen && isSlow(result.seen.latencyMs))))
        lane.noteWait(this.#stepBegan, performance.now(), this.#options.mostWaitMs ?? mostWaitMs)
      return result
    } finally {
      lane.health.underWay.delete(underWay)
      lane.free(held)
    }
  }

  /**
   * Whoever moves the clock by days waits for every attempt of those days. So a receiver that does not answer is given a quarter of the time
   * before; that it did not answer is recorded as at any other time. One that goes on to keep the move waiting is left out of the rest of it. Once
   * the clock has been moved it has its whole time again.
   */
  #deadlineFor({ silences }: EndpointLane): number {
    const { deadlineMs = 10_000 } = this.#options
    return this.#suspended === 0 ? deadlineMs : Math.max(deadlineMs / 4 ** silences, Math.min(shortestMs, deadlineMs))
  }

  #learn(lane: EndpointLane, seen: AttemptResult['seen']): void {
    if (!seen) return
    if (seen.success) noteSuccess(lane.health, seen.latencyMs)
    else noteFailure(lane.health, seen.latencyMs, performance.now())
    if (isFailing(lane.health) && this.#suspended === 0) this.#giveBack(lane)
  }

  /** What waits for an endpoint that fails keeps neither a place here nor an attempt of its schedule. */
  #giveBack(lane: EndpointLane): void {
    for (const held of lane.drain()) {
      const release: RecordedResult = releaseOf(held.message)
      this.#recorder
        .record(release)
        .catch((error: Error) => this.#options.onError(error))
        .finally(held.done)
    }
  }

  async #quiet(): Promise<void> {
    await this.#pumping
    while (this.#held.size > 0) await Promise.all(this.#held)
  }

  /** What is known of endpoints that have been quiet is not worth a growing heap. */
  #forgetIdle(): void {
    if (this.#lanes.size < 10_000) return
    for (const [id, lane] of this.#lanes) if (lane.health.held === 0) this.#lanes.delete(id)
  }
}

/** Of a receiver in one move of the clock: some dozens of attempts that are not answered. */
const mostWaitMs = 30_000

/** Long enough for a receiver on the same machine. */
const shortestMs = 200
