import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { request } from 'undici'
import { emptyDatabase, testDatabase } from '../../../test/support/database.ts'
import { testSealer } from '../../../test/support/protocols/webhooks.ts'
import type { CellRow } from '../../db/cell/cells.ts'
import type { Elsewhere } from '../../http/elsewhere.ts'
import { createLogger } from '../../http/logger.ts'
import type { Instant } from '../../kernel/instant.ts'
import type { Wired } from '../wire/parts.ts'
import { type OpenCell, startCells } from './start-cells.ts'

const { url, pool } = await testDatabase()

function start(rows: readonly CellRow[], open: OpenCell): Promise<Wired> {
  const logger = createLogger({ level: 'silent' })
  return startCells({ rows, firstUrl: url, firstPool: pool, sealer: testSealer, logger, open })
}

function aCell(name: string, databaseUrl: string | null = null): CellRow {
  const sealed = databaseUrl === null ? null : testSealer.seal(databaseUrl)
  return { name, number: sealed ? 1 : 0, databaseUrl: sealed, isOpen: true, route: null, addedAt: 0n as Instant }
}

/** Of a program only what is asked of it here. */
function aProgram(onClose: () => void): Wired {
  return { isReady: async () => true, startChains: () => undefined, close: async () => onClose() } as unknown as Wired
}

test('one cell listens for all, however long the others take to open', async () => {
  const opened: { readonly name: string; readonly isFront: boolean }[] = []
  const slow = Promise.withResolvers<void>()
  let isSecondTry = false
  const open: OpenCell = async ({ row, parts }) => {
    if (row.name === 'away' && !isSecondTry) {
      isSecondTry = true
      throw new Error('its database is away')
    }
    // Longer than the first pause of a retry, or until there was one.
    if (row.name === 'slow') await Promise.race([slow.promise, pause(700)])
    opened.push({ name: row.name, isFront: parts.elsewhere !== undefined })
    if (row.name === 'away') slow.resolve()
    return aProgram(() => undefined)
  }
  const wired = await start([aCell('away'), aCell('slow')], open)
  await slow.promise
  await wired.close()
  assert.deepEqual(opened, [
    { name: 'slow', isFront: true },
    { name: 'away', isFront: false },
  ])
})

test('a cell whose names cannot be read leaves no program behind', async () => {
  const closed: string[] = []
  const bare = await emptyDatabase()
  const open: OpenCell = async ({ row }) => aProgram(() => closed.push(row.name))
  const wired = await start([aCell('main'), aCell('bare', bare.url)], open)
  assert.deepEqual(closed, ['bare'])
  await wired.close()
  assert(closed.includes('main'))
})

test('a request for a cell that is not served here is answered 503 with its name, so that a proxy can send it on', async () => {
  let elsewhere: Elsewhere | undefined
  const open: OpenCell = async ({ row, parts }) => {
    if (row.name === 'away') throw new Error('its database is away')
    elsewhere = parts.elsewhere
    return aProgram(() => undefined)
  }
  const wired = await start([aCell('main'), aCell('away')], open)
  const answering = await elsewhere?.({ url: '/portal?cell=away', headers: {} } as IncomingMessage)
  assert(answering)
  const server = createServer(answering).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const answer = await request(`http://127.0.0.1:${(server.address() as AddressInfo).port}/portal?cell=away`)
  assert.deepEqual(
    [answer.statusCode, answer.headers['tercet-cell'], answer.headers['retry-after']],
    [503, 'away', '1'],
  )
  await answer.body.dump()
  server.close()
  server.closeAllConnections()
  await wired.close()
})
