import type { Command } from 'commander'
import type { HeardEvent, WebhookListeners } from '../../app/webhook/webhook-listeners.ts'
import { listMerchants } from '../../db/merchant/merchants.ts'
import { Unavailable } from '../../engine/command.ts'
import type { MerchantId } from '../../kernel/ids.ts'
import { isoOf } from '../../kernel/instant.ts'
import { CliError } from '../cli-error.ts'
import { type Database, withDatabase } from '../database/database.ts'
import type { Io } from '../io.ts'
import { jsonFlag } from '../json-option.ts'
import { createForwarder, type Forwarder, type ForwardResult, readForwardTarget } from '../listen/forward.ts'
import { type Listening, listen } from '../listen/listen.ts'
import { createPlaceWriter, type Places, readPlaces } from '../listen/place-file.ts'
import { type MerchantOption, merchantFlag, merchantNamed } from '../merchant.ts'
import { timeText } from '../print/format.ts'
import { emit, type OutputOptions, say, tell } from '../print/print.ts'
import { webhookListeners } from '../webhooks/parts.ts'

type ListenOptions = OutputOptions & MerchantOption & { readonly forward?: string; readonly keep?: string }

/** `tercet listen`. */
export function addListen(program: Command, io: Io): void {
  program
    .command('listen')
    .description('print webhooks as they happen, replays included, and forward them to a local URL')
    .option('--forward <url>', 'send each event there, signed as the real webhook')
    .option(merchantFlag, 'id, token prefix or name; without it all')
    .option('--keep <file>', 'remember the place in this file, and go on from there the next time')
    .option(jsonFlag, 'one line of JSON for each event, with its body and headers')
    .addHelpText(
      'after',
      `
It reads from a cursor, so nothing is missed while the receiver restarts or the database is away: a receiver that cannot be
reached is waited for. A merchant's secret is the same in every run. Any answer ends an event; what went wrong can be sent again with tercet webhooks replay. With
--keep, what happens between two runs is heard too, for up to seven days. Ends with Ctrl-C.

Examples:
  tercet listen
  tercet listen --forward 'http://localhost:3000/hooks?shop=7'
  tercet listen --forward http://localhost:3000/hooks --merchant SHOP --keep .tercet-listen
  tercet listen --json | jq -r '.event.orderToken // empty'`,
    )
    .action((options: ListenOptions) => runListen(io, options))
}

async function runListen(io: Io, options: ListenOptions): Promise<void> {
  const signal = io.stopSignal()
  const target = options.forward === undefined ? undefined : readForwardTarget(options.forward)
  const places: Places = options.keep === undefined ? new Map() : await readPlaces(options.keep)
  const waiting = (error: string) => tell(io, `${target?.origin} cannot be reached (${error}): waiting for it`)
  const forwarder = target && createForwarder(target, waiting)
  try {
    await withDatabase(io, (database) => hear(io, options, { database, places, forwarder, signal }), { mustRun: true })
  } finally {
    await forwarder?.close()
  }
}

type Hearing = {
  readonly database: Database
  readonly places: Places
  readonly forwarder: Forwarder | undefined
  readonly signal: AbortSignal
}

async function hear(io: Io, options: ListenOptions, { database, places, forwarder, signal }: Hearing): Promise<void> {
  const listeners = webhookListeners(database)
  const writePlaces = options.keep === undefined ? undefined : createPlaceWriter(options.keep)
  const keep = async ({ merchant, id, secret, cursor }: Listening): Promise<void> => {
    places.set(merchant.id, { id, secret, cursor })
    await writePlaces?.(places)
  }
  const all: Listening[] = []
  const stop = new AbortController()
  const ended = AbortSignal.any([signal, stop.signal])
  try {
    for (const merchant of await heardMerchants(database, options)) {
      const found = await begin(io, listeners, merchant, places)
      all.push(found)
      await keep(found)
    }
    announce(io, options, all)
    const onEvent = async (event: HeardEvent, merchantId: MerchantId): Promise<void> => {
      // The place stays before an event whose forwarding was cut short by the end.
      const result = forwarder && (await forwarder.forward(event, ended))
      const { name } = all.find(({ merchant }) => merchant.id === merchantId)?.merchant ?? { name: '' }
      show(io, options, { event, result, merchant: { id: merchantId, name } })
    }
    const onTrouble = (line: string) => tell(io, line)
    await Promise.all(all.map((each) => listen(each, { listeners, onEvent, onMoved: keep, onTrouble, signal: ended })))
  } catch (error) {
    if (!signal.aborted) throw error
  } finally {
    stop.abort()
    if (options.keep === undefined) for (const each of all) await forget(listeners, each)
  }
}

