import { hash } from 'node:crypto'
import type pg from 'pg'
import { findMerchant } from '../../db/merchant/merchants.ts'
import { countDeadMessages, findMessageSubject } from '../../db/webhook/test-messages.ts'
import { listEndpoints, lockEndpoints } from '../../db/webhook/webhook-endpoints.ts'
import { inTransaction } from '../../db/wire/transaction.ts'
import type { WebhookEvent } from '../../domain/webhook/event-name.ts'
import type { WebhookContent, WebhookRenderers } from '../../domain/webhook/renderer.ts'
import type { Clock } from '../../kernel/clock.ts'
import type { MerchantId } from '../../kernel/ids.ts'
import { day, plus } from '../../kernel/instant.ts'
import { ok, type Result, refuse } from '../../kernel/result.ts'
import { type By, recordIn } from '../audit/audit-log.ts'
import { outageAsUnavailable } from '../shared/outage.ts'
import type { WriteOnce } from '../shared/write-once.ts'
import { detailsWantedBy } from './print-webhook.ts'
import { sendTestMessage } from './test-message.ts'
import type {
  EndpointFields,
  EndpointRefusal,
  EndpointUpdate,
  EndpointWithSecret,
  WebhookEndpoint,
  WebhookEndpoints,
} from './webhook-endpoints.ts'
import type { DeliveryQuery, DeliveryRow, WebhookLog, WebhookReplayRange } from './webhook-log.ts'

export type EndpointSecret = { readonly id: string; readonly secret: string }

/** `press` is of one press of the button: the same one acts once, and is answered alike ever after. */
type Press = { readonly merchantId: MerchantId; readonly press: string; readonly by: By }

export type StaffRefusal = EndpointRefusal | { readonly kind: 'key_reused' } | { readonly kind: 'no_words' }

/**
 * The webhooks of a merchant as its staff looks after them: the same use cases as the API's, with an entry in the audit log in the same transaction. All
 * throw `Unavailable` when the database is away.
 */
export type StaffWebhooks = Pick<WebhookEndpoints, 'events' | 'list'> & {
  readonly add: (request: Press & { readonly fields: EndpointFields }) => Promise<Result<EndpointSecret, StaffRefusal>>
  readonly change: (
    merchantId: MerchantId,
    id: string,
    change: EndpointUpdate,
    by: By,
  ) => Promise<Result<WebhookEndpoint, EndpointRefusal>>
  readonly remove: (merchantId: MerchantId, id: string, by: By) => Promise<boolean>
  readonly rotate: (request: Press & { readonly id: string }) => Promise<Result<EndpointSecret, StaffRefusal>>
  /** Sends the endpoint alone a message about an order that does not exist; answers the delivery's id. */
  readonly test: (
    request: Press & { readonly id: string; readonly event: WebhookEvent },
  ) => Promise<Result<{ readonly delivery: string }, StaffRefusal>>
  readonly deliveries: (query: DeliveryQuery) => Promise<readonly DeliveryRow[]>
  /** What the delivery's request says, signatures apart; null when its protocol has no word for it; undefined when there is none. */
  readonly content: (merchantId: MerchantId, id: string) => Promise<WebhookContent | null | undefined>
  readonly replay: (merchantId: MerchantId, id: string, by: By) => Promise<boolean>
  readonly replayRange: (merchantId: MerchantId, range: WebhookReplayRange, by: By) => Promise<number>
  /** deliveries of the last week that nothing will try again; at most 1,000 are counted */
  readonly countFailed: (merchantId: MerchantId) => Promise<number>
}

export type StaffWebhookParts = {
  readonly pool: pg.Pool
  /** the payments' clock; the audit log's is real time */
  readonly clock: Clock
  readonly realClock: Clock
  readonly endpoints: WebhookEndpoints
  readonly log: WebhookLog
  readonly once: WriteOnce
  readonly renderers: WebhookRenderers
  readonly nudge: (merchantId: MerchantId) => void
}

