import type pg from 'pg'
import type { MerchantId } from '../../kernel/ids.ts'

/** Every process that works on the database hears it; ids of merchants are unique over all cells. */
const channel = 'tercet_changes'

/** A notice holds 8,000 bytes; ten digits and a comma each leave room. */
const mostPerNotice = 500

/** Tells every process that orders of these merchants have changed. Outside of any transaction that writes: its commit would wait in a queue. */
export async function sendChangeNotice(
  sender: Pick<pg.ClientBase, 'query'>,
  merchants: readonly MerchantId[],
): Promise<void> {
  for (let at = 0; at < merchants.length; at += mostPerNotice)
    await sender.query(`select pg_notify('${channel}', $1)`, [merchants.slice(at, at + mostPerNotice).join(',')])
}

/** Hears the notices on this connection from now on. */
export async function hearChangeNotices(
  client: pg.Client,
  onChange: (merchants: readonly MerchantId[]) => void,
): Promise<void> {
  client.on('notification', ({ payload }) => onChange((payload ?? '').split(',').map(Number) as MerchantId[]))
  await client.query(`listen ${channel}`)
}
