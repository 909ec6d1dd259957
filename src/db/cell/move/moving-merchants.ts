import type { Client, ClientBase } from 'pg'
import type { MerchantId } from '../../../kernel/ids.ts'
import { isServedHere } from '../absent-merchants.ts'
import { changeTable } from './move-session.ts'
import { movedTables } from './moved-tables.ts'

type Sender = Pick<ClientBase, 'query'>

export type MovingState = 'leaving' | 'closed' | 'frozen' | 'left' | 'arriving' | 'arrived' | 'dropping' | 'dropped'

/** How the merchant stands in this cell; undefined when it just lives here, or never did. */
export async function findMoving(sender: Sender, merchantId: MerchantId): Promise<MovingState | undefined> {
  const { rows } = await sender.query<{ state: MovingState }>(
    'select state from moving_merchant where merchant_id = $1',
    [merchantId],
  )
  return rows[0]?.state
}

/** Whether the cell has the merchant's row, whether or not it serves it. */
export async function hasMerchant(sender: Sender, merchantId: MerchantId): Promise<boolean> {
  return (await sender.query('select from merchant where id = $1', [merchantId])).rowCount === 1
}

/** How merchants stand that this cell does not serve and has not forgotten. */
export async function listStanding(sender: Sender): Promise<ReadonlyMap<MerchantId, MovingState>> {
  const { rows } = await sender.query<{ id: MerchantId; state: MovingState }>(
    `select merchant_id as id, state from moving_merchant where state in ('closed', 'frozen', 'left', 'arriving', 'arrived')`,
  )
  return new Map(rows.map(({ id, state }) => [id, state]))
}

/** The merchants that this cell has and serves; with a list, those of them that are on it. */
export async function listServed(sender: Sender, among?: readonly MerchantId[]): Promise<MerchantId[]> {
  const { rows } = await sender.query<{ id: MerchantId }>(
    `select id from merchant where ($1::int[] is null or id = any($1)) and ${isServedHere('id')} order by id`,
    [among ?? null],
  )
  return rows.map(({ id }) => id)
}

/** Begins, or takes over from another mover. Whatever that one still does is refused. */
export async function beginMoving(
  sender: Sender,
  merchantId: MerchantId,
  { state, mover }: { readonly state: 'leaving' | 'left' | 'arriving' | 'dropping'; readonly mover: string },
): Promise<void> {
  await sender.query(
    `insert into moving_merchant (merchant_id, state, mover) values ($1, $2, $3)
     on conflict (merchant_id) do update set state = excluded.state, mover = excluded.mover, until = null`,
    [merchantId, state, mover],
  )
}

/** From which state to which. The times of the last two hold as long as `holdMs`. */
export type MovingStep = {
  readonly merchantId: MerchantId
  readonly mover: string
  readonly from: MovingState
  readonly to: MovingState
  readonly holdMs?: number
}

/**
 * Makes a step when the merchant still stands where this mover left it, and what held it has not run out. False: it does not.
 * Waits for what is being written for the merchant, and no longer than `lock_timeout`.
 */
export async function stepMoving(
  sender: Sender,
  { merchantId, mover, from, to, holdMs }: MovingStep,
): Promise<boolean> {
  const { rowCount } = await sender.query(
    `update moving_merchant m set state = $4, until = held.until
     from (
       select merchant_id, clock_timestamp() + $5::double precision * interval '1 millisecond' as until from moving_merchant
       where merchant_id = $1 and mover = $2 and state = $3 and (until is null or until > clock_timestamp()) for update
     ) held
     where m.merchant_id = held.merchant_id`,
    [merchantId, mover, from, to, holdMs ?? null],
  )
  return rowCount === 1
}

/** Whether this mover may write into the cell that the merchant is arriving in; holds it until the transaction ends. */
export async function holdArriving(sender: Sender, merchantId: MerchantId, mover: string): Promise<boolean> {
  const { rowCount } = await sender.query(
    `select from moving_merchant where merchant_id = $1 and mover = $2 and state in ('arriving', 'dropping') for share`,
    [merchantId, mover],
  )
  return rowCount === 1
}

/** From here on the merchant just lives in this cell. */
export async function endMoving(sender: Sender, merchantId: MerchantId): Promise<void> {
  await sender.query('delete from moving_merchant where merchant_id = $1', [merchantId])
}

/**
 * Stands guard before the merchant's rows on one table (migration 0165). Waits for whoever writes that table at this moment, no longer than
 * `lock_timeout`. On the connection for changes of tables.
 */
export async function guardTable(tables: Client, merchantId: MerchantId, table: string): Promise<void> {
  const { owner } = movedTables.find((each) => each.table === table) ?? { owner: 'merchant_id' }
  await changeTable(tables, async () => {
    for (const [suffix, events, row] of [
      ['written', 'insert or update', 'new'],
      ['deleted', 'delete', 'old'],
    ])
      await tables.query(
        `create or replace trigger ${guardName(merchantId, suffix)} before ${events} on ${table} for each row
         when (${row}.${owner} = ${Number(merchantId)}) execute function refuse_frozen_merchant(${Number(merchantId)})`,
      )
  })
}

/** The tables that the guard stands before. */
export async function listGuarded(sender: Sender, merchantId: MerchantId): Promise<string[]> {
  const { rows } = await sender.query<{ name: string }>(
    `select c.relname::text as name from pg_trigger g join pg_class c on c.oid = g.tgrelid
     where c.relnamespace = current_schema()::regnamespace and g.tgname = $1`,
    [guardName(merchantId, 'written')],
  )
  return rows.map(({ name }) => name)
}

export async function unguardTable(tables: Client, merchantId: MerchantId, table: string): Promise<void> {
  await changeTable(tables, async () => {
    for (const suffix of ['deleted', 'written'])
      await tables.query(`drop trigger if exists ${guardName(merchantId, suffix)} on ${table}`)
  })
}

function guardName(merchantId: MerchantId, suffix = ''): string {
  return `moving_${Number(merchantId)}_${suffix}`
}
