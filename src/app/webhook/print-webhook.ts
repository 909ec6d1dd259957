import type pg from 'pg'
import { findSigningKey } from '../../db/merchant/api-keys.ts'
import type { SealedSecrets } from '../../db/webhook/webhook-claims.ts'
import {
  isStatus200,
  jsonContent,
  type SourceRenderers,
  type WebhookContent,
  type WebhookRenderer,
  type WebhookRenderers,
} from '../../domain/webhook/renderer.ts'
import type { PaymentFacts, WebhookSubject } from '../../domain/webhook/subject.ts'
import type { Instant } from '../../kernel/instant.ts'
import { outageAsUnavailable } from '../shared/outage.ts'
import type { Sealer } from '../shared/seal.ts'

/** One request as it goes out. */
export type PrintedWebhook = WebhookContent & {
  readonly isReceived: (status: number) => boolean
  /** a key that the request carries: struck out of whatever is kept of its answer */
  readonly secret: string | null
}

export type PrintableMessage = SealedSecrets & {
  readonly messageId: string
  readonly subject: WebhookSubject
  readonly details: string | null
}

/**
 * Renders and signs a message for the attempt made now; null when its protocol has no word for the event. Throws
 * `MissingSigningKey`, or `Unavailable` when the database is away. `at` is the time of the attempt by the clock, which
 * decides whether an old secret still counts; the signature itself carries real time, as receivers compare it with
 * their own clocks, which are not moved.
 */
export type PrintWebhook = (message: PrintableMessage, at: Instant) => Promise<PrintedWebhook | null>

/** The merchant has no live API key left to sign with: nothing a retry cannot heal once a new one is made. */
export class MissingSigningKey extends Error {
  constructor() {
    super('there is no live API key to sign with')
    this.name = 'MissingSigningKey'
  }
}

export type PrinterOptions = {
  readonly pool: pg.Pool
  readonly sealer: Sealer
  readonly renderers: WebhookRenderers
  /** for what belongs to no payment; a kind that is missing is not told of */
  readonly sourceRenderers?: SourceRenderers
  /** Standard Webhooks headers: `signStandard` of src/http/outgoing */
  readonly signStandard: (
    secrets: string[],
    id: string,
    seconds: number,
    body: string,
  ) => { readonly [name: string]: string }
  readonly version: string
  /** milliseconds since 1970, never moved; default `Date.now` */
  readonly realTime?: () => number
}

export function createWebhookPrinter(options: PrinterOptions): PrintWebhook {
  const { renderers, sealer, signStandard } = options
  const realTime = options.realTime ?? Date.now
  const signingKey = rememberSigningKeys(options.pool, sealer)
  return async (message, at) => {
    const now = realTime()
    const said = await say(message, now)
    if (!said) return null
    const { content, own, secret, isReceived } = said
    // Where there is no body the parameters are what is signed.
    const signed = content.body === '' ? new URLSearchParams(content.query).toString() : content.body
    const standard = signStandard(secretsAt(message, at, sealer), message.messageId, Math.floor(now / 1000), signed)
    const headers = {
      ...content.headers,
      'user-agent': `Tercet/${options.version}`,
      'tercet-sequence': String(message.subject.event.sequence),
      ...own.headers,
      ...standard,
    }
    return { ...content, query: { ...content.query, ...own.query }, headers, secret, isReceived }
  }

  async function say({ subject, details }: PrintableMessage, now: number): Promise<Said | null> {
    if (subject.kind !== 'payment') {
      const body = options.sourceRenderers?.[subject.kind]?.(subject, details) ?? null
      return body === null ? null : { ...unsigned, content: jsonContent(body), isReceived: isStatus200 }
    }
    const renderer = renderers[subject.payment.protocol]
    const content = renderer?.render(subject.payment, subject.event, details)
    if (!renderer || !content) return null
    const { isReceived, sign, needsKey = () => true } = renderer
    if (!sign || !needsKey(content)) return { ...unsigned, content, isReceived }
    const secret = await signingKey(subject.payment)
    return { content, own: sign(secret, now, content), secret, isReceived }
  }
}

type Said = Pick<PrintedWebhook, 'secret' | 'isReceived'> & {
  readonly content: WebhookContent
  /** what the protocol's own signature adds */
  readonly own: Pick<WebhookContent, 'headers' | 'query'>
}

const unsigned = { own: { headers: {}, query: {} }, secret: null } as const

/** The events for which any protocol wants the merchant's request. */
export function detailsWantedBy(renderers: WebhookRenderers): WebhookRenderer['wantsDetails'] {
  return [...new Set(Object.values(renderers).flatMap((renderer) => renderer?.wantsDetails ?? []))]
}

function secretsAt(message: SealedSecrets, at: Instant, sealer: Sealer): string[] {
  const { secret, previousSecrets, previousSecretsUntil } = message
  const stillValid = previousSecrets.filter((_, index) => at < (previousSecretsUntil[index] ?? at))
  return [secret, ...stillValid].map(sealer.open)
}

/** A new or revoked key takes effect within this; thousands of messages a second cost one query for it. */
const rememberMs = 1_000

function rememberSigningKeys(pool: pg.Pool, sealer: Sealer): (payment: PaymentFacts) => Promise<string> {
  const known = new Map<string, { readonly key: Promise<string>; readonly until: number }>()
  return ({ merchantId, protocol }) => {
    const name = `${merchantId} ${protocol}`
    const found = known.get(name)
    if (found && found.until > performance.now()) return found.key
    if (known.size >= 10_000) known.clear()
    const key = findKey(pool, sealer, merchantId, protocol)
    known.set(name, { key, until: performance.now() + rememberMs })
    return key
  }
}

async function findKey(
  pool: pg.Pool,
  sealer: Sealer,
  merchantId: PaymentFacts['merchantId'],
  protocol: PaymentFacts['protocol'],
): Promise<string> {
  const sealed = await outageAsUnavailable(findSigningKey(pool, merchantId, protocol))
  if (!sealed) throw new MissingSigningKey()
  return sealer.open(sealed)
}
