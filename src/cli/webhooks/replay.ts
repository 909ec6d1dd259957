import { CliError } from '../cli-error.ts'
import { type Database, withDatabase } from '../database/database.ts'
import type { Io } from '../io.ts'
import { chooseMerchant, type MerchantOption } from '../merchant.ts'
import { countText } from '../print/format.ts'
import { answer, type OutputOptions } from '../print/print.ts'
import { createProgress } from '../print/progress.ts'
import { instantOf, type When } from '../read/time.ts'
import { webhookLog } from './parts.ts'

export type ReplayOptions = OutputOptions &
  MerchantOption & { readonly from?: When; readonly to?: When; readonly endpoint?: string }

export async function replay(io: Io, id: string | undefined, options: ReplayOptions): Promise<void> {
  const { from, to, endpoint } = options
  if ((id === undefined) === (from === undefined)) throw new CliError('give a delivery, or --from: one of the two')
  if (id !== undefined && (to !== undefined || endpoint !== undefined))
    throw new CliError('--to and --endpoint belong to a range: give --from with them')
  const progress = createProgress(io)
  progress.show('replaying')
  const replayed = await withDatabase(io, (database) =>
    id === undefined ? replayRange(database, options) : replayOne(database, id, options),
  ).finally(progress.end)
  answer(io, options, { replayed }, () => [
    replayed === 1 ? '1 delivery will be sent again' : `${countText(replayed)} deliveries will be sent again`,
  ])
}

async function replayOne(database: Database, id: string, options: ReplayOptions): Promise<number> {
  const merchant = await chooseMerchant(database, options)
  if (await webhookLog(database).replay(merchant.id, id)) return 1
  throw new CliError('this merchant has no such delivery, or its endpoint was removed')
}

async function replayRange(database: Database, { from, to, endpoint, merchant }: ReplayOptions): Promise<number> {
  const found = await chooseMerchant(database, merchant === undefined ? {} : { merchant })
  const now = database.clock.now()
  const range = { from: instantOf(from ?? { at: now }, now), to: instantOf(to ?? { at: now }, now) }
  if (range.to <= range.from) throw new CliError('--to must be later than --from')
  return await webhookLog(database).replayRange(found.id, { ...range, endpointId: endpoint ?? null })
}
