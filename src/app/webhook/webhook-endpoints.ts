import { randomUUID } from 'node:crypto'
import type pg from 'pg'
import {
  deleteEndpoint,
  type EndpointChange,
  type EndpointRow,
  insertEndpoint,
  listEndpoints,
  rotateSecret,
  updateEndpoint,
} from '../../db/webhook/webhook-endpoints.ts'
import { usualEvents, type WebhookEvent } from '../../domain/webhook/event-name.ts'
import { sentBy, type WebhookRenderers } from '../../domain/webhook/renderer.ts'
import type { Clock } from '../../kernel/clock.ts'
import type { MerchantId } from '../../kernel/ids.ts'
import { millisecond, plus } from '../../kernel/instant.ts'
import { ok, type Result, refuse } from '../../kernel/result.ts'
import { outageAsUnavailable } from '../shared/outage.ts'
import type { Sealer } from '../shared/seal.ts'

export type WebhookEndpoint = EndpointRow

/** The endpoint with its new secret: the only time the secret is shown. */
export type EndpointWithSecret = { readonly endpoint: WebhookEndpoint; readonly secret: string }

export type EndpointRefusal =
  | { readonly kind: 'url'; readonly sentence: string }
  | { readonly kind: 'too_many' }
  | { readonly kind: 'unknown' }

export type EndpointFields = {
  readonly url: string
  readonly description: string
  /** null: every event */
  readonly events: readonly WebhookEvent[] | null
}

export type EndpointUpdate = Omit<EndpointChange, 'url'> & { readonly url?: unknown }

/** Several endpoints for each merchant, each with its own filter and secret. All throw `Unavailable` when the database is away. */
export type WebhookEndpoints = {
  /** every event that an endpoint can ask for; `usual` is what one hears that asks for nothing */
  readonly events: { readonly all: readonly WebhookEvent[]; readonly usual: readonly WebhookEvent[] }
  readonly list: (merchantId: MerchantId) => Promise<readonly WebhookEndpoint[]>
  readonly add: (merchantId: MerchantId, fields: EndpointFields) => Promise<Result<EndpointWithSecret, EndpointRefusal>>
  readonly change: (
    merchantId: MerchantId,
    id: string,
    change: EndpointUpdate,
  ) => Promise<Result<WebhookEndpoint, EndpointRefusal>>
  readonly remove: (merchantId: MerchantId, id: string) => Promise<boolean>
  /** Makes a new secret; messages carry a signature of each until the old one ends, after `oldSecretMs`. */
  readonly rotate: (merchantId: MerchantId, id: string) => Promise<Result<EndpointWithSecret, EndpointRefusal>>
  /** Points the merchant's first endpoint at the URL, or makes it: what a developer wants who has one shop and one URL. */
  readonly set: (
    merchantId: MerchantId,
    url: string,
  ) => Promise<Result<{ endpoint: WebhookEndpoint; secret: string | null }, EndpointRefusal>>
}

export type EndpointOptions = {
  readonly pool: pg.Pool
  readonly clock: Clock
  readonly sealer: Sealer
  readonly renderers: WebhookRenderers
  /** The URL guard: the normalised URL, or the sentence that says what is wrong with it. */
  readonly checkUrl: (text: unknown) => Result<string, string>
  /** A fresh `whsec_` text. */
  readonly newSecret: () => string
  /** What an endpoint that was enabled again has waiting can leave now. */
  readonly nudge: (merchantId: MerchantId) => void
  /** How long the old secret stays valid after a rotation. Default 24 hours. */
  readonly oldSecretMs?: number
}

/** Enough for a shop, its staging, its bookkeeping and its developers; few enough that one event stays one small insert. */
export const mostEndpoints = 16

export function createWebhookEndpoints(options: EndpointOptions): WebhookEndpoints {
  const { pool, clock, sealer, checkUrl, newSecret, nudge } = options
  const oldSecretMs = options.oldSecretMs ?? 86_400_000

  async function add(
    merchantId: MerchantId,
    fields: EndpointFields,
  ): Promise<Result<EndpointWithSecret, EndpointRefusal>> {
    const url = checkUrl(fields.url)
    if (!url.ok) return refuse({ kind: 'url', sentence: url.reason })
    const secret = newSecret()
    const row = { ...fields, url: url.value, id: randomUUID(), kind: 'http' as const, createdAt: clock.now() }
    const isAdded = await insertEndpoint(pool, { ...row, merchantId, secret: sealer.seal(secret) }, mostEndpoints)
    if (!isAdded) return refuse({ kind: 'too_many' })
    return ok({ endpoint: { ...row, enabled: true, previousSecretUntil: null }, secret })
  }

  async function change(
    merchantId: MerchantId,
    id: string,
    { url, ...rest }: EndpointUpdate,
  ): Promise<Result<WebhookEndpoint, EndpointRefusal>> {
    const checked = url === undefined ? undefined : checkUrl(url)
    if (checked && !checked.ok) return refuse({ kind: 'url', sentence: checked.reason })
    const changed = await updateEndpoint(pool, merchantId, id, checked ? { ...rest, url: checked.value } : rest)
    if (!changed) return refuse({ kind: 'unknown' })
    nudge(merchantId)
    return ok(changed)
  }

  async function rotate(merchantId: MerchantId, id: string): Promise<Result<EndpointWithSecret, EndpointRefusal>> {
    const secret = newSecret()
    const previousUntil = plus(clock.now(), BigInt(oldSecretMs) * millisecond)
    const endpoint = await rotateSecret(pool, merchantId, id, { secret: sealer.seal(secret), previousUntil })
    return endpoint ? ok({ endpoint, secret }) : refuse({ kind: 'unknown' })
  }

  async function set(
    merchantId: MerchantId,
    url: string,
  ): Promise<Result<{ endpoint: WebhookEndpoint; secret: string | null }, EndpointRefusal>> {
    const [first] = await listEndpoints(pool, merchantId)
    if (!first) return await add(merchantId, { url, description: '', events: null })
    const changed = await change(merchantId, first.id, { url, enabled: true })
    return changed.ok ? ok({ endpoint: changed.value, secret: null }) : changed
  }

  const all = sentBy(options.renderers)
  return {
    events: { all, usual: usualEvents(all) },
    list: (merchantId) => outageAsUnavailable(listEndpoints(pool, merchantId)),
    add: (merchantId, fields) => outageAsUnavailable(add(merchantId, fields)),
    change: (merchantId, id, fields) => outageAsUnavailable(change(merchantId, id, fields)),
    remove: (merchantId, id) => outageAsUnavailable(deleteEndpoint(pool, merchantId, id, clock.now())),
    rotate: (merchantId, id) => outageAsUnavailable(rotate(merchantId, id)),
    set: (merchantId, url) => outageAsUnavailable(set(merchantId, url)),
  }
}
