import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { fillTwoCells, rowsOfMerchant } from '../../../../test/support/cells/two-cells.ts'
import { cellDatabases } from '../../../../test/support/database.ts'
import { createAuthorized, createOrder, testEngine } from '../../../../test/support/payments/engine.ts'
import { readOperatorAccounts } from '../../../db/cell/move/moved-people.ts'
import { findMerchant, listMovableMerchants } from '../../../db/merchant/merchants.ts'
import { merchantMoves } from '../../../db/wire/refusal.ts'
import type { MerchantTerms } from '../../../domain/merchant/terms.ts'
import { Unavailable } from '../../../engine/command.ts'
import type { MerchantId } from '../../../kernel/ids.ts'
import { createCellDirectory } from '../cell-directory.ts'
import { MoveLost } from './copy-merchant.ts'
import { dropMoved, settleMove, undoMove } from './end-move.ts'
import { type MoveStage, moveMerchant } from './move-merchant.ts'
import type { CellAddress } from './move-sessions.ts'

const databases = await cellDatabases()
const { first: home, near, far } = databases
const cells = await fillTwoCells(databases)
const engine = testEngine(near.url)
const { movable } = await listMovableMerchants(near.pool)
const merchants: MerchantTerms[] = []
for (const id of movable) merchants.push((await findMerchant(near.pool, id)) as MerchantTerms)
const [first, second] = merchants as [MerchantTerms, MerchantTerms]
for (const merchant of [first, second]) {
  await Promise.all(Array.from({ length: 300 }, () => createOrder(engine, merchant)))
  await createAuthorized(engine, merchant)
}

type OnStage = (stage: MoveStage) => void | Promise<void>

async function move(merchantId: MerchantId, target: string, onStage: OnStage = () => {}) {
  return await moveMerchant({ cells, onStage, forgottenAfterMs: 0 }, { merchantId, target })
}

/** Does something once, when a move comes to a stage. */
function at(wanted: MoveStage, work: () => Promise<unknown>): OnStage {
  let isDone = false
  return async (stage) => {
    if (stage !== wanted || isDone) return
    isDone = true
    await work()
  }
}

test('every row of every merchant is the same in the other cell, and the same when it comes back', async () => {
  for (const { id } of merchants) {
    const before = await rowsOfMerchant(near, id)
    for (const [from, to] of [
      ['near', 'far'],
      ['far', 'near'],
    ] as const) {
      const moved = await move(id, to)
      assert(moved.ok, JSON.stringify(moved))
      assert.equal(moved.value.source, from)
      assert.deepEqual(await rowsOfMerchant(to === 'far' ? far : near, id), before)
    }
    assert((await dropMoved(cells, id)).ok)
    assert.deepEqual(await rowsOfMerchant(near, id), before)
  }
  const tables = new Set<string>()
  for (const { id } of merchants) for (const table of (await rowsOfMerchant(near, id)).keys()) tables.add(table)
  assert(tables.size >= 20, [...tables].join(' '))
})

test('what changes while a merchant is copied goes along, whatever kind of change it is, and on either side', async () => {
  const { id } = first
  const sql = (text: string) => near.pool.query(text.replaceAll('M', String(id)))
  await sql(`insert into webhook_endpoint (merchant_id, endpoint_id, kind, url, secret, created_at)
    select M, gen_random_uuid(), 'http', 'https://shop.example/' || n, '\\x01', now() from generate_series(1, 3) n`)
  const [chain] = (await sql('select min(chain_id)::text as id from chain')).rows
  await sql(`insert into wallet (merchant_id, chain_id, address, is_current, added_at)
    select M, ${chain.id}, decode(repeat('a' || n, 20), 'hex'), n = 1, now() from generate_series(1, 2) n`)
  const change = async () => {
    await createOrder(engine, first)
    await sql(`update merchant set name = 'Renamed' where id = M`)
    await sql(`delete from webhook_endpoint where merchant_id = M and url like '%/2'`)
    await sql(`update webhook_endpoint set description = 'changed' where merchant_id = M and url like '%/3'`)
    await sql(`update wallet set is_current = false where merchant_id = M and is_current`)
    await sql(`update wallet set is_current = true where merchant_id = M and address = decode(repeat('a2', 20), 'hex')`)
    await sql(`delete from idempotency where merchant_id = M`)
    await far.pool.query(
      `update payment set merchant_reference = 'changed there' where (merchant_id, payment_id) =
         (select merchant_id, payment_id from payment where merchant_id = $1 order by payment_id limit 1)`,
      [id],
    )
  }
  const moved = await move(id, 'far', at('closing', change))
  assert(moved.ok, JSON.stringify(moved))
  const there = await rowsOfMerchant(far, id)
  assert.deepEqual(there, await rowsOfMerchant(near, id))
  assert.equal(there.get('webhook_endpoint')?.length, 2)
  assert.match(there.get('merchant')?.[0] ?? '', /Renamed/)
  const { rows } = await far.pool.query('select is_current from wallet where merchant_id = $1 order by address', [id])
  assert.deepEqual(rows, [{ is_current: false }, { is_current: true }])
  assert((await move(id, 'near')).ok)
})

