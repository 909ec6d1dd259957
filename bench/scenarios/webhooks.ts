import { scalapayMerchantKey } from '../../src/main/fixtures.ts'
import { inDatabase } from '../../test/support/server.ts'
import type { Bench, Scenario } from '../bench.ts'
import type { Figure } from '../figure.ts'
import { inTurns, medianOf, ratioOf } from '../rounds.ts'
import { type Receiver, startReceiver } from '../servers/receiver-process.ts'
import type { ServerProcess } from '../servers/server-process.ts'
import { addEndpoint, fillMessages } from '../webhook-endpoint.ts'

/** Delivery to one fast receiver while orders are created, and what it costs their creation. */
export const webhooks: Scenario = { name: 'webhooks', run }

const database = 'bench_webhooks'

/**
 * A receiver that takes this long keeps delivery at about 1,500 webhooks a second: 32 requests to an endpoint are under way at
 * a time. For what delivering the rate that is promised costs creation, which delivering every new order at once says not.
 */
const pacingMs = 15
const path = '/fast'

async function run(bench: Bench): Promise<readonly Figure[]> {
  const receiver = await startReceiver()
  const server = await bench.tercetOn(database)
  try {
    const endpoint = await addEndpoint(server, scalapayMerchantKey, receiver.urlOf(path))
    const flatOut = await measureFlatOut(bench, server, receiver)
    const before = await receiver.count(path)
    await fillMessages(inDatabase(bench.databaseUrl, database), endpoint, bench.sizes.fastMessages)
    await receiver.reaches(path, before + 1)
    return [...flatOut.figures, ...(await measureAtHalf(bench, server, receiver, flatOut.most / 2))]
  } finally {
    await server.stop()
    await receiver.stop()
  }
}

/** One merchant of the server has an endpoint, the other has none; what one round left to be delivered is waited for. */
async function measureFlatOut({ sizes, load }: Bench, server: ServerProcess, receiver: Receiver) {
  let sent = 0
  const delivered = { delivering: [] as number[], beside: [] as number[] }
  const createDelivered = async (name: keyof typeof delivered, durationMs: number): Promise<number> => {
    await receiver.delay(name === 'beside' ? pacingMs : 0)
    const before = await receiver.count(path)
    const { journeys, ratePerSecond } = await load(server, 'create', { durationMs })
    delivered[name].push(((await receiver.count(path)) - before) / (durationMs / 1000))
    await receiver.delay(0)
    sent += journeys
    await receiver.reaches(path, sent)
    return ratePerSecond
  }
  await load(server, 'createOther', { durationMs: sizes.warmUpMs })
  await createDelivered('delivering', sizes.warmUpMs)
  delivered.delivering.pop()
  const rates = await inTurns(
    {
      without: async () => (await load(server, 'createOther')).ratePerSecond,
      delivering: () => createDelivered('delivering', sizes.roundMs),
      beside: () => createDelivered('beside', sizes.roundMs),
    },
    sizes.rounds,
  )
  const most = medianOf(rates.without)
  const figure = (what: string, name: keyof typeof delivered): Figure => ({
    id: '3.1',
    what: `create order flat out while ${what}, of without an endpoint`,
    value: ratioOf(rates[name], rates.without),
    note: `${medianOf(rates[name]).toFixed(0)}/s to ${most.toFixed(0)}/s, ${medianOf(delivered[name]).toFixed(0)} delivered/s beside`,
  })
  const beside: Figure = { ...figure('about 1,500 webhooks/s are delivered', 'beside'), target: { atLeast: 0.8 } }
  return { most, figures: [beside, figure('every webhook is delivered at once', 'delivering')] }
}

const mostRounds = 3

/** So many webhooks wait that the receiver is never without: what is counted is delivery, not creation. */
async function measureAtHalf(
  { sizes, load }: Bench,
  server: ServerProcess,
  receiver: Receiver,
  ratePerSecond: number,
): Promise<readonly Figure[]> {
  const delivered: number[] = []
  const created: number[] = []
  for (let round = 0; round < Math.min(mostRounds, sizes.rounds); round++) {
    const before = await receiver.count(path)
    const start = performance.now()
    created.push((await load(server, 'create', { ratePerSecond, durationMs: sizes.pacedMs })).ratePerSecond)
    await receiver.reaches(path, before + 1)
    delivered.push(((await receiver.count(path)) - before) / ((performance.now() - start) / 1000))
  }
  return [
    {
      id: '3.1',
      what: 'webhooks delivered a second while orders are created at half of the maximum',
      value: medianOf(delivered),
      target: { atLeast: 1_500 },
      note: `beside ${medianOf(created).toFixed(0)} orders/s`,
    },
    {
      id: '3.1',
      what: 'creation at half of the maximum during that, of the rate that was asked for',
      value: medianOf(created) / ratePerSecond,
      target: { atLeast: 0.8 },
      note: `${medianOf(created).toFixed(0)}/s of ${ratePerSecond.toFixed(0)}/s`,
    },
  ]
}
