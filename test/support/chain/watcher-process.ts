import { createEngineBook } from '../../../src/app/chain/engine-book.ts'
import { connectClient, connectPool } from '../../../src/db/wire/connection.ts'
import { createEngine } from '../../../src/engine/engine.ts'
import { createChainWatch } from '../../../src/jobs/chain/watch-chains.ts'
import { systemClock } from '../../../src/kernel/clock.ts'
import { companions } from '../../../src/main/companions.ts'
import { createEvmReader } from '../../../src/rails/evm/evm-reader.ts'

/** A watcher as a server has one, in a process of its own that is there to be killed: `node watcher-process.ts DATABASE_URL`. */
const [url = ''] = process.argv.slice(2)
const pool = connectPool(url, { max: 2 })
const engine = createEngine({ connect: () => connectClient(url, { pipeline: true }), clock: systemClock, companions })
const say = (details: object, message: string): void => console.error(message, details)
createChainWatch({
  pool,
  book: createEngineBook({ engine, pool }),
  clock: systemClock,
  log: { warn: say, error: say },
  readerOf: async (chain) =>
    createEvmReader({ chainId: chain.id, urls: chain.endpoints, hasFinality: chain.hasFinality }),
  isWorthIt: () => false,
  pollMs: 20,
  leaseMs: 600,
}).start()
console.log('watching')
