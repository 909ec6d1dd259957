import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { parseArgs } from 'node:util'
import { systemNow } from '../../../../kernel/clock.ts'
import { currencyOf } from '../../../../kernel/currency.ts'
import { plus } from '../../../../kernel/instant.ts'
import { openGateway } from './gateway.ts'
import { createSimulatorServer } from './server.ts'
import { defaultSettings, type SimulatorSettings } from './settings.ts'

/**
 * The acquirer simulator as a process of its own:
 * `node main.ts --book FILE [--port 0] [--username U] [--password P] [--pos-id N] [--currency ISK]
 * [--clock-offset MICROSECONDS] [--with-parent]`.
 * Prints `{"url": ...}` when it listens. `--with-parent` ends it when its standard input closes.
 */
const { values } = parseArgs({
  options: {
    book: { type: 'string' },
    port: { type: 'string', default: '0' },
    username: { type: 'string', default: defaultSettings.username },
    password: { type: 'string', default: defaultSettings.password },
    'pos-id': { type: 'string', default: defaultSettings.posId },
    currency: { type: 'string', default: defaultSettings.currency },
    'clock-offset': { type: 'string', default: '0' },
    'with-parent': { type: 'boolean', default: false },
  },
})

let clockOffset = BigInt(values['clock-offset'])
const gateway = await openGateway(bookFile(), settings(), { now: () => plus(systemNow(), clockOffset) })
const server = createSimulatorServer(gateway, (offset) => {
  clockOffset = offset
})
server.listen(Number(values.port), '127.0.0.1')
await once(server, 'listening')
process.stdout.write(`${JSON.stringify({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` })}\n`)

process.once('SIGTERM', stop)
process.once('SIGINT', stop)
if (values['with-parent']) process.stdin.resume().once('close', stop)

function bookFile(): string {
  if (values.book === undefined) throw new Error('--book FILE is missing')
  return values.book
}

function settings(): SimulatorSettings {
  const currency = currencyOf(values.currency)
  if (currency === undefined) throw new Error('--currency is none that Tercet knows')
  return { username: values.username, password: values.password, posId: values['pos-id'], currency }
}

/** Ends at once: a request that a fault lets wait is cut off, as by any other end of the process. */
function stop(): void {
  server.close(() => gateway.close().finally(() => process.exit()))
  server.closeAllConnections()
}
