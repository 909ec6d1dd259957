import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import type pg from 'pg'
import { request } from 'undici'
import { findMerchant } from '../../src/db/merchant/merchants.ts'
import { connectClient, connectPool } from '../../src/db/wire/connection.ts'
import { inSchema } from '../../src/db/wire/schema-url.ts'
import type { MerchantTerms } from '../../src/domain/merchant/terms.ts'
import { systemClock } from '../../src/kernel/clock.ts'
import type { MerchantId } from '../../src/kernel/ids.ts'
import { hour, plus } from '../../src/kernel/instant.ts'
import { rowsOfMerchant } from '../support/cells/two-cells.ts'
import { tercet } from '../support/cli.ts'
import { spawnTercet, type TercetProcess } from '../support/crash/crash-process.ts'
import { emptyDatabase, type TestDatabase } from '../support/database.ts'
import { makeTestFolder } from '../support/folder.ts'
import { freePort } from '../support/free-port.ts'
import { createOrder, testEngine } from '../support/payments/engine.ts'
import { anOrder } from '../support/payments/orders.ts'

/** The first cell, and one in a database of its own. That one is put back to a backup before any server is started. */
const [home, other, backup] = [await emptyDatabase(), await emptyDatabase(), await emptyDatabase()]
const far = inSchema(other.url, 'far')
const { folder, remove } = await makeTestFolder()
const port = await freePort()
const env = { DATABASE_URL: home.url, TERCET_DATA: folder, TERCET_SECRET_KEY: '7'.repeat(64), PORT: String(port) }

/** An order of each one was to expire before the backup was made. */
type Shop = { readonly id: MerchantId; readonly key: string; readonly order: string }

let moved: Shop
let stayed: Shop
let arrived: Shop
let backedUp: Map<string, string[]>
let server: TercetProcess

async function run(words: readonly string[], cell?: string): Promise<Record<string, unknown>> {
  const done = await tercet({ ...env, ...(cell && { TERCET_CELLS: cell }) }, [...words, '--json'])
  assert.equal(done.code, 0, done.err)
  return JSON.parse(done.out)
}

async function addShop(name: string, cell: string): Promise<Shop> {
  const { id } = await run(['merchants', 'add', name, '--cell', cell])
  const { key } = await run(['keys', 'create', '--merchant', String(id), '--protocol', 'scalapay'], cell)
  return await inCell(cell, async (pool, url) => {
    const engine = testEngine(url, { clock: { now: () => plus(systemClock.now(), -hour) } })
    const merchant = (await findMerchant(pool, id as MerchantId)) as MerchantTerms
    const order = await createOrder(engine, merchant)
    await engine.close()
    return { id: id as MerchantId, key: String(key), order }
  })
}

/** Nobody may be connected to a database that is copied or dropped. */
async function inCell<T>(cell: string, work: (pool: pg.Pool, url: string) => Promise<T>): Promise<T> {
  const url = cell === 'far' ? far : home.url
  const pool = connectPool(url)
  try {
    return await work(pool, url)
  } finally {
    await pool.end()
  }
}

async function copy({ url: from }: TestDatabase, { url: to }: TestDatabase): Promise<void> {
  const [template, name] = [from, to].map((url) => new URL(url).pathname.slice(1))
  const admin = await connectClient(home.url, { statementTimeoutMs: 0 })
  try {
    await admin.query(`drop database ${name}`)
    await admin.query(`create database ${name} template ${template} strategy file_copy`)
  } finally {
    await admin.end()
  }
}

before(async () => {
  await run(['migrate'])
  await run(['cells', 'add', 'far', '--database', other.url])
  moved = await addShop('Moved away', 'far')
  stayed = await addShop('Stayed', 'far')
  arrived = await addShop('Moved in', 'main')
  await copy(other, backup)
  await run(['cells', 'move', String(arrived.id), '--to', 'far'])
  await run(['cells', 'move', String(moved.id), '--to', 'main'])
  await copy(backup, other)
  backedUp = await inCell('far', (pool) => rowsOfMerchant({ pool }, moved.id))
  server = spawnTercet(env)
  await server.ready
})

after(async () => {
  await server?.stop()
  await remove()
})

async function ask(
  { key }: Shop,
  path: string,
  body?: object,
): Promise<{ status: number; body: Record<string, unknown> }> {
  const answer = await request(`http://localhost:${port}${path}`, {
    method: body ? 'POST' : 'GET',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    ...(body && { body: JSON.stringify(body) }),
  })
  const text = await answer.body.text()
  return { status: answer.statusCode, body: text.startsWith('{') ? JSON.parse(text) : {} }
}

async function expired(shop: Shop): Promise<void> {
  for (const end = performance.now() + 60_000; ; await pause(50)) {
    const { body } = await ask(shop, `/v2/payments/${shop.order}`)
    if (body.status === 'expired') return
    assert(performance.now() < end, JSON.stringify(body))
  }
}

test('a server of a cell that was put back does nothing for a merchant that has moved away since, and serves the others', async () => {
  assert.match(server.err() + server.out(), new RegExp(`"merchants":\\[${moved.id}\\].*live in another cell`))
  await expired(stayed)
  await expired(moved)
  for (const shop of [moved, stayed]) assert.equal((await ask(shop, '/v2/orders', anOrder())).status, 200)
  assert.deepEqual(await inCell('far', (pool) => rowsOfMerchant({ pool }, moved.id)), backedUp)
})

test('a merchant that moved in since is missing and told of, and goes on where it was before once it is brought back', async () => {
  assert.match(server.err() + server.out(), new RegExp(`"merchants":\\[${arrived.id}\\].*tercet cells bring-back`))
  assert.equal((await ask(arrived, '/v2/orders', anOrder())).status, 401)
  const { kept } = await run(['cells', 'drop-moved'])
  assert.deepEqual(kept, [{ merchant: arrived.id, missingIn: 'far' }])
  const { cell, lostSince } = await run(['cells', 'bring-back', String(arrived.id)])
  assert.deepEqual([cell, typeof lostSince], ['main', 'string'])
  await expired(arrived)
  assert.equal((await ask(arrived, '/v2/orders', anOrder())).status, 200)
  assert.deepEqual(await run(['cells', 'moves']), { moves: [] })
})
