import assert from 'node:assert/strict'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { startEmbedded } from '../../src/db/embedded/embedded.ts'
import { proveAll, withDatabase } from '../support/crash/crash-books.ts'
import { type Answer, askPatiently, type Client, connectShop } from '../support/crash/crash-client.ts'
import { spawnTercet } from '../support/crash/crash-process.ts'
import { makeTestFolder } from '../support/folder.ts'
import { freePort } from '../support/free-port.ts'
import { usualPatience } from '../support/patience.ts'
import { anOrder } from '../support/payments/orders.ts'

/** Two seconds, and what a machine that others use as well may add. */
const limitMs = 3_000

/** One that stands still for a moment makes an answer late once: what is late by itself is late every time. */
const tries = 6

const { folder, remove } = await makeTestFolder()
const data = join(folder, 'data')
let database = await startEmbedded({ folder: data })
const port = await freePort()
const url = `http://127.0.0.1:${port}`
const tercet = spawnTercet({
  ...{ PORT: String(port), DATABASE_URL: database.url, TERCET_DATA: join(folder, 'unused') },
  ...usualPatience,
})
await tercet.ready
const shop = connectShop(url)
after(async () => {
  await shop.close()
  await tercet.stop()
  await database.stop()
  await remove()
})

let orders = 0

type Call = { readonly name: string; readonly send: (shop: Client) => Promise<Answer | 'lost'> }

/** A create with a key of its own, and each kind of call about an order that is there. */
function callsAbout(token: string): Call[] {
  orders += 1
  const reference = `outage-${orders}`
  const refund = JSON.stringify({ refundAmount: { amount: '10.00', currency: 'EUR' } })
  const create = JSON.stringify(anOrder({ merchantReference: reference }))
  return [
    { name: 'create', send: (to) => to.post('/v2/orders', create, reference) },
    { name: 'refund', send: (to) => to.post(`/v2/payments/${token}/refund`, refund, `${reference}-refund`) },
    { name: 'get', send: (to) => to.get(`/v2/payments/${token}`) },
    { name: 'references', send: (to) => to.get('/v2/payments/references?merchantOrderReference=outage-1') },
    { name: 'configuration', send: (to) => to.get('/v2/configurations') },
    { name: 'an unknown key', send: () => strangerAsks() },
  ]
}

async function strangerAsks(): Promise<Answer> {
  const response = await fetch(`${url}/v2/configurations`, { headers: { authorization: 'Bearer nobody-knows-this' } })
  const retryAfter = response.headers.get('retry-after') ?? undefined
  return { status: response.status, body: await response.text(), isReplay: false, retryAfter }
}

async function post(path: string, body: object): Promise<string> {
  const { answer } = await askPatiently(() => shop.post(path, JSON.stringify(body)))
  assert(answer !== 'lost', `${path} is answered`)
  assert.equal(answer.status, 200, `${path}: ${answer.body}`)
  return String(JSON.parse(answer.body).token)
}

async function capturedOrder(): Promise<string> {
  const token = await post('/v2/orders', anOrder())
  await post(`/sandbox/orders/${token}/authorize`, { cardNumber: '4242424242424242' })
  return await post('/v2/payments/capture', { token })
}

async function statusOf(path: string): Promise<number> {
  const response = await fetch(`${url}${path}`)
  await response.text()
  return response.status
}

/** Both groups at once, as they would come: what is remembered of a key runs out in between. */
async function assertAway(calls: readonly Call[]): Promise<void> {
  await Promise.all([...calls.map(assertRefused), assertProbes()])
}

async function assertRefused({ name, send }: Call): Promise<void> {
  await assertInTime(name, () => assertPutOff(name, send))
}

async function assertInTime(name: string, ask: () => Promise<void>): Promise<void> {
  let best = Number.POSITIVE_INFINITY
  for (let tried = 0; tried < tries && best > limitMs; tried++) {
    const start = performance.now()
    await ask()
    best = Math.min(best, performance.now() - start)
  }
  assert(best <= limitMs, `${name} is answered after ${Math.round(best)} ms`)
}

async function assertPutOff(name: string, send: Call['send']): Promise<void> {
  const answer = await send(shop)
  assert(answer !== 'lost', `${name} is answered`)
  // Configurations need nothing but the key's owner, which is remembered for a second.
  if (name === 'configuration' && answer.status === 200) return
  assert.equal(answer.status, 503, `${name}: ${answer.body}`)
  assert(Number(answer.retryAfter) >= 1, `${name} says when to try again`)
}

async function assertProbes(): Promise<void> {
  assert.equal(await statusOf('/healthz'), 200)
  await assertInTime('readyz', async () => assert.equal(await statusOf('/readyz'), 503))
}

async function untilReady(): Promise<void> {
  const giveUp = AbortSignal.timeout(90_000)
  while ((await statusOf('/readyz')) !== 200) await pause(20, undefined, { signal: giveUp })
}

/** After the outage: each write that was refused is done once when asked again with its key, however often. */
async function assertRecovered(token: string, calls: readonly Call[]): Promise<void> {
  await untilReady()
  for (const { name, send } of calls) {
    const { answer: first } = await askPatiently(() => send(shop))
    const { answer: second } = await askPatiently(() => send(shop))
    assert(first !== 'lost' && second !== 'lost')
    assert.equal(first.status, name === 'an unknown key' ? 401 : 200, `${name}: ${first.body}`)
    assert.equal(second.body, first.body)
  }
  const reference = `outage-${orders}`
  await withDatabase(database.url, async (pool) => {
    const made = await pool.query('select 1 from payment where merchant_reference = $1', [reference])
    assert.equal(made.rowCount, 1, 'the order was made once')
    const refunded = await pool.query('select refunded from payment where payment_id = $1', [token])
    assert.deepEqual(refunded.rows, [{ refunded: 1_000n }], 'the refund was made once')
    await proveAll(pool)
  })
}

test('answers 503 in time while the database is gone, and works again by itself when it is back', async () => {
  const token = await capturedOrder()
  const calls = callsAbout(token)
  await database.stop()
  await assertAway(calls)
  database = await startEmbedded({ folder: data })
  await assertRecovered(token, calls)
})

test('answers 503 in time while the database is silent, and works again by itself when it speaks', async () => {
  const token = await capturedOrder()
  const calls = callsAbout(token)
  const frozen = await freeze(database.pid())
  try {
    await assertAway(calls)
    await assertAway(calls)
  } finally {
    for (const pid of frozen) process.kill(pid, 'SIGCONT')
  }
  await assertRecovered(token, calls)
})

/** Stops the server and every backend where they stand: connections stay open and nobody answers. */
async function freeze(postmaster: number): Promise<number[]> {
  process.kill(postmaster, 'SIGSTOP')
  const frozen = [postmaster]
  for (const name of await readdir('/proc')) {
    const stat = /^\d+$/.test(name) ? await readFile(`/proc/${name}/stat`, 'utf8').catch(() => '') : ''
    const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])
    if (parent === postmaster) frozen.push(Number(name))
  }
  for (const pid of frozen.slice(1)) process.kill(pid, 'SIGSTOP')
  return frozen
}
