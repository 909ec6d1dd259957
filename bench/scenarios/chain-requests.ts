import type { Bench, Scenario } from '../bench.ts'
import type { Figure } from '../figure.ts'
import { inTurns, medianOf, ratioOf } from '../rounds.ts'

/** Asking for a payment on a chain, and reading how one stands, against the creation of an order in the same run. */
export const chainRequests: Scenario = { name: 'chain-requests', run }

async function run({ sizes, load, tercet }: Bench): Promise<readonly Figure[]> {
  const server = await tercet()
  const warmUp = { durationMs: sizes.warmUpMs }
  for (const journey of ['create', 'ask', 'askStatus'] as const) await load(server, journey, warmUp)
  const rates = await inTurns(
    {
      create: async () => (await load(server, 'create')).ratePerSecond,
      ask: async () => (await load(server, 'ask')).ratePerSecond,
      status: async () => (await load(server, 'askStatus')).ratePerSecond,
    },
    sizes.rounds,
  )
  const note = (name: 'ask' | 'status') =>
    `${medianOf(rates[name]).toFixed(0)}/s to ${medianOf(rates.create).toFixed(0)}/s`
  return [
    {
      id: '5.2',
      what: 'payment request on a chain, of create order',
      value: ratioOf(rates.ask, rates.create),
      target: { atLeast: 0.8 },
      note: note('ask'),
    },
    {
      id: '5.2',
      what: 'status of a payment on a chain, of create order',
      value: ratioOf(rates.status, rates.create),
      target: { atLeast: 1 },
      note: note('status'),
    },
  ]
}
