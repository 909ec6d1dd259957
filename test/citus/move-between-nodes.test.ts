import assert from 'node:assert/strict'
import { test } from 'node:test'
import { moveStages } from '../../src/app/cell/move/move-merchant.ts'
import { findNodeOf } from '../../src/db/wire/cluster.ts'
import { moverWorld } from '../support/cells/killed-movers.ts'
import { startBuyers } from '../support/cells/orders-by-key.ts'
import { cellDatabases } from '../support/database.ts'

const databases = await cellDatabases()
const { engines, id, merchant, killAt, move, whereItLives, servedBy, servedAgainBy } = await moverWorld(databases)

test('the two cells are on different nodes', async () => {
  const nodes = [await findNodeOf(databases.first.pool, 'c1'), await findNodeOf(databases.first.pool, 'c2')]
  assert(nodes.every((node) => node !== undefined))
  assert.notDeepEqual(nodes[0], nodes[1])
})

test('orders that go on while a merchant moves to another node, and its mover is killed at each step, are each made once', async () => {
  const engineOf = async () => engines[(await whereItLives()) === 'far' ? 'far' : 'near']
  const buyers = startBuyers(3, { merchant, engineOf })
  let home = 'near'
  for (const stage of moveStages) {
    const target = home === 'near' ? 'far' : 'near'
    await killAt(stage, target)
    await servedAgainBy(stage === 'opening' || stage === 'done' ? target : home)
    const moved = await move(target)
    assert(moved.ok || moved.reason.reason === 'already_there', JSON.stringify(moved))
    home = target
  }
  const acknowledged = await buyers.stop()
  assert(acknowledged.size > moveStages.length)
  assert.deepEqual(await servedBy(), [home])
  const { rows } = await databases[home === 'far' ? 'far' : 'near'].pool.query<{
    key: string
    answer: string
    made: number
  }>(
    `select i.key, i.response as answer, count(p.payment_id)::int as made from idempotency i
     left join payment p on p.merchant_id = i.merchant_id and p.payment_id = i.response
     where i.merchant_id = $1 and i.key like 'buyer%' group by 1, 2`,
    [id],
  )
  assert.deepEqual(new Map(rows.map(({ key, answer }) => [key, answer])), acknowledged)
  assert(rows.every(({ made }) => made === 1))
  const all = await databases[home === 'far' ? 'far' : 'near'].pool.query(
    'select count(*)::int as count from payment where merchant_id = $1',
    [id],
  )
  assert.equal(all.rows[0].count, acknowledged.size + 5, 'and the five that were there before')
})
