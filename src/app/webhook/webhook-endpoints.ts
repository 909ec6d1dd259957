import { randomUUID } from 'node:crypto'
import type pg from 'pg'
import { listProtocolsOf } from '../../db/merchant/api-keys.ts'
import {
  deleteEndpoint,
  type EndpointChange,
  type EndpointRow,
  insertEndpoint,
  listEndpoints,
  lockEndpoints,
  rotateSecret,
  updateEndpoint,
} from '../../db/webhook/webhook-endpoints.ts'
import { inTransaction } from '../../db/wire/transaction.ts'
import { usualEvents, type WebhookEvent } from '../../domain/webhook/event-name.ts'
import { sentBy, type WebhookRenderers } from '../../domain/webhook/renderer.ts'
import type { Clock } from '../../kernel/clock.ts'
import type { MerchantId } from '../../kernel/ids.ts'
import { millisecond, plus } from '../../kernel/instant.ts'
import { ok, type Result, refuse } from '../../kernel/result.ts'
import type { UrlProblem } from '../../kernel/url-refusal.ts'
import { outageAsUnavailable } from '../shared/outage.ts'
import type { Sealer } from '../shared/seal.ts'

export type WebhookEndpoint = EndpointRow

/** The endpoint with its new secret: the only time the secret is shown. */
export type EndpointWithSecret = { readonly endpoint: WebhookEndpoint; readonly secret: string }

export type EndpointRefusal =
  | ({ readonly kind: 'url' } & UrlProblem)
  /** it asks for what it would never hear; `detail` names the events and the APIs that never send them */
  | { readonly kind: 'events'; readonly sentence: string; readonly detail: string }
  | { readonly kind: 'too_many' }
  /** so many secrets are still valid that another one would not be signed with */
  | { readonly kind: 'too_many_secrets' }
  | { readonly kind: 'unknown' }

export type EndpointFields = {
  readonly url: string
  readonly description: string
  /** null: every event */
  readonly events: readonly WebhookEvent[] | null
}

export type EndpointUpdate = Omit<EndpointChange, 'url'> & { readonly url?: unknown }

/**
 * Several endpoints for each merchant, each with its own filter and secret. All throw `Unavailable` when the database is away. A
 * write takes part in the transaction of `client` when one is given, and else has one of its own.
 */
export type WebhookEndpoints = {
  /** every event that an endpoint can ask for; `usual` is what one hears that asks for nothing */
  readonly events: { readonly all: readonly WebhookEvent[]; readonly usual: readonly WebhookEvent[] }
  readonly list: (merchantId: MerchantId) => Promise<readonly WebhookEndpoint[]>
  readonly add: (
    merchantId: MerchantId,
    fields: EndpointFields,
    client?: pg.PoolClient,
  ) => Promise<Result<EndpointWithSecret, EndpointRefusal>>
  readonly change: (
    merchantId: MerchantId,
    id: string,
    change: EndpointUpdate,
    client?: pg.PoolClient,
  ) => Promise<Result<WebhookEndpoint, EndpointRefusal>>
  readonly remove: (merchantId: MerchantId, id: string, client?: pg.PoolClient) => Promise<boolean>
  /** Makes a new secret; messages carry a signature of each until the old ones end, each `oldSecretMs` after it was replaced. */
  readonly rotate: (
    merchantId: MerchantId,
    id: string,
    client?: pg.PoolClient,
  ) => Promise<Result<EndpointWithSecret, EndpointRefusal>>
  /** Points the merchant's first endpoint at the URL, or makes it: what a developer wants who has one shop and one URL. */
  readonly set: (
    merchantId: MerchantId,
    url: string,
    client?: pg.PoolClient,
  ) => Promise<Result<{ endpoint: WebhookEndpoint; secret: string | null }, EndpointRefusal>>
}

