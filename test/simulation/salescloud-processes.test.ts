import assert from 'node:assert/strict'
import { randomInt } from 'node:crypto'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { createSealer } from '../../src/app/shared/seal.ts'
import { saveCredentials } from '../../src/db/acquirer/acquirer-accounts.ts'
import { findOrganizationOwner } from '../../src/db/catalogue/catalogue-address.ts'
import { connectClient } from '../../src/db/wire/connection.ts'
import { simulatedInstance } from '../../src/domain/catalogue/file/sandbox-catalogue.ts'
import type { Uuid } from '../../src/domain/catalogue/model/uuid.ts'
import { addFixtures } from '../../src/main/fixtures.ts'
import { defaultSettings } from '../../src/rails/card/valitor/simulator/settings.ts'
import { startSimulator } from '../../src/rails/card/valitor/simulator/start-simulator.ts'
import { compareCardBooks, compareSeats, proveLedger } from '../support/crash/crash-card-books.ts'
import {
  answersOf,
  aRandomPayment,
  type CardPayment,
  simulatedPath,
  someFaults,
} from '../support/crash/crash-card-payments.ts'
import { type Client, connectShop } from '../support/crash/crash-client.ts'
import { spawnTercet } from '../support/crash/crash-process.ts'
import { randomOf } from '../support/crash/crash-random.ts'
import { testDatabase } from '../support/database.ts'
import { makeTestFolder } from '../support/folder.ts'
import { freePort } from '../support/free-port.ts'
import { approvedCard, organization } from '../support/protocols/salescloud.ts'
import { inDatabase } from '../support/server.ts'

const seed = Number(process.env.CRASH_SEED ?? randomInt(1_000_000))
const random = randomOf(seed)
const { folder, remove } = await makeTestFolder()
const database = await testDatabase()
const simulator = await startSimulator({ bookFile: join(folder, 'book') })
const secretKey = '7'.repeat(64)
await prepareDatabase()
const servers = await startServers(4)
const all: CardPayment[] = []
after(async () => {
  await Promise.all(servers.map((server) => server.stop()))
  await simulator.stop()
  await remove()
})

for (const processes of [2, 4]) {
  test(`charges once for a requestId that ${processes} processes get at once (CRASH_SEED=${seed})`, async () => {
    const shops = servers.slice(0, processes).map(({ url }) => connectShop(url, 64))
    const payments = Array.from({ length: 80 }, (_, at) => aRandomPayment(random, `${processes}-${at}`))
    all.push(...payments)
    for (let at = 0; at < payments.length; at += 20) {
      await simulator.control.faults(someFaults(random))
      await Promise.all(payments.slice(at, at + 20).map((payment) => ask(shops, payment)))
    }
    await simulator.control.faults([])
    await Promise.all(shops.map((shop) => shop.close()))
    const { entries } = await simulator.control.book()
    await compareCardBooks(database.pool, entries, all)
    await compareSeats(database.pool, all)
    await proveLedger(database.pool)
    const asked = payments.reduce((sum, { heard }) => sum + heard.length, 0)
    assert(asked > payments.length, 'requests were repeated')
    assert(payments.some((payment) => answersOf(payment).some(({ status }) => status === 200)))
  })
}

test('calls the acquirer for nothing that is answered 404, whatever the reason', async () => {
  const [shop] = servers.map(({ url }) => connectShop(url, 64))
  assert(shop)
  const right = { namespace: 'valitor_greidslugatt', amount: 1_000, currency_code: 'ISK', details: approvedCard }
  const first = await shop.post(simulatedPath, JSON.stringify({ ...right, requestId: 'refused' }))
  assert.equal(first !== 'lost' && first.status, 200)
  const { calls } = await simulator.control.book()
  const assertRefused = async (sent: object | string, path = simulatedPath) => {
    const answer = await shop.post(path, typeof sent === 'string' ? sent : JSON.stringify(sent))
    assert.equal(answer !== 'lost' && answer.status, 404, JSON.stringify(sent))
  }
  await Promise.all([
    assertRefused('{'),
    assertRefused({ ...right, amount: 0 }),
    assertRefused({ ...right, amount: 1_001, requestId: 'refused' }),
    assertRefused({ ...right, currency_code: 'EUR' }),
    assertRefused({ ...right, items: [{ uuid: 'b80e6d25-4f97-4a1c-93d8-7c2f5e0ab146', quantity: 1 }] }),
    assertRefused(right, simulatedPath.replace(/.$/, '0')),
  ])
  await withoutDatabase(() => Promise.all(Array.from({ length: 20 }, () => assertRefused(right))))
  assert.equal((await simulator.control.book()).calls, calls)
  await shop.close()
})

/** Nobody gets in, and nobody who was in stays. */
async function withoutDatabase(work: () => Promise<unknown>): Promise<void> {
  const name = new URL(database.url).pathname.slice(1)
  const admin = await connectClient(inDatabase(database.url, 'postgres'))
  try {
    await admin.query(`alter database ${name} with allow_connections false`)
    await admin.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [name])
    await work()
  } finally {
    await admin.query(`alter database ${name} with allow_connections true`)
    await admin.end()
  }
}

/** To every process at once where a requestId makes it one request; otherwise to one of them. */
async function ask(shops: readonly Client[], payment: CardPayment): Promise<void> {
  const asked = payment.hasRequestId ? shops : [random.pick(shops)]
  payment.heard.push(...(await Promise.all(asked.map((shop) => shop.post(simulatedPath, payment.body)))))
  assert(!payment.heard.includes('lost'), 'nobody was cut off')
}

/** What a sandbox with a database of its own does by itself (src/main/sandbox-simulator.ts). */
async function prepareDatabase(): Promise<void> {
  const sealer = createSealer(Buffer.from(secretKey, 'hex'))
  await addFixtures(database.pool, sealer)
  const merchantId = await findOrganizationOwner(database.pool, organization as Uuid)
  assert(merchantId)
  const sealed = sealer.seal(JSON.stringify({ endpoint: simulator.url, ...defaultSettings }))
  await saveCredentials(database.pool, merchantId, simulatedInstance, sealed)
}

async function startServers(count: number): Promise<{ url: string; stop: () => Promise<unknown> }[]> {
  const starting = Array.from({ length: count }, async () => {
    const port = await freePort()
    const { ready, stop } = spawnTercet({
      PORT: String(port),
      DATABASE_URL: database.url,
      TERCET_DATA: join(folder, 'unused'),
      TERCET_SECRET_KEY: secretKey,
    })
    await ready
    return { url: `http://127.0.0.1:${port}`, stop }
  })
  return await Promise.all(starting)
}
