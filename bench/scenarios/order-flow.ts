import type { Bench, Scenario } from '../bench.ts'
import type { Figure } from '../figure.ts'
import { inTurns, medianOf, ratioOf } from '../rounds.ts'

/** Engine commands of one flow: authorizing is two, the attempt recorded and its outcome. */
const commandsPerFlow = 5

/** Create, authorize, capture and refund of an order, with its ledger. */
export const orderFlow: Scenario = { name: 'flow', run }

async function run(bench: Bench): Promise<readonly Figure[]> {
  const { sizes, load } = bench
  const tercet = await bench.tercet()
  const oneTransaction = await bench.oneTransaction()
  const warmUp = { durationMs: sizes.warmUpMs }
  await load(tercet, 'create', warmUp)
  await load(tercet, 'flow', warmUp)
  await load(oneTransaction, 'flow', warmUp)
  const rates = await inTurns(
    {
      creates: async () => (await load(tercet, 'create')).ratePerSecond,
      commands: async () => (await load(tercet, 'flow')).ratePerSecond * commandsPerFlow,
      single: async () => (await load(oneTransaction, 'flow')).ratePerSecond * commandsPerFlow,
    },
    sizes.rounds,
  )
  const commands = `${medianOf(rates.commands).toFixed(0)} commands/s`
  return [
    {
      id: '2.2',
      what: "whole flow in commands, of create's rate",
      value: ratioOf(rates.commands, rates.creates),
      target: { atLeast: 0.6 },
      note: `${commands} to ${medianOf(rates.creates).toFixed(0)}/s`,
    },
    {
      id: '2.2',
      what: 'whole flow, of one transaction per command',
      value: ratioOf(rates.commands, rates.single),
      target: { atLeast: 2.5 },
      note: `${commands} to ${medianOf(rates.single).toFixed(0)}`,
    },
  ]
}
