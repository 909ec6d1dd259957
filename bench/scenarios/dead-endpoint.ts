import { scalapayMerchantKey, secondScalapayMerchantKey } from '../../src/main/fixtures.ts'
import { freePort } from '../../test/support/free-port.ts'
import { inDatabase } from '../../test/support/server.ts'
import type { Bench, Scenario } from '../bench.ts'
import type { Figure } from '../figure.ts'
import { inTurns, medianOf, ratioOf } from '../rounds.ts'
import { type Receiver, startReceiver } from '../servers/receiver-process.ts'
import type { ServerProcess } from '../servers/server-process.ts'
import { addEndpoint, fillMessages } from '../webhook-endpoint.ts'

/**
 * Two servers on two databases. In one of them webhooks of the first merchant wait for endpoints that are dead: half
 * of them for one that refuses connections, half for one that takes them and never answers. The second merchant creates
 * orders in both, and its webhooks are delivered.
 */
export const deadEndpoint: Scenario = { name: 'dead-endpoint', run }

async function run(bench: Bench): Promise<readonly Figure[]> {
  const receiver = await startReceiver()
  try {
    const clear = await startShop(bench, 'bench_clear', receiver)
    const dead = await startShop(bench, 'bench_dead', receiver)
    await addBacklog(bench, dead, receiver)
    return await measure(bench, clear, dead)
  } finally {
    await receiver.stop()
  }
}

type Shop = {
  readonly server: ServerProcess
  readonly database: string
  /** Creates orders flat out, then waits for their webhooks: both rates, a second. */
  readonly create: (durationMs: number) => Promise<{ created: number; delivered: number }>
}

async function startShop(bench: Bench, database: string, receiver: Receiver): Promise<Shop> {
  const server = await bench.tercetOn(database)
  const path = `/${database}`
  await addEndpoint(server, secondScalapayMerchantKey, receiver.urlOf(path))
  let sent = 0
  const create = async (durationMs: number) => {
    const start = performance.now()
    const { journeys, ratePerSecond } = await bench.load(server, 'createOther', { durationMs })
    sent += journeys
    await receiver.reaches(path, sent)
    return { created: ratePerSecond, delivered: journeys / ((performance.now() - start) / 1000) }
  }
  return { server, database, create }
}

async function addBacklog(bench: Bench, { server, database }: Shop, receiver: Receiver): Promise<void> {
  const half = Math.ceil(bench.sizes.deadMessages / 2)
  for (const url of [`http://127.0.0.1:${await freePort()}/`, receiver.urlOf('/hang')]) {
    const endpoint = await addEndpoint(server, scalapayMerchantKey, url)
    await fillMessages(inDatabase(bench.databaseUrl, database), endpoint, half)
  }
}

async function measure({ sizes }: Bench, clear: Shop, dead: Shop): Promise<readonly Figure[]> {
  await clear.create(sizes.warmUpMs)
  await dead.create(sizes.warmUpMs)
  const delivered = { clear: [] as number[], dead: [] as number[] }
  const round = async (name: 'clear' | 'dead', shop: Shop): Promise<number> => {
    const rates = await shop.create(sizes.roundMs)
    delivered[name].push(rates.delivered)
    return rates.created
  }
  const created = await inTurns({ clear: () => round('clear', clear), dead: () => round('dead', dead) }, sizes.rounds)
  const figure = (what: string, rates: { readonly [name in 'clear' | 'dead']: readonly number[] }): Figure => ({
    id: '3.2',
    what: `${what} while ${sizes.deadMessages} webhooks wait for dead endpoints, of without`,
    value: ratioOf(rates.dead, rates.clear),
    target: { atLeast: 0.9 },
    note: `${medianOf(rates.dead).toFixed(0)}/s to ${medianOf(rates.clear).toFixed(0)}/s`,
  })
  return [figure("another merchant's create order", created), figure("another merchant's webhooks", delivered)]
}