export function createStaffWebhooks(parts: StaffWebhookParts): StaffWebhooks {
  const { pool, clock, realClock, endpoints, log, once, renderers, nudge } = parts
  const wantsDetails = detailsWantedBy(renderers)
  const inOne = <T>(work: (client: pg.PoolClient) => Promise<T>) => outageAsUnavailable(inTransaction(pool, work))
  const note = (client: pg.PoolClient, { merchantId, by }: Pick<Press, 'merchantId' | 'by'>, said: Said) =>
    recordIn(client, { before: null, after: null, ...said, merchantId, ...by }, realClock)

  /** Once for each press, in the transaction that keeps its answer. */
  async function pressed<T extends object>(
    press: Press,
    operation: string,
    asked: object,
    work: (client: pg.PoolClient) => Promise<Result<T, StaffRefusal>>,
  ): Promise<Result<T, StaffRefusal>> {
    const bodyHash = hash('sha256', JSON.stringify(asked), 'buffer')
    const claim = { merchantId: press.merchantId, operation: `portal ${operation}`, key: press.press, bodyHash }
    const done = await once(claim, async (client): Promise<Kept<T>> => {
      const result = await work(client)
      return result.ok ? { status: 200, value: result.value } : { status: 409, refusal: result.reason }
    })
    if (done.kind === 'key_reused') return refuse({ kind: 'key_reused' })
    const { answer } = done
    return 'value' in answer ? ok(answer.value) : refuse(answer.refusal)
  }

  async function shown(
    client: pg.PoolClient,
    press: Press,
    action: string,
    made: Result<EndpointWithSecret, EndpointRefusal>,
  ): Promise<Result<EndpointSecret, StaffRefusal>> {
    if (!made.ok) return made
    const { endpoint, secret } = made.value
    await note(client, press, { action, subject: endpoint.id, after: factsOf(endpoint) })
    return ok({ id: endpoint.id, secret })
  }

  async function change(client: pg.PoolClient, merchantId: MerchantId, id: string, wish: EndpointUpdate, by: By) {
    const before = (await lockedEndpoints(client, merchantId)).find((each) => each.id === id)
    const changed = await endpoints.change(merchantId, id, wish, client)
    if (changed.ok && before) {
      const said = { before: factsOf(before), after: factsOf(changed.value) }
      await note(client, { merchantId, by }, { action: 'change_webhook_endpoint', subject: id, ...said })
    }
    return changed
  }

  async function remove(client: pg.PoolClient, merchantId: MerchantId, id: string, by: By): Promise<boolean> {
    const before = (await lockedEndpoints(client, merchantId)).find((each) => each.id === id)
    if (!before || !(await endpoints.remove(merchantId, id, client))) return false
    const said = { action: 'delete_webhook_endpoint', subject: id, before: factsOf(before) }
    await note(client, { merchantId, by }, said)
    return true
  }

  async function test(client: pg.PoolClient, press: Press & { id: string; event: WebhookEvent }) {
    const merchant = await findMerchant(client, press.merchantId)
    if (!merchant) return refuse({ kind: 'unknown' } as const)
    const wish = { merchant, endpointId: press.id, name: press.event, at: clock.now() }
    const sent = await sendTestMessage(client, renderers, wish)
    if (!sent.ok) return refuse({ kind: sent.reason } as const)
    await note(client, press, { action: 'test_webhook_endpoint', subject: press.id, after: { event: press.event } })
    return ok({ delivery: sent.value })
  }

  async function content(merchantId: MerchantId, id: string): Promise<WebhookContent | null | undefined> {
    const found = await findMessageSubject(pool, merchantId, id, wantsDetails)
    if (!found) return undefined
    const { subject, details } = found
    if (subject.kind !== 'payment') return null
    return renderers[subject.payment.protocol]?.render(subject.payment, subject.event, details) ?? null
  }

  return {
    events: endpoints.events,
    list: endpoints.list,
    add: (press) =>
      pressed(press, 'add webhook endpoint', press.fields, async (client) =>
        shown(client, press, 'add_webhook_endpoint', await endpoints.add(press.merchantId, press.fields, client)),
      ),
    change: (merchantId, id, wish, by) => inOne((client) => change(client, merchantId, id, wish, by)),
    remove: (merchantId, id, by) => inOne((client) => remove(client, merchantId, id, by)),
    rotate: (press) =>
      pressed(press, 'rotate webhook secret', [press.id], async (client) =>
        shown(client, press, 'rotate_webhook_secret', await endpoints.rotate(press.merchantId, press.id, client)),
      ),
    test: async (press) => {
      const sent = await pressed(press, 'test webhook endpoint', [press.id, press.event], (client) =>
        test(client, press),
      )
      nudge(press.merchantId)
      return sent
    },
    deliveries: log.list,
    content: (merchantId, id) => outageAsUnavailable(content(merchantId, id)),
    replay: async (merchantId, id, by) => {
      const isReplayed = await inOne(async (client) => {
        if (!(await log.replay(merchantId, id, client))) return false
        await note(client, { merchantId, by }, { action: 'replay_webhook', subject: id })
        return true
      })
      nudge(merchantId)
      return isReplayed
    },
    replayRange: async (merchantId, range, by) => {
      const count = await inOne(async (client) => {
        const replayed = await log.replayRange(merchantId, range, client)
        const after = { from: String(range.from), to: String(range.to), replayed }
        await note(client, { merchantId, by }, { action: 'replay_webhooks', subject: range.endpointId ?? 'all', after })
        return replayed
      })
      nudge(merchantId)
      return count
    },
    countFailed: (merchantId) => outageAsUnavailable(countDeadMessages(pool, merchantId, plus(clock.now(), -7n * day))),
  }
}

type Kept<T> = { readonly status: 200; readonly value: T } | { readonly status: 409; readonly refusal: StaffRefusal }

type Said = { readonly action: string; readonly subject: string; readonly before?: object; readonly after?: object }

function factsOf({ url, description, events, enabled }: WebhookEndpoint): object {
  return { url, description, events, enabled }
}

/** As they are until this transaction ends: what the audit log says was there before was. */
async function lockedEndpoints(client: pg.PoolClient, merchantId: MerchantId): Promise<readonly WebhookEndpoint[]> {
  await lockEndpoints(client, merchantId)
  return await listEndpoints(client, merchantId)
}