test('a product and its variations that are deleted meanwhile are deleted there', async () => {
  const { rows } = await near.pool.query<{ id: MerchantId; uuid: string }>(
    `select p.merchant_id as id, p.uuid from catalogue_product p join catalogue_variation v on v.merchant_id = p.merchant_id
       and v.product_uuid = p.uuid where not exists (select from event_capacity e where e.product_uuid = p.uuid) limit 1`,
  )
  const [{ id, uuid } = assert.fail('the catalogue has a product with variations')] = rows
  const remove = async () => {
    await near.pool.query('delete from catalogue_variation where product_uuid = $1', [uuid])
    await near.pool.query('delete from catalogue_product where uuid = $1', [uuid])
  }
  assert((await move(id, 'far', at('catching up', remove))).ok)
  assert.deepEqual(await rowsOfMerchant(far, id), await rowsOfMerchant(near, id))
  assert.equal((await far.pool.query('select from catalogue_product where uuid = $1', [uuid])).rowCount, 0)
})

test('while it is frozen its commands are refused, and those of another merchant in the same batch are not', async () => {
  const results: PromiseSettledResult<unknown>[] = []
  const order = async () => {
    results.push(...(await Promise.allSettled([first, second, first, second].map((each) => createOrder(engine, each)))))
    await assert.rejects(findMerchant(near.pool, first.id), { name: 'MerchantMoves' })
  }
  assert((await move(first.id, 'far', at('comparing', order))).ok)
  assert.deepEqual(
    results.map((each) => (each.status === 'fulfilled' ? 'made' : each.reason instanceof Unavailable && '503')),
    ['503', 'made', '503', 'made'],
  )
  assert((await move(first.id, 'near')).ok)
})

test('a hold that runs out lets the merchant go on, and the move begins to close it anew', async () => {
  let made = ''
  const lapse = async () => {
    await near.pool.query(`update moving_merchant set until = now() - interval '1 second' where merchant_id = $1`, [
      first.id,
    ])
    made = await createOrder(engine, first)
    assert.ok(await findMerchant(near.pool, first.id))
  }
  assert((await move(first.id, 'far', at('comparing', lapse))).ok)
  const { rowCount } = await far.pool.query('select from payment where merchant_id = $1 and payment_id = $2', [
    first.id,
    made,
  ])
  assert.equal(rowCount, 1)
  assert((await move(first.id, 'near')).ok)
})

test('one mover at a time, and one that was overtaken writes nothing', async () => {
  const rival = at('copying', async () => {
    assert.deepEqual(await move(first.id, 'far'), { ok: false, reason: { reason: 'busy' } })
    assert.deepEqual(await settleMove(cells, first.id), { ok: false, reason: { reason: 'busy' } })
  })
  assert((await move(first.id, 'far', rival)).ok)
  const overtake = at('copying', async () => {
    await near.pool.query('update moving_merchant set mover = $2 where merchant_id = $1', [first.id, randomUUID()])
    await near.pool.query('delete from payment_note where merchant_id = $1', [first.id])
    await near.pool.query('delete from idempotency where merchant_id = $1', [first.id])
  })
  await far.pool.query(
    `insert into payment_note select $1, payment_id, gen_random_uuid(), 'a', 'b', now() from payment where merchant_id = $1`,
    [first.id],
  )
  await assert.rejects(move(first.id, 'near', overtake), MoveLost)
  assert((await undoMove(cells, first.id)).ok)
  assert((await move(first.id, 'near')).ok)
})