/** More merchants at once would be more questions to the database than a person can read answers. */
const mostMerchants = 20

async function heardMerchants(database: Database, { merchant }: MerchantOption): Promise<Listening['merchant'][]> {
  if (merchant !== undefined) return [await merchantNamed(database, merchant)]
  const all = await listMerchants(database.pool)
  if (all.length > mostMerchants) throw new CliError(`there are ${all.length} merchants: say which with --merchant`)
  if (all.length === 0) throw new CliError('there is no merchant yet: add one with tercet merchants add')
  return all
}

/** Goes on from a kept place where that still exists. */
async function begin(
  io: Io,
  listeners: WebhookListeners,
  merchant: Listening['merchant'],
  places: Places,
): Promise<Listening> {
  const kept = places.get(merchant.id)
  if (kept) {
    const isThere = await listeners.read(merchant.id, kept.id, { after: kept.cursor, limit: 1 }).then(Boolean)
    if (isThere) return { merchant, ...kept }
    tell(io, `the kept place of ${merchant.name} is gone: listening from now on`)
  }
  const added = await listeners.add(merchant.id)
  if (added) return { merchant, ...added }
  throw new CliError(`${merchant.name} has too many listeners already: end one of them`)
}

/** A listener that could not be removed is forgotten by the server itself after seven days. */
async function forget(listeners: WebhookListeners, { merchant, id }: Listening): Promise<void> {
  await listeners.remove(merchant.id, id).catch((error: unknown) => {
    if (!(error instanceof Unavailable)) throw error
  })
}

function announce(io: Io, options: ListenOptions, all: readonly Listening[]): void {
  if (options.json) {
    emit(io, { listening: all.map(({ merchant, secret }) => ({ merchant: merchant.id, name: merchant.name, secret })) })
    return
  }
  for (const { merchant, secret } of all) say(io, `listening to ${merchant.id} (${merchant.name}), secret ${secret}`)
  say(io, options.forward === undefined ? 'not forwarding: --forward <url>' : `forwarding to ${options.forward}`)
}

type Shown = {
  readonly event: HeardEvent
  readonly result: ForwardResult | undefined
  readonly merchant: Listening['merchant']
}

function show(io: Io, options: ListenOptions, { event: heard, result, merchant }: Shown): void {
  const { id, cursor, event, sourceKind, sourceId, sequence, at, isReplay, body, headers } = heard
  if (options.json) {
    const forwarded = result ?? null
    const of = sourceKind === 'payment' ? { orderToken: sourceId } : { source: sourceKind, sourceId }
    emit(io, {
      merchant,
      event: { id, cursor, event, ...of, sequence, at: isoOf(at), isReplay, headers, body },
      forwarded,
    })
    return
  }
  const source = sourceKind === 'payment' ? sourceId : `${sourceKind} ${sourceId}`
  const outcome = result === undefined ? '' : `  -> ${outcomeText(result)}`
  say(
    io,
    `${timeText(at)}  ${merchant.name}  ${event.padEnd(18)}  ${source}  #${sequence}${isReplay ? '  replay' : ''}${outcome}`,
  )
}

function outcomeText(result: ForwardResult): string {
  if (result.kind === 'failed') return `failed: ${result.error}`
  const note = result.status === 200 ? '' : ' (only 200 is success)'
  return `${result.status} in ${result.latencyMs} ms${note}`
}
