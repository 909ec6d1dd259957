import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { testDatabase } from '../../test/support/database.ts'
import { makeTestFolder } from '../../test/support/folder.ts'
import { aCard } from '../../test/support/payments/factories.ts'
import { acquirerKey, createAcquirerDirectory } from '../app/attempt/acquirer-directory.ts'
import { createSealer } from '../app/shared/seal.ts'
import { findAccount, saveCredentials } from '../db/acquirer/acquirer-accounts.ts'
import { findOrganizationOwner } from '../db/catalogue/catalogue-address.ts'
import { sandboxCatalogue, simulatedInstance } from '../domain/catalogue/file/sandbox-catalogue.ts'
import type { Uuid } from '../domain/catalogue/model/uuid.ts'
import { createLogger } from '../http/logger.ts'
import { systemClock } from '../kernel/clock.ts'
import { ISK } from '../kernel/currency.ts'
import { newAttemptId } from '../kernel/ids.ts'
import { money } from '../kernel/money.ts'
import { createAcquirerHttp } from '../rails/card/acquirer-http.ts'
import type { CardAcquirer } from '../rails/rail.ts'
import { addFixtures } from './fixtures.ts'
import { createOrderFaults } from './order-faults.ts'
import { createSandboxSimulator } from './sandbox-simulator.ts'

const { pool } = await testDatabase()
const { folder, remove } = await makeTestFolder()
const sealer = createSealer(Buffer.alloc(32, 3))
const logger = createLogger({ level: 'silent' })
const http = createAcquirerHttp()
await addFixtures(pool, sealer)
const merchantId = (await findOrganizationOwner(pool, sandboxCatalogue.organization.uuid as Uuid)) ?? assert.fail()
const directory = createAcquirerDirectory(pool, sealer, undefined, { http, clock: systemClock })
after(async () => {
  await http.close()
  await remove()
})

const amount = money(ISK, 1_000n)
const place = async () => JSON.parse(await readFile(join(folder, 'acquirer.json'), 'utf8'))
const sealedNow = async () => (await findAccount(pool, merchantId, simulatedInstance))?.sealed ?? undefined

/** Resolves with the first answer that is one; a minute and a half means that there will be none. */
async function until<T>(ask: () => Promise<T | undefined>): Promise<T> {
  const giveUp = AbortSignal.timeout(90_000)
  for (;;) {
    const answer = await ask().catch(() => undefined)
    if (answer !== undefined) return answer
    await pause(10, undefined, { signal: giveUp })
  }
}

async function sale(acquirer: CardAcquirer): Promise<string | undefined> {
  const card = aCard()
  const outcome = await acquirer.perform({ purpose: 'sale', attemptId: newAttemptId(), amount, card }, 60_000)
  return outcome.kind === 'succeeded' ? outcome.railReference : undefined
}

const theAcquirer = async () =>
  (await directory(acquirerKey('valitor_greidslugatt', simulatedInstance), merchantId)) ?? assert.fail()

test('starts the acquirer in the background, again when it dies, and ends it; its book and its address stay', async () => {
  assert.equal(await sale(await theAcquirer()), undefined, 'nobody is there until it listens')
  const simulator = createSandboxSimulator({ folder, pool, sealer, logger })
  simulator.start(systemClock)
  assert.equal(await until(async () => sale(await theAcquirer())), '1000001-4242')
  const acquirer = await theAcquirer()
  const first = await until(place)
  const orderFaults = createOrderFaults(folder)
  assert.equal(await orderFaults('none', 1), true)
  process.kill(first.pid, 'SIGKILL')
  assert.equal(await until(() => sale(acquirer)), '1000002-4242')
  const second = await until(async () => {
    const now = await place()
    return now.pid === first.pid ? undefined : now
  })
  assert.equal(second.url, first.url)
  await simulator.stop()
  assert.throws(() => process.kill(second.pid, 0), { code: 'ESRCH' })
  assert.equal(await sale(acquirer), undefined)
  assert.equal(await orderFaults('none', 1), false)
})

test('leaves credentials alone that somebody gave the instance for an acquirer of their own', async () => {
  const own = sealer.seal(JSON.stringify({ endpoint: 'https://gateway.example', username: 'shop' }))
  await saveCredentials(pool, merchantId, simulatedInstance, own)
  const before = await place()
  const simulator = createSandboxSimulator({ folder, pool, sealer, logger })
  simulator.start(systemClock)
  await until(async () => ((await place()).pid === before.pid ? undefined : true))
  await simulator.stop()
  assert.deepEqual(await sealedNow(), own)
})

test('stops at once when it was never started', async () => {
  await createSandboxSimulator({ folder, pool, sealer, logger }).stop()
})