test('a chain that was read without the merchant is read again where it goes on, however the move ends', async () => {
  const { rows } = await near.pool.query<{ id: MerchantId; chain: bigint }>(
    'select merchant_id as id, chain_id as chain from wallet where is_current order by 1, 2 limit 1',
  )
  const [{ id, chain } = assert.fail('a merchant has a wallet')] = rows
  const read = async (number: number) => {
    for (const { pool } of [near, far]) {
      await pool.query(
        `insert into chain_watch (chain_id, scanned) values ($1, $2) on conflict (chain_id) do update set scanned = $2`,
        [chain, number],
      )
      await pool.query(
        `insert into chain_block values ($1, $2, decode(lpad($2::bigint::text, 64, '0'), 'hex')) on conflict do nothing`,
        [chain, number],
      )
    }
  }
  const places = async () => {
    const asked = [near, far].map(({ pool }) =>
      pool.query(
        'select w.scanned, max(b.number) as block from chain_watch w join chain_block b using (chain_id) group by 1',
      ),
    )
    return (await Promise.all(asked)).map((each) => each.rows.map(({ scanned, block }) => [scanned, block]))
  }
  const [before, after] = [[[100n, 100n]], [[120n, 120n]]]
  const failing: OnStage = async (stage) => {
    if (stage !== 'comparing') return
    await read(120)
    throw new Error('interrupted')
  }
  await read(100)
  await assert.rejects(move(id, 'far', failing), /interrupted/)
  assert.deepEqual(await places(), [after, after])
  assert((await undoMove(cells, id)).ok)
  assert.deepEqual(await places(), [before, after], 'undone')
  await read(100)
  await assert.rejects(move(id, 'far', failing), /interrupted/)
  const repeating = at('copying', async () => assert.deepEqual(await places(), [before, after]))
  assert((await move(id, 'far', repeating)).ok)
  assert.deepEqual(await places(), [before, before], 'repeated')
  assert((await move(id, 'near')).ok)
})

test('the account that keeps a card of its shopper comes along, whosever payments made it', async () => {
  const [account, shopper] = [randomUUID(), randomUUID()]
  const { pool } = near
  await pool.query(
    `insert into acquirer_account (owner, account_id, connector, currency) values (0, $1, 'valitor', 'EUR')`,
    [account],
  )
  await pool.query(`insert into shopper (shopper_id, email, language, created_at) values ($1, $2, 'it', now())`, [
    shopper,
    `${shopper}@example.com`,
  ])
  await pool.query(
    `insert into shopper_card values ($1, gen_random_uuid(), 'visa', '4242', 12, 2040, 'valitor/' || $2, '', true, now())`,
    [shopper, account],
  )
  await pool.query('insert into shopper_order values ($1, $2, $3, now())', [
    ...[shopper, first.id, await createOrder(engine, first)],
  ])
  assert((await readOperatorAccounts(pool, first.id)).some((row) => row.includes(account)))
})

test('what is undone leaves nothing behind', async () => {
  const before = await rowsOfMerchant(near, second.id)
  await assert.rejects(
    move(
      second.id,
      'far',
      at('comparing', () => Promise.reject(new Error('interrupted'))),
    ),
    /interrupted/,
  )
  assert.deepEqual(await move(second.id, 'near'), { ok: false, reason: { reason: 'moving_elsewhere', cell: 'far' } })
  assert((await undoMove(cells, second.id)).ok)
  assert.equal((await rowsOfMerchant(far, second.id)).size, 0)
  assert.deepEqual(await rowsOfMerchant(near, second.id), before)
})

test('a server whose directory is stale for a second answers 503 and writes nothing, and finds the merchant when it asks', async () => {
  const directory = createCellDirectory(home.pool)
  await directory.followMoves()
  const name = { kind: 'merchant', name: String(second.id) } as const
  assert.equal(await directory.cellOf([name]), 'near')
  assert((await move(second.id, 'far')).ok)
  const before = await rowsOfMerchant(near, second.id)
  assert.equal(await directory.cellOf([name]), 'near', 'it has not heard of the move')
  await assert.rejects(findMerchant(near.pool, second.id), { code: merchantMoves })
  await assert.rejects(createOrder(engine, second), Unavailable)
  assert.deepEqual(await rowsOfMerchant(near, second.id), before)
  await directory.followMoves()
  assert.equal(await directory.cellOf([name]), 'far')
  assert.ok(await findMerchant(far.pool, second.id))
  assert.ok(await createOrder(testEngine(far.url), second))
})

test('what has moved is not undone', async () => {
  assert.deepEqual(await undoMove(cells, second.id), { ok: false, reason: { reason: 'has_moved', cell: 'far' } })
})

test('does not move on while old rows are kept in a third cell', async () => {
  const third = { ...cells[1], name: 'third' } as CellAddress
  const moved = await moveMerchant({ cells: [...cells, third] }, { merchantId: second.id, target: 'third' })
  assert.deepEqual(moved, { ok: false, reason: { reason: 'rows_kept', cell: 'near' } })
})

test('a directory that forgot a move in a restore opens its merchant nowhere twice', async () => {
  await home.pool.query('update merchant_move set switched_at = null where merchant_id = $1', [second.id])
  assert.deepEqual(await settleMove(cells, second.id), { ok: false, reason: { reason: 'has_moved', cell: 'far' } })
  await assert.rejects(findMerchant(near.pool, second.id), { code: merchantMoves })
})
