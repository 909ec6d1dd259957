import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { after, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import type pg from 'pg'
import { checkLedger } from '../../../src/app/payment/check-ledger.ts'
import { aChainPayment, ask, chainWorld } from '../../support/chain/world.ts'
import { programFile } from '../../support/program/program-file.ts'

const watchers = new Set<ChildProcess>()
after(() => {
  for (const each of watchers) each.kill('SIGKILL')
})

async function startWatcher(url: string): Promise<ChildProcess> {
  const child = spawn(process.execPath, [programFile('test/support/chain/watcher-process.ts'), url], {
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  watchers.add(child)
  await once(child.stdout, 'data')
  return child
}

async function kill(child: ChildProcess): Promise<void> {
  child.kill('SIGKILL')
  await once(child, 'exit')
  watchers.delete(child)
}

async function statesOf(pool: pg.Pool): Promise<Record<string, number>> {
  const { rows } = await pool.query<{ state: string; count: bigint }>(
    'select state, count(*) from payment group by state',
  )
  return Object.fromEntries(rows.map(({ state, count }) => [state, Number(count)]))
}

const leastKills = 4

test('credits each of 200 payments exactly once, however often the watcher is killed', async (t) => {
  const world = await chainWorld(t)
  if (!world) return
  const { pool, chain, engine, merchant, local, url } = world
  const payments = []
  for (let i = 0; i < 200; i++) {
    const payment = await aChainPayment(engine, merchant, BigInt(1_000 + (i % 7)))
    payments.push(await ask(pool, chain, payment, i % 2 === 0 ? 'USDT' : 'KCS'))
  }
  let paid = 0
  let kills = 0
  const paying = (async () => {
    for (const amount of payments) {
      // However long a watcher takes to start, some are killed while money comes.
      while (paid === 150 && kills < leastKills) await pause(5)
      await world.pay(amount)
      paid += 1
      await pause(Math.random() * 15)
    }
  })()
  // Two at a time, as two servers: whoever is killed is followed by the other, and started again.
  let pair = await Promise.all([startWatcher(url), startWatcher(url)])
  while (paid < payments.length) {
    await pause(Math.random() * 250)
    const [first, second] = Math.random() < 0.5 ? pair : [pair[1], pair[0]]
    await kill(first)
    kills += 1
    pair = [second, await startWatcher(url)]
  }
  await paying
  await local.mine(3)
  for (const end = performance.now() + 90_000; (await statesOf(pool)).captured !== 200; await pause(50))
    assert(performance.now() < end, `not all were captured: ${JSON.stringify(await statesOf(pool))}`)
  const { rows } = await pool.query<{ transfers: bigint; payments: bigint; wrong: bigint }>(
    `select (select count(*) from chain_transfer where payment_id is not null) as transfers,
       (select count(distinct payment_id) from chain_transfer) as payments,
       (select count(*) from payment where received <> total or settled <> total or captured <> total) as wrong`,
  )
  assert.deepEqual(rows, [{ transfers: 200n, payments: 200n, wrong: 0n }])
  assert.deepEqual((await checkLedger(pool)).discrepancies, [])
  t.diagnostic(`killed ${kills} times`)
})

test('another process watches on within seconds of the death of the first', async (t) => {
  const world = await chainWorld(t)
  if (!world) return
  const { pool, chain, engine, merchant, local, url } = world
  const holderOf = async () => {
    const { rows } = await pool.query<{ holder: string | null }>('select holder from chain_watch')
    return rows[0]?.holder ?? null
  }
  const first = await startWatcher(url)
  while ((await holderOf()) === null) await pause(20)
  const before = await holderOf()
  await startWatcher(url)
  await kill(first)
  const died = performance.now()
  const amount = await ask(pool, chain, await aChainPayment(engine, merchant), 'USDC')
  await world.pay(amount)
  await local.mine(3)
  while ((await statesOf(pool)).captured !== 1) {
    assert(performance.now() - died < 90_000, 'nobody took over')
    await pause(20)
  }
  assert.notEqual(await holderOf(), before)
})
