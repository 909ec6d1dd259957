import { join } from 'node:path'
import { createSealer } from '../../src/app/shared/seal.ts'
import { saveCredentials } from '../../src/db/acquirer/acquirer-accounts.ts'
import { findOrganizationOwner } from '../../src/db/catalogue/catalogue-address.ts'
import { connectPool } from '../../src/db/wire/connection.ts'
import { sandboxCatalogue, simulatedInstance } from '../../src/domain/catalogue/file/sandbox-catalogue.ts'
import { parseUuid } from '../../src/domain/catalogue/model/uuid.ts'
import { readSecretKey } from '../../src/main/secret-key.ts'
import { defaultSettings } from '../../src/rails/card/valitor/simulator/settings.ts'
import { startSimulator } from '../../src/rails/card/valitor/simulator/start-simulator.ts'
import type { Bench, Scenario } from '../bench.ts'
import type { Figure } from '../figure.ts'
import { inTurns, medianOf, ratioOf } from '../rounds.ts'

/** Payment requests, both commits durable, through the acquirer in process and through the one that speaks SOAP. */
export const paymentRequests: Scenario = { name: 'payment-requests', run }

async function run(bench: Bench): Promise<readonly Figure[]> {
  const simulator = await startSimulator({ bookFile: join(bench.folder, 'bench-book') })
  try {
    await bench.tercet() // the fixtures are there from here on
    await useSimulator(bench, simulator.url)
    return await measure(bench)
  } finally {
    await simulator.stop()
  }
}

/** The servers measured here have a database of their own, beside which the sandbox starts no simulator. */
async function useSimulator({ databaseUrl, folder }: Bench, endpoint: string): Promise<void> {
  const pool = connectPool(databaseUrl)
  try {
    const organization = parseUuid(sandboxCatalogue.organization.uuid)
    const merchantId = organization && (await findOrganizationOwner(pool, organization))
    if (!merchantId) throw new Error('the sandbox organization is missing')
    const sealer = createSealer(readSecretKey(undefined, 'sandbox', folder))
    const sealed = sealer.seal(JSON.stringify({ endpoint, ...defaultSettings }))
    await saveCredentials(pool, merchantId, simulatedInstance, sealed)
  } finally {
    await pool.end()
  }
}

async function measure(bench: Bench): Promise<readonly Figure[]> {
  const { sizes, load } = bench
  const echo = await bench.echo()
  const tercet = await bench.tercet()
  const warmUp = { durationMs: sizes.warmUpMs }
  await load(echo, 'echoPayment', warmUp)
  await load(tercet, 'pay', warmUp)
  await load(tercet, 'paySoap', warmUp)
  const rates = await inTurns(
    {
      echo: async () => (await load(echo, 'echoPayment')).ratePerSecond,
      pay: async () => (await load(tercet, 'pay')).ratePerSecond,
      soap: async () => (await load(tercet, 'paySoap')).ratePerSecond,
      create: async () => (await load(tercet, 'create')).ratePerSecond,
    },
    sizes.rounds,
  )
  const figure = (what: string, name: 'pay' | 'soap', other: 'echo' | 'create'): Figure => ({
    id: '4.1',
    what,
    value: ratioOf(rates[name], rates[other]),
    note: `${medianOf(rates[name]).toFixed(0)}/s to ${medianOf(rates[other]).toFixed(0)}/s`,
  })
  return [
    { ...figure("payment request, of create order's rate", 'pay', 'create'), target: { atLeast: 0.5 } },
    figure('payment request, of an echo of the same body', 'pay', 'echo'),
    figure('payment request through the SOAP simulator, of the echo', 'soap', 'echo'),
  ]
}
