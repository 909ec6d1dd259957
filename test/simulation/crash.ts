import { parseArgs } from 'node:util'
import { twoServersTwoCells } from '../support/crash/crash-cells.ts'
import { singleServer, twoServers } from '../support/crash/crash-cluster.ts'
import { crashRounds } from '../support/crash/crash-rounds.ts'

/**
 * `npm run crash -- --rounds 5000 --seed 7 [--servers 2 [--cells 2]]`: the rounds of `crash.test.ts` for as long as wanted. Prints
 * what was killed in each; ends with code 1 at the first thing that is lost, doubled or answered otherwise.
 */
const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '1000' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    servers: { type: 'string', default: '1' },
    cells: { type: 'string', default: '1' },
  },
})

const make = values.cells === '2' ? twoServersTwoCells : values.servers === '2' ? twoServers : singleServer
const cluster = await make()
try {
  await crashRounds(cluster, {
    rounds: Number(values.rounds),
    seed: Number(values.seed),
    progress: (line) => process.stdout.write(`${line}\n`),
  })
} finally {
  await cluster.stop()
}
