import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { request } from 'undici'
import { connectClient } from '../../src/db/wire/connection.ts'
import { tercet } from '../support/cli.ts'
import { spawnTercet } from '../support/crash/crash-process.ts'
import { emptyDatabase } from '../support/database.ts'
import { makeTestFolder } from '../support/folder.ts'
import { freePort } from '../support/free-port.ts'
import { anOrder } from '../support/payments/orders.ts'
import { merchantKey } from '../support/protocols/scalapay.ts'

/** Three cells: the first, one beside it, and one in a database of its own that can be taken away. */
const [home, far] = [await emptyDatabase(), await emptyDatabase()]
const { folder, remove } = await makeTestFolder()
const port = await freePort()
const env = {
  DATABASE_URL: home.url,
  TERCET_DATA: folder,
  TERCET_SECRET_KEY: '7'.repeat(64),
  PORT: String(port),
}
const keys = new Map<string, string>()
let server: ReturnType<typeof spawnTercet>

async function run(...words: string[]): Promise<Record<string, unknown>> {
  const cell = words[0]?.startsWith('@') ? words.shift()?.slice(1) : undefined
  const done = await tercet({ ...env, ...(cell && { TERCET_CELLS: cell }) }, [...words, '--json'])
  assert.equal(done.code, 0, done.err)
  return JSON.parse(done.out)
}

async function addShop(cell: string): Promise<void> {
  const { id } = await run('merchants', 'add', `Shop of ${cell}`, '--cell', cell)
  const { key } = await run(`@${cell}`, 'keys', 'create', '--merchant', String(id), '--protocol', 'scalapay')
  keys.set(cell, String(key))
}

before(async () => {
  await run('migrate')
  await run('cells', 'add', 'c2')
  await run('cells', 'add', 'far', '--database', far.url)
  for (const cell of ['c2', 'far']) await addShop(cell)
  server = spawnTercet(env)
  await server.ready
  keys.set('main', merchantKey)
})

after(async () => {
  await server?.stop()
  await remove()
})

type Answer = { readonly status: number; readonly body: Record<string, unknown>; readonly retryAfter: unknown }

async function ask(cell: string, path: string, body?: object): Promise<Answer> {
  const answer = await request(`http://localhost:${port}${path}`, {
    method: body ? 'POST' : 'GET',
    headers: { authorization: `Bearer ${keys.get(cell)}`, 'content-type': 'application/json' },
    ...(body && { body: JSON.stringify(body) }),
  })
  const text = await answer.body.text()
  const { 'retry-after': retryAfter } = answer.headers
  return { status: answer.statusCode, body: text.startsWith('{') ? JSON.parse(text) : {}, retryAfter }
}

async function order(cell: string): Promise<string> {
  const { status, body } = await ask(cell, '/v2/orders', anOrder())
  assert.equal(status, 200, cell)
  return String(body.token)
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  for (const end = performance.now() + 60_000; !(await isSo()); await pause(50)) assert(performance.now() < end)
}

test('each merchant is served from its cell, by its key, its tokens and its ids', async () => {
  for (const cell of ['main', 'c2', 'far']) {
    const token = await order(cell)
    assert.equal((await ask(cell, `/v2/payments/${token}`)).status, 200)
    const page = await request(`http://localhost:${port}/checkout/${token}`, { headers: { accept: 'text/html' } })
    assert.equal(page.statusCode, 200)
    assert.match(String(page.headers['set-cookie']), new RegExp(`tercet_cell=${cell};`))
    await page.body.dump()
  }
  const { merchants } = (await run('@c2', 'merchants', 'list')) as { merchants: { id: number }[] }
  assert.deepEqual(
    merchants.map(({ id }) => id),
    [10_000_001],
  )
})

test("a key of one cell opens nothing of another's, and says no more than of an order that never was", async () => {
  const token = await order('c2')
  const foreign = await ask('main', `/v2/payments/${token}`)
  const unknown = await ask('main', `/v2/payments/SHOP${token.slice(4)}`)
  assert.ok(foreign.status >= 400)
  assert.equal(foreign.status, unknown.status)
  const { errorId: _, ...said } = foreign.body
  const { errorId: __, ...saidOfUnknown } = unknown.body
  assert.deepEqual(
    JSON.stringify(said).replaceAll(token, ''),
    JSON.stringify(saidOfUnknown).replaceAll(`SHOP${token.slice(4)}`, ''),
  )
  const nobody = await request(`http://localhost:${port}/v2/payments/${token}`, {
    headers: { authorization: 'Bearer nobody' },
  })
  assert.equal(nobody.statusCode, 401)
  await nobody.body.dump()
})

