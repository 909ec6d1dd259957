import type { Bench, Scenario } from '../bench.ts'
import type { Figure } from '../figure.ts'
import { inTurns, medianOf, ratioOf } from '../rounds.ts'

/** The page that a shopper sees first of an order, as a browser that was never here asks for it. */
export const checkoutPage: Scenario = { name: 'checkout-page', run }

async function run({ tercet, load, sizes }: Bench): Promise<readonly Figure[]> {
  const server = await tercet()
  const warmUp = { durationMs: sizes.warmUpMs }
  await load(server, 'create', warmUp)
  await load(server, 'checkoutPage', warmUp)
  const slowest: number[] = []
  const rates = await inTurns(
    {
      create: async () => (await load(server, 'create')).ratePerSecond,
      page: async () => {
        const { ratePerSecond, p99Ms } = await load(server, 'checkoutPage')
        slowest.push(p99Ms)
        return ratePerSecond
      },
    },
    sizes.rounds,
  )
  return [
    {
      id: '6.1',
      what: 'first page of a checkout, of create order',
      value: ratioOf(rates.page, rates.create),
      target: { atLeast: 0.5 },
      note: `${medianOf(rates.page).toFixed(0)}/s to ${medianOf(rates.create).toFixed(0)}/s, p99 ${medianOf(slowest).toFixed(0)} ms`,
    },
  ]
}
