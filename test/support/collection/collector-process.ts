import { setTimeout as pause } from 'node:timers/promises'
import { createPlans } from '../../../src/app/instalments/plans.ts'
import { tellShoppers } from '../../../src/app/instalments/tell-shoppers.ts'
import { connectPool } from '../../../src/db/wire/connection.ts'
import { type Instant, instantFromMillis } from '../../../src/kernel/instant.ts'
import { testSealer } from '../protocols/webhooks.ts'
import { remoteAcquirer } from './remote-acquirer.ts'

/**
 * The job that collects instalments, as a server has it, in a process that is there to be killed: forked with the database and the
 * acquirer, told the time in milliseconds. `node collector-process.ts DATABASE_URL ACQUIRER_URL`.
 */
const [database = '', acquirer = ''] = process.argv.slice(2)
const pool = connectPool(database, { max: 2, connectTimeoutMs: 2_000 })
pool.on('error', () => undefined)
const rail = remoteAcquirer(acquirer)
let now: Instant | undefined
process.on('message', (milliseconds) => {
  now = instantFromMillis(Number(milliseconds))
})
process.on('disconnect', () => process.exit())
const plans = createPlans({
  ...{ pool, clock: { now: () => now ?? instantFromMillis(0) }, acquirers: async () => rail, sealer: testSealer },
  ...{ frequencyOf: () => undefined, tell: tellShoppers, deadlineMs: 500 },
})
process.send?.('collecting')
for (;;) {
  // The database is away: asked again.
  const count = now === undefined ? 0 : await plans.runDue(now).catch(() => 0)
  if (count === 0) await pause(5)
}