test('a cell whose database is away answers 503 for its merchants alone, and goes on when it is back', async () => {
  const name = new URL(far.url).pathname.slice(1)
  const admin = await connectClient(home.url)
  try {
    await admin.query(`alter database ${name} allow_connections false`)
    await admin.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [name])
    await until(async () => (await ask('far', '/v2/orders', anOrder())).status === 503)
    const [away, ...others] = await Promise.all([
      ask('far', '/v2/orders', anOrder()),
      ...Array.from({ length: 40 }, (_, index) => ask(index % 2 === 0 ? 'main' : 'c2', '/v2/orders', anOrder())),
    ])
    assert.equal(away?.status, 503)
    assert.equal(away?.retryAfter, '1')
    assert.deepEqual([...new Set(others.map(({ status }) => status))], [200])
    const { cells } = (await run('cells', 'list')) as { cells: { name: string; version: string | null }[] }
    assert.deepEqual(
      cells.map((cell) => [cell.name, cell.version !== null]),
      [
        ['main', true],
        ['c2', true],
        ['far', false],
      ],
    )
    const failed = await tercet(env, ['migrate'])
    assert.equal(failed.code, 3)
    assert.match(failed.out, /c2: up to date\nfar: .*not currently accepting/)
  } finally {
    await admin.query(`alter database ${name} allow_connections true`)
    await admin.end()
  }
  await until(async () => (await ask('far', '/v2/orders', anOrder())).status === 200)
})

test('a closed cell gets no new merchant, and the others by size', async () => {
  await run('cells', 'close', 'c2')
  assert.equal((await run('merchants', 'add', 'Placed')).cell, 'far', 'main is the largest')
  const token = await order('c2')
  assert.match(token, /^[A-Z][A-Z0-9]{11}$/)
  const { takesMerchants } = await run('cells', 'show', 'c2')
  assert.equal(takesMerchants, false)
})

test('a merchant of another cell is not missed but pointed to, and the ledger of each cell is proved by itself', async () => {
  const prefix = (await order('c2')).slice(0, 4)
  const { code, err } = await tercet(env, ['merchants', 'show', prefix])
  assert.equal(code, 1)
  assert.match(err, /is in cell c2: run the command with TERCET_CELLS=c2/)
  const byName = await tercet(env, ['merchants', 'show', 'Shop of c2'])
  assert.match(byName.err, /in cell main alone: name another one with TERCET_CELLS/)
  for (const cell of ['main', 'c2', 'far']) assert.ok(await run(`@${cell}`, 'ledger', 'check'))
})

test('a cell leaves the list when nobody lives there any more, and its name is never given again', async () => {
  const refused = async (...words: string[]) => {
    const { code, err } = await tercet(env, words)
    assert.equal(code, 1)
    return err
  }
  assert.match(await refused('cells', 'remove', 'main'), /keeps the list of all/)
  assert.match(await refused('cells', 'remove', 'far'), /takes new merchants: tercet cells drain far first/)
  assert.match(await refused('merchants', 'add', 'Late', '--cell', 'c2'), /c2 takes no new merchants/)
  assert.match(await refused('cells', 'remove', 'c2'), /merchants live in c2 \(1\)/)
  assert.match(await refused('cells', 'drain', 'far', '--to', 'nowhere'), /there is no cell nowhere/)
  assert.equal((await run('cells', 'show', 'far')).takesMerchants, true, 'a wrong command closes nothing')
  await run('cells', 'drain', 'c2', '--to', 'main')
  assert.match(await refused('cells', 'remove', 'c2'), /tercet cells drop-moved/)
  await run('cells', 'drop-moved')
  await run('cells', 'remove', 'c2')
  await until(async () => (await ask('c2', '/v2/orders', anOrder())).status === 200)
  const { cells } = (await run('cells', 'list')) as { cells: { name: string }[] }
  assert.deepEqual(
    cells.map(({ name }) => name),
    ['main', 'far'],
  )
  assert.match(await refused('cells', 'add', 'c2'), /already, or there was one/)
  await run('cells', 'add', 'c3')
  const { id } = await run('merchants', 'add', 'Next', '--cell', 'c3')
  assert.equal(id, 30_000_001, 'merchants of the removed cell keep their ids elsewhere')
})
