import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { checkLedger } from '../../src/app/payment/check-ledger.ts'
import { findNodeOf } from '../../src/db/wire/cluster.ts'
import { connectPool } from '../../src/db/wire/connection.ts'
import { Unavailable } from '../../src/engine/command.ts'
import { startBuyers } from '../support/cells/orders-by-key.ts'
import { makeCitusCell, withClient } from '../support/citus/cells.ts'
import { startOwnNode } from '../support/citus/own-node.ts'
import { emptyCellDatabases } from '../support/database.ts'
import { makeTestFolder } from '../support/folder.ts'
import { addMerchant, createOrder, testEngine } from '../support/payments/engine.ts'

const coordinator = (await emptyCellDatabases()).home.url
const { folder, remove } = await makeTestFolder()
const node = await startOwnNode(coordinator, folder)
after(async () => {
  await node?.stop()
  await remove()
})

async function aCell(name: string) {
  const url = await makeCitusCell(coordinator, name)
  const pool = connectPool(url)
  after(() => pool.end())
  return { pool, engine: testEngine(url), merchant: await addMerchant(pool) }
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  for (const end = performance.now() + 120_000; !(await isSo()); await pause(20)) assert(performance.now() < end)
}

test(
  'a node is killed under orders and comes back: its cell refuses meanwhile, another cell does not, and each order is there once',
  {
    skip: node === undefined && 'the programs of the cluster are not on this machine',
  },
  async () => {
    assert(node)
    const [killed, other] = [await aCell('killed'), await aCell('other')]
    await withClient(coordinator, async (client) => {
      const move = (name: string, port: number) =>
        client.query(`select citus_schema_move($1::regnamespace, '127.0.0.1', $2, 'block_writes')`, [name, port])
      const at = async (name: string) => (await findNodeOf(client, name))?.port
      const elsewhere = (await at('killed')) === node.port ? await at('other') : await at('killed')
      if ((await at('killed')) !== node.port) await move('killed', node.port)
      if ((await at('other')) === node.port) await move('other', elsewhere ?? assert.fail())
    })
    const { engine, merchant, pool } = killed
    const tried = () =>
      createOrder(engine, merchant).then(
        () => true,
        (error: unknown) => {
          assert(error instanceof Unavailable, String(error))
          return false
        },
      )
    await until(tried)
    const buyers = startBuyers(3, { merchant, engineOf: async () => engine })
    const count = async () => (await pool.query('select from payment')).rowCount ?? 0
    await until(async () => (await count()) > 30)
    await node.kill()
    await until(async () => !(await tried()))
    for (let orders = 0; orders < 10; orders++) await createOrder(other.engine, other.merchant)
    assert.equal(await tried(), false)
    await node.start()
    await until(tried)
    const before = await count()
    await until(async () => (await count()) > before + 30)
    const acknowledged = await buyers.stop()
    const { rows } = await pool.query<{ id: string }>('select payment_id as id from payment')
    const made = new Set(rows.map(({ id }) => id))
    assert.deepEqual(
      [...acknowledged.values()].filter((id) => !made.has(id)),
      [],
    )
    const { rows: keys } = await pool.query(`select response from idempotency where operation = 'test'`)
    assert.equal(keys.length, acknowledged.size)
    assert.deepEqual((await checkLedger(pool, merchant.id)).discrepancies, [])
  },
)
