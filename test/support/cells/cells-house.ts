import assert from 'node:assert/strict'
import { setTimeout as pause } from 'node:timers/promises'
import type pg from 'pg'
import { Pool } from 'undici'
import { connectPool } from '../../../src/db/wire/connection.ts'
import { onNodeOf } from '../../../src/db/wire/placed-url.ts'
import { inSchema } from '../../../src/db/wire/schema-url.ts'
import { citusUrl } from '../citus/cells.ts'
import { tercet } from '../cli.ts'
import { spawnTercet } from '../crash/crash-process.ts'
import type { TestDatabase } from '../database.ts'
import { makeTestFolder } from '../folder.ts'
import { freePort } from '../free-port.ts'

export type Answer = {
  readonly status: number
  readonly body: Record<string, unknown>
  readonly text: string
  readonly retryAfter: unknown
  readonly isReplay: boolean
}

export type Shop = { readonly id: number; readonly prefix: string; readonly key: string }

/**
 * Two cells beside the first, `c2` in its database and `far` in another, both empty before, with one server for all; ended by `close`. On Citus both are
 * placed by the cluster that the databases are of.
 */
export async function startCellsHouse(home: TestDatabase, other: TestDatabase) {
  const { folder, remove } = await makeTestFolder()
  const port = await freePort()
  const env = { DATABASE_URL: home.url, TERCET_DATA: folder, TERCET_SECRET_KEY: '7'.repeat(64), PORT: String(port) }
  const place = (url: string, cell: string) =>
    citusUrl() === undefined ? inSchema(url, cell) : onNodeOf(inSchema(url, cell), cell)
  const urls = { main: home.url, c2: place(home.url, 'c2'), far: place(other.url, 'far') }
  const http = new Pool(`http://localhost:${port}`, { connections: 16, pipelining: 1 })
  const pools = { c2: connectPool(urls.c2), far: connectPool(urls.far) }

  const run = async (words: readonly string[], cell?: string): Promise<Record<string, unknown>> => {
    const done = await tercet({ ...env, ...(cell && { TERCET_CELLS: cell }) }, [...words, '--json'])
    assert.equal(done.code, 0, done.err)
    return JSON.parse(done.out)
  }
  await run(['migrate'])
  await run(['cells', 'add', 'c2'])
  await run(['cells', 'add', 'far', '--database', other.url])
  const server = spawnTercet(env)
  await server.ready

  const addShop = async (name: string, cell: string): Promise<Shop> => {
    const { id, prefix } = await run(['merchants', 'add', name, '--cell', cell])
    const { key } = await run(['keys', 'create', '--merchant', String(id), '--protocol', 'scalapay'], cell)
    return { id: Number(id), prefix: String(prefix), key: String(key) }
  }

  const ask = async (shop: Shop, path: string, body?: object, key?: string): Promise<Answer> => {
    const answer = await http.request({
      method: body ? 'POST' : 'GET',
      path,
      headers: {
        authorization: `Bearer ${shop.key}`,
        ...(body && { 'content-type': 'application/json' }),
        ...(key !== undefined && { 'idempotency-key': key }),
      },
      ...(body && { body: JSON.stringify(body) }),
    })
    const text = await answer.body.text()
    return {
      ...{ status: answer.statusCode, text, body: text.startsWith('{') ? JSON.parse(text) : {} },
      retryAfter: answer.headers['retry-after'],
      isReplay: answer.headers['request-idempotency'] === 'true',
    }
  }

  /** Asks again for as long as it is told to come back. */
  const askPatiently = async (...asked: Parameters<typeof ask>): Promise<Answer> => {
    for (const end = performance.now() + 60_000; ; await pause(50)) {
      const answer = await ask(...asked)
      if (answer.status !== 503) return answer
      assert.equal(answer.retryAfter, '1')
      assert(performance.now() < end, 'still 503 after a minute')
    }
  }

  const command = (words: readonly string[]) => tercet(env, words)

  const close = async () => {
    await server.stop()
    await http.destroy()
    await Promise.all(Object.values(pools).map((pool: pg.Pool) => pool.end()))
    await remove()
  }
  return { env, urls, pools, run, command, addShop, ask, askPatiently, close, log: server.err }
}

export type CellsHouse = Awaited<ReturnType<typeof startCellsHouse>>