export type EndpointOptions = {
  readonly pool: pg.Pool
  readonly clock: Clock
  readonly sealer: Sealer
  readonly renderers: WebhookRenderers
  /** The URL guard: the normalised URL, or what is wrong with it. */
  readonly checkUrl: (text: unknown) => Result<string, UrlProblem>
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

  /** One change of a merchant's endpoints after the other, so that no limit is passed by two at once. */
  async function inTurn<T>(
    merchantId: MerchantId,
    client: pg.PoolClient | undefined,
    work: (client: pg.PoolClient) => Promise<T>,
  ): Promise<T> {
    const locked = async (each: pg.PoolClient) => {
      await lockEndpoints(each, merchantId)
      return await work(each)
    }
    return await outageAsUnavailable(client ? locked(client) : inTransaction(pool, locked))
  }

  /** What none of the merchant's APIs ever sends. One that has no key yet may still get any. */
  async function neverHeard(
    client: pg.PoolClient,
    merchantId: MerchantId,
    events: readonly WebhookEvent[] | null,
  ): Promise<EndpointRefusal | undefined> {
    const protocols = events === null ? [] : await listProtocolsOf(client, merchantId)
    const heard = protocols.flatMap((protocol) => options.renderers[protocol]?.sends ?? [])
    const unheard = protocols.length === 0 ? [] : (events ?? []).filter((name) => !heard.includes(name))
    if (unheard.length === 0) return undefined
    const sentence = `This merchant has keys of ${protocols.join(' and ')} only, which never sends ${unheard.join(', ')}.`
    return { kind: 'events', sentence, detail: `${unheard.join(', ')} (${protocols.join(', ')})` }
  }

  async function add(
    client: pg.PoolClient,
    merchantId: MerchantId,
    fields: EndpointFields,
  ): Promise<Result<EndpointWithSecret, EndpointRefusal>> {
    const url = checkUrl(fields.url)
    if (!url.ok) return refuse({ kind: 'url', ...url.reason })
    const unheard = await neverHeard(client, merchantId, fields.events)
    if (unheard) return refuse(unheard)
    const secret = newSecret()
    const row = { ...fields, url: url.value, id: randomUUID(), kind: 'http' as const, createdAt: clock.now() }
    const isAdded = await insertEndpoint(client, { ...row, merchantId, secret: sealer.seal(secret) }, mostEndpoints)
    if (!isAdded) return refuse({ kind: 'too_many' })
    return ok({ endpoint: { ...row, enabled: true, previousSecretUntil: null }, secret })
  }

  async function change(
    client: pg.PoolClient,
    merchantId: MerchantId,
    id: string,
    { url, ...rest }: EndpointUpdate,
  ): Promise<Result<WebhookEndpoint, EndpointRefusal>> {
    const checked = url === undefined ? undefined : checkUrl(url)
    if (checked && !checked.ok) return refuse({ kind: 'url', ...checked.reason })
    const unheard = await neverHeard(client, merchantId, rest.events?.list ?? null)
    if (unheard) return refuse(unheard)
    const changed = await updateEndpoint(client, merchantId, id, checked ? { ...rest, url: checked.value } : rest)
    return changed ? ok(changed) : refuse({ kind: 'unknown' })
  }

  async function rotate(
    client: pg.PoolClient,
    merchantId: MerchantId,
    id: string,
  ): Promise<Result<EndpointWithSecret, EndpointRefusal>> {
    const secret = newSecret()
    const now = clock.now()
    const previousUntil = plus(now, BigInt(oldSecretMs) * millisecond)
    const endpoint = await rotateSecret(client, merchantId, id, { secret: sealer.seal(secret), now, previousUntil })
    if (endpoint === 'too_many') return refuse({ kind: 'too_many_secrets' })
    return endpoint ? ok({ endpoint, secret }) : refuse({ kind: 'unknown' })
  }

  async function set(
    client: pg.PoolClient,
    merchantId: MerchantId,
    url: string,
  ): Promise<Result<{ endpoint: WebhookEndpoint; secret: string | null }, EndpointRefusal>> {
    const [first] = await listEndpoints(client, merchantId)
    if (!first) return await add(client, merchantId, { url, description: '', events: null })
    const changed = await change(client, merchantId, first.id, { url, enabled: true })
    return changed.ok ? ok({ endpoint: changed.value, secret: null }) : changed
  }

  const all = sentBy(options.renderers)
  return {
    events: { all, usual: usualEvents(all) },
    list: (merchantId) => outageAsUnavailable(listEndpoints(pool, merchantId)),
    add: (merchantId, fields, client) => inTurn(merchantId, client, (each) => add(each, merchantId, fields)),
    change: async (merchantId, id, fields, client) => {
      const changed = await inTurn(merchantId, client, (each) => change(each, merchantId, id, fields))
      if (changed.ok) nudge(merchantId)
      return changed
    },
    remove: (merchantId, id, client) =>
      inTurn(merchantId, client, (each) => deleteEndpoint(each, merchantId, id, clock.now())),
    rotate: (merchantId, id, client) => inTurn(merchantId, client, (each) => rotate(each, merchantId, id)),
    set: (merchantId, url, client) => inTurn(merchantId, client, (each) => set(each, merchantId, url)),
  }
}
