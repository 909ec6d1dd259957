import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import { createSchema } from '../../src/db/cell/cell-schema.ts'
import { migrate, pendingMigrations } from '../../src/db/migrate/migrate.ts'
import { distributeSchema, findNodeOf } from '../../src/db/wire/cluster.ts'
import { connectClient, connectPool } from '../../src/db/wire/connection.ts'
import { onNodeOf } from '../../src/db/wire/placed-url.ts'
import { inSchema } from '../../src/db/wire/schema-url.ts'
import { startBuyers } from '../support/cells/orders-by-key.ts'
import { makeCitusCell, moveSchema } from '../support/citus/cells.ts'
import { emptyCellDatabases } from '../support/database.ts'
import { migrateUntil } from '../support/migrate-until.ts'
import { addMerchant, createAuthorized, createOrder, testEngine } from '../support/payments/engine.ts'

const coordinator = (await emptyCellDatabases()).home.url

function aName(): string {
  return `placed_${randomBytes(6).toString('hex')}`
}

test('a cell that was placed before migration 0200 takes it and all later ones', async () => {
  const name = aName()
  const client = await connectClient(inSchema(coordinator, name), { statementTimeoutMs: 0 })
  await createSchema(client, name)
  await migrateUntil(client, '0200')
  await distributeSchema(client, name)
  assert((await migrate(client)).length > 0)
  assert.deepEqual(await pendingMigrations(client), [])
  await client.end()
})

for (const way of ['straight to the node', 'through the coordinator'] as const) {
  test(`what must never change is refused, ${way}`, async () => {
    const name = aName()
    const placed = await makeCitusCell(coordinator, name)
    const pool = connectPool(way === 'straight to the node' ? placed : inSchema(coordinator, name))
    try {
      const merchant = await addMerchant(pool)
      const engine = testEngine(way === 'straight to the node' ? placed : inSchema(coordinator, name))
      await createAuthorized(engine, merchant)
      for (const change of [
        'update event set kind = kind',
        'delete from event',
        'delete from transfer',
        'truncate event',
      ])
        await assert.rejects(pool.query(change), /is append-only|not allowed on this node/, change)
      await assert.rejects(pool.query('update payment set captured = 1'), /violates check constraint/)
      await engine.close()
    } finally {
      await pool.end()
    }
  })
}

test('connections follow a schema that moves to another node', async () => {
  const name = aName()
  const url = await makeCitusCell(coordinator, name)
  const pool = connectPool(url)
  const engine = testEngine(url)
  const merchant = await addMerchant(pool)
  await createOrder(engine, merchant)
  const portOf = async () => (await pool.query<{ port: number }>('select inet_server_port() as port')).rows[0]?.port
  const before = await portOf()
  const to = await moveSchema(coordinator, name)
  assert.notEqual(before, to.port)
  // The first may meet a connection that is being ended: as any lost one it is answered by another.
  for (const end = performance.now() + 30_000; (await portOf().catch(() => undefined)) !== to.port; )
    assert(performance.now() < end, 'connections still go to the old node')
  await createOrder(engine, merchant)
  const { rows } = await pool.query<{ count: bigint }>('select count(*) from payment')
  assert.equal(rows[0]?.count, 2n)
  assert.deepEqual(await findNodeOf(pool, name), to)
  await engine.close()
  await pool.end()
})

test('a cell moves to another node while orders are made in it, each of them once', async () => {
  const name = aName()
  const url = await makeCitusCell(coordinator, name)
  const pool = connectPool(url)
  const engine = testEngine(url)
  const merchant = await addMerchant(pool)
  const buyers = startBuyers(3, { merchant, engineOf: async () => engine })
  const to = await moveSchema(coordinator, name, 'force_logical')
  for (
    const end = performance.now() + 30_000;
    (await createOrder(engine, merchant).catch(() => undefined)) === undefined;
  )
    assert(performance.now() < end, 'nothing can be ordered after the move')
  const acknowledged = await buyers.stop()
  assert(acknowledged.size > 0)
  assert.deepEqual(await findNodeOf(pool, name), to)
  const { rows } = await pool.query<{ id: string }>('select payment_id as id from payment')
  const made = new Set(rows.map(({ id }) => id))
  assert.deepEqual(
    [...acknowledged.values()].filter((id) => !made.has(id)),
    [],
  )
  assert.equal(made.size, acknowledged.size + 1)
  await engine.close()
  await pool.end()
})

test('a schema that the cluster does not place is said to be away', async () => {
  const pool = connectPool(onNodeOf(inSchema(coordinator, 'nowhere'), 'nowhere'))
  await assert.rejects(pool.query('select 1'), /does not place the schema nowhere/)
  await pool.end()
})
