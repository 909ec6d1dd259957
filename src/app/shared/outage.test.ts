import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { after, test } from 'node:test'
import { emptyDatabase } from '../../../test/support/database.ts'
import { connectPool } from '../../db/wire/connection.ts'
import { Unavailable } from '../../engine/command.ts'
import { certainOutage, levelOf } from './outage.ts'

const database = await emptyDatabase()

/** The error of a query on a pool, whatever it is. */
async function errorOf(asked: Promise<unknown>): Promise<unknown> {
  return await asked.then(
    () => assert.fail('it was answered'),
    (error: unknown) => error,
  )
}

async function silentUrl(): Promise<string> {
  const silent = createServer(() => undefined).listen(0, '127.0.0.1')
  after(() => silent.close())
  await once(silent, 'listening')
  const address = silent.address()
  assert(address && typeof address === 'object')
  return `postgres://nobody@127.0.0.1:${address.port}/none`
}

test('says for certain that a database is away that refuses, is silent, keeps all connections busy, or ends one', async () => {
  const closed = connectPool('postgres://nobody@127.0.0.1:1/none')
  const silent = connectPool(await silentUrl(), { connectTimeoutMs: 50 })
  const busy = connectPool(database.url, { max: 1, connectTimeoutMs: 300 })
  const noSocket = connectPool('postgres://nobody@127.0.0.1/none?host=/nowhere')
  const errors = [await errorOf(closed.query('select 1')), await errorOf(silent.query('select 1'))]
  errors.push(await errorOf(noSocket.query('select 1')))
  const holder = await busy.connect()
  errors.push(await errorOf(busy.query('select 1')))
  const { rows } = await holder.query<{ pid: number }>('select pg_backend_pid() as pid')
  const ended = errorOf(holder.query('select pg_sleep(60)'))
  await database.pool.query('select pg_terminate_backend($1)', [rows[0]?.pid])
  errors.push(await ended, await errorOf(holder.query('select 1')))
  holder.release(true)
  for (const error of errors) {
    assert(certainOutage(error) instanceof Unavailable, String(error))
    assert.equal(levelOf(error), 'warn')
  }
  await Promise.all([closed, silent, busy, noSocket].map((pool) => pool.end()))
})

test('leaves what may be a mistake of ours as it was thrown, with its stack', async () => {
  const noFile = Object.assign(new Error('no such file'), { code: 'ENOENT', syscall: 'open' })
  const wrongStatement = await errorOf(database.pool.query('select nothing_like_it'))
  for (const error of [
    wrongStatement,
    noFile,
    new Error('a plan has its card'),
    new TypeError('undefined'),
    'a text',
  ]) {
    assert.equal(certainOutage(error), error)
    assert.equal(levelOf(error), 'error')
  }
})
