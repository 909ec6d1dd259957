import type { WebhookEndpoint, WebhookEndpoints } from '../../app/webhook/webhook-endpoints.ts'
import { parseEventFilter, type WebhookEvent } from '../../domain/webhook/event-name.ts'
import { sentBy } from '../../domain/webhook/renderer.ts'
import type { MerchantId } from '../../kernel/ids.ts'
import { isoOf } from '../../kernel/instant.ts'
import { webhookRenderers } from '../../main/webhook-renderers.ts'
import { CliError } from '../cli-error.ts'
import { withDatabase } from '../database/database.ts'
import type { Io } from '../io.ts'
import { chooseMerchant, type MerchantOption } from '../merchant.ts'
import { timeText } from '../print/format.ts'
import { answer, type OutputOptions } from '../print/print.ts'
import { facts, table } from '../print/table.ts'
import { granted, webhookEndpoints } from './parts.ts'

export type EndpointOptions = OutputOptions & MerchantOption

export type SetOptions = EndpointOptions & {
  readonly endpoint?: string
  readonly new?: true
  readonly events?: string
  readonly description?: string
  readonly enable?: true
  readonly disable?: true
}

type Shown = { readonly endpoint: WebhookEndpoint; readonly secret: string | null }

export async function listEndpoints(io: Io, options: EndpointOptions): Promise<void> {
  const endpoints = await withEndpoints(io, options, (all, merchantId) => all.list(merchantId))
  answer(io, options, { endpoints: endpoints.map(viewOf) }, () =>
    endpoints.length === 0
      ? ['There is no webhook endpoint yet: tercet webhooks set <url>.']
      : table(['id', 'url', 'events', 'enabled', 'made'], endpoints.map(rowOf)),
  )
}

export async function setEndpoint(io: Io, url: string | undefined, options: SetOptions): Promise<void> {
  refuseContradictions(url, options)
  const events = options.events === undefined ? undefined : readEvents(options.events)
  const shown = await withEndpoints(io, options, async (all, merchantId): Promise<Shown> => {
    const id = options.endpoint ?? (options.new ? undefined : meantEndpoint(await all.list(merchantId), url))
    if (id !== undefined) {
      const change = {
        ...(url !== undefined && { url }),
        ...(events !== undefined && { events }),
        ...(options.description !== undefined && { description: readDescription(options.description) }),
        // Whoever points an endpoint somewhere wants it to be sent to.
        ...(options.disable ? { enabled: false } : (options.enable || url !== undefined) && { enabled: true }),
      }
      return { endpoint: granted(await all.change(merchantId, id, change)), secret: null }
    }
    if (url === undefined) throw new CliError('this merchant has no webhook endpoint yet: give a URL')
    const description = readDescription(options.description ?? '')
    const added = granted(await all.add(merchantId, { url, description, events: events?.list ?? null }))
    if (!options.disable) return added
    return { ...added, endpoint: granted(await all.change(merchantId, added.endpoint.id, { enabled: false })) }
  })
  show(io, options, shown)
}

/**
 * The endpoint that is meant when none is named: the one that goes to this URL already, or without a URL the only one. Undefined
 * when there is none yet. Throws CliError rather than point an endpoint somewhere else by accident.
 */
function meantEndpoint(endpoints: readonly WebhookEndpoint[], url: string | undefined): string | undefined {
  const [first, second] = endpoints
  if (!first) return undefined
  const same = endpoints.find((each) => url !== undefined && each.url === URL.parse(url)?.href)
  if (same) return same.id
  if (url === undefined && !second) return first.id
  const list = endpoints.map(({ id, url: to }) => `${id} (${to ?? 'no URL'})`).join(', ')
  throw new CliError(
    url === undefined
      ? `say which with --endpoint: ${list}`
      : `this merchant has webhook endpoints already: change one with --endpoint, or add another with --new. There is ${list}`,
  )
}

export async function rotateEndpoint(io: Io, id: string, options: EndpointOptions): Promise<void> {
  const shown = await withEndpoints(io, options, async (all, merchantId) => granted(await all.rotate(merchantId, id)))
  show(io, options, shown)
}

export async function removeEndpoint(io: Io, id: string, options: EndpointOptions): Promise<void> {
  const isRemoved = await withEndpoints(io, options, (all, merchantId) => all.remove(merchantId, id))
  if (!isRemoved) throw new CliError('this merchant has no such webhook endpoint: tercet webhooks list shows them')
  answer(io, options, { id, removed: true }, () => [`removed ${id}`])
}

async function withEndpoints<T>(
  io: Io,
  options: EndpointOptions,
  work: (endpoints: WebhookEndpoints, merchantId: MerchantId) => Promise<T>,
): Promise<T> {
  return await withDatabase(io, async (database) => {
    const merchant = await chooseMerchant(database, options)
    return await work(webhookEndpoints(database), merchant.id)
  })
}

function refuseContradictions(url: string | undefined, options: SetOptions): void {
  if (options.new && options.endpoint !== undefined) throw new CliError('give --new or --endpoint, not both')
  if (options.enable && options.disable) throw new CliError('give --enable or --disable, not both')
  if (options.new && url === undefined) throw new CliError('a new endpoint needs a URL')
  const { events, description, enable, disable } = options
  if ([url, events, description, enable, disable].every((each) => each === undefined))
    throw new CliError('say what to set: a URL, --events, --description, --enable or --disable')
}

function readEvents(text: string): { list: readonly WebhookEvent[] | null } {
  if (text === 'all') return { list: null }
  const list = parseEventFilter(
    text.split(',').map((name) => name.trim()),
    sentBy(webhookRenderers),
  )
  if (list === undefined)
    throw new CliError('--events must be all, or names that webhooks set --help lists, separated by commas')
  return { list }
}

function readDescription(text: string): string {
  if (text.length <= 200 && text.isWellFormed() && !/\p{Cc}/u.test(text)) return text
  throw new CliError('--description must be at most 200 characters, without control characters')
}

function show(io: Io, options: OutputOptions, { endpoint, secret }: Shown): void {
  answer(io, options, { ...viewOf(endpoint), ...(secret !== null && { secret }) }, () => [
    ...facts([
      ['endpoint', endpoint.id],
      ['url', endpoint.url],
      ['events', eventsText(endpoint)],
      ['enabled', endpoint.enabled ? 'yes' : 'no: its messages wait'],
      ['secret', secret],
      ['old secret ends', endpoint.previousSecretUntil && timeText(endpoint.previousSecretUntil)],
    ]),
    ...(secret === null ? [] : ['', 'Keep the secret now: it is not shown again.']),
  ])
}

function rowOf(endpoint: WebhookEndpoint): string[] {
  const { id, url, enabled, createdAt } = endpoint
  return [id, url ?? '', eventsText(endpoint), enabled ? 'yes' : 'no', timeText(createdAt)]
}

function eventsText({ events }: WebhookEndpoint): string {
  return events === null ? 'all' : events.join(', ')
}

function viewOf({ id, url, description, events, enabled, createdAt, previousSecretUntil }: WebhookEndpoint): object {
  const times = { createdAt: isoOf(createdAt), oldSecretUntil: previousSecretUntil && isoOf(previousSecretUntil) }
  return { id, url, description, events, enabled, ...times }
}
