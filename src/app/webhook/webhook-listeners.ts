import { randomUUID } from 'node:crypto'
import type pg from 'pg'
import { deleteEndpoint, findEndpoint, insertEndpoint, lockEndpoints } from '../../db/webhook/webhook-endpoints.ts'
import {
  deleteStaleListeners,
  type FedMessage,
  type FeedCursor,
  feedStart,
  isFeedCursor,
  readMessagesAfter,
} from '../../db/webhook/webhook-feed.ts'
import { inTransaction } from '../../db/wire/transaction.ts'
import type { SourceKind } from '../../domain/ledger/source.ts'
import type { WebhookRenderers } from '../../domain/webhook/renderer.ts'
import type { Clock } from '../../kernel/clock.ts'
import type { MerchantId } from '../../kernel/ids.ts'
import { day, type Instant, plus } from '../../kernel/instant.ts'
import { outageAsUnavailable } from '../shared/outage.ts'
import type { Sealer } from '../shared/seal.ts'
import { detailsWantedBy, type PrintedWebhook, type PrintWebhook } from './print-webhook.ts'

/** One event as a listener sees it, ready to be forwarded: what a receiver would have been sent. */
export type HeardEvent = Omit<PrintedWebhook, 'isReceived' | 'secret'> & {
  readonly id: string
  readonly cursor: FeedCursor
  readonly event: string
  readonly sourceKind: SourceKind
  readonly sourceId: string
  readonly sequence: number
  readonly at: Instant
  readonly isReplay: boolean
}

/**
 * What `tercet listen` uses: an endpoint without a URL, whose messages are read from a cursor instead of being sent. It
 * hears what happens from its registration on, replays included, whether or not the merchant has other endpoints.
 */
export type WebhookListeners = {
  /** The secret is shown this once; undefined when the merchant has too many listeners already. */
  readonly add: (
    merchantId: MerchantId,
    client?: pg.PoolClient,
  ) => Promise<{ id: string; secret: string; cursor: FeedCursor } | undefined>
  /** What came after the cursor, oldest first, and the cursor to go on from; undefined when there is no such listener or cursor. */
  readonly read: (
    merchantId: MerchantId,
    id: string,
    position: { readonly after: FeedCursor; readonly limit: number },
  ) => Promise<{ readonly events: readonly HeardEvent[]; readonly cursor: FeedCursor } | undefined>
  readonly remove: (merchantId: MerchantId, id: string, client?: pg.PoolClient) => Promise<boolean>
}

const mostListeners = 16

/** A listener whose process was killed is forgotten after this. */
const longestListening = 7n * day

export function createWebhookListeners(options: {
  readonly pool: pg.Pool
  readonly clock: Clock
  readonly sealer: Sealer
  readonly renderers: WebhookRenderers
  readonly print: PrintWebhook
  /** `whsec_...` for a merchant's new listener */
  readonly newSecret: (merchantId: MerchantId) => string
}): WebhookListeners {
  const { pool, clock, sealer, print } = options
  const wantsDetails = detailsWantedBy(options.renderers)

  async function add(
    client: pg.PoolClient,
    merchantId: MerchantId,
  ): Promise<{ id: string; secret: string; cursor: FeedCursor } | undefined> {
    const now = clock.now()
    await lockEndpoints(client, merchantId)
    await deleteStaleListeners(client, merchantId, plus(now, -longestListening))
    const [id, secret] = [randomUUID(), options.newSecret(merchantId)]
    const row = { id, merchantId, kind: 'listener', url: null, description: '', events: null, createdAt: now } as const
    const isAdded = await insertEndpoint(client, { ...row, secret: sealer.seal(secret) }, mostListeners)
    return isAdded ? { id, secret, cursor: feedStart } : undefined
  }

  async function read(
    merchantId: MerchantId,
    id: string,
    { after, limit }: { readonly after: FeedCursor; readonly limit: number },
  ): Promise<{ events: HeardEvent[]; cursor: FeedCursor } | undefined> {
    if (!isFeedCursor(after)) return undefined
    const listener = await findEndpoint(pool, merchantId, id)
    if (listener?.kind !== 'listener') return undefined
    const messages = await readMessagesAfter(pool, { merchantId, endpointId: id }, after, limit, wantsDetails)
    const secrets = { secret: listener.secret, previousSecrets: [], previousSecretsUntil: [] }
    const events: HeardEvent[] = []
    for (const message of messages) {
      const printed = await print({ ...message, ...secrets }, clock.now())
      if (printed) events.push(heard(message, printed))
    }
    return { events, cursor: messages.at(-1)?.cursor ?? after }
  }

  return {
    add: (merchantId, client) =>
      outageAsUnavailable(client ? add(client, merchantId) : inTransaction(pool, (each) => add(each, merchantId))),
    read: (merchantId, id, position) => outageAsUnavailable(read(merchantId, id, position)),
    remove: (merchantId, id, client) =>
      outageAsUnavailable(deleteEndpoint(client ?? pool, merchantId, id, clock.now())),
  }
}

function heard(message: FedMessage, printed: PrintedWebhook): HeardEvent {
  const { messageId: id, cursor, isReplay, name: event, subject } = message
  const { sequence, at } = subject.event
  const { isReceived: _, secret: _key, ...content } = printed
  return { ...content, id, cursor, event, sourceKind: subject.kind, sourceId: subject.id, sequence, at, isReplay }
}
