import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { after, before, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { request } from 'undici'
import { spawnTercet } from '../support/crash/crash-process.ts'
import { makeTestFolder } from '../support/folder.ts'
import { freePort } from '../support/free-port.ts'
import { anOrder } from '../support/payments/orders.ts'
import { merchantKey } from '../support/protocols/scalapay.ts'

const { folder, remove } = await makeTestFolder()
const port = await freePort()
const leader = spawnTercet({ PORT: String(port), TERCET_DATA: folder, TERCET_WORKERS: '2' })

before(() => leader.ready)
after(async () => {
  await leader.stop()
  await remove()
})

/** On a connection of its own, so that any worker may get it. */
async function ask(
  path: string,
  body?: object,
): Promise<{ status: number; body: Record<string, unknown>; text: string }> {
  const headers = { authorization: `Bearer ${merchantKey}`, 'content-type': 'application/json' }
  const sent = body ? ({ method: 'POST', body: JSON.stringify(body) } as const) : ({ method: 'GET' } as const)
  const answer = await request(`http://127.0.0.1:${port}${path}`, { ...sent, headers, reset: true })
  const text = await answer.body.text()
  return { status: answer.statusCode, body: text.startsWith('{') ? JSON.parse(text) : {}, text }
}

/** The server processes below the leader, without the database and the sandbox's helpers. */
async function workers(): Promise<number[]> {
  const pid = leader.child.pid
  const children = (await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8')).trim().split(' ').map(Number)
  const named = await Promise.all(
    children.map(async (each) => ((await commandOf(each)).includes('tercet.js') ? [each] : [])),
  )
  return named.flat()
}

async function commandOf(pid: number): Promise<string> {
  return await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  for (const end = performance.now() + 90_000; !(await isSo()); await pause(50)) assert(performance.now() < end)
}

async function order(): Promise<string> {
  const { status, body } = await ask('/v2/orders', anOrder())
  assert.equal(status, 200)
  return String(body.token)
}

test('two processes serve one port, and their metrics add up', async () => {
  assert.equal((await workers()).length, 2)
  const commands = async () => Number(/^tercet_engine_commands_total (\d+)/m.exec((await ask('/metrics')).text)?.[1])
  const before = await commands()
  for (let count = 0; count < 20; count++) await order()
  assert.equal((await commands()) - before, 20)
  assert.equal(await commands(), await commands(), 'whoever is asked')
})

test('an order goes on in whichever process it is asked for, with one acquirer and one clock for all', async () => {
  for (let count = 0; count < 6; count++) {
    const token = await order()
    const card = { cardNumber: '4242424242424242' }
    assert.equal((await ask(`/sandbox/orders/${token}/authorize`, card)).status, 200)
    assert.equal((await ask('/v2/payments/capture', { token })).status, 200)
  }
  const moved = await ask('/sandbox/clock', { advanceMilliseconds: 86_400_000 })
  assert.equal(moved.status, 200)
  for (let count = 0; count < 4; count++)
    assert.ok(Date.parse(String((await ask('/sandbox/clock')).body.now)) >= Date.parse(String(moved.body.now)))
})

test('a worker that dies is replaced, and nothing that was acknowledged is lost', async () => {
  const token = await order()
  const [first, ...others] = await workers()
  assert.ok(first)
  process.kill(first, 'SIGKILL')
  await until(async () => {
    const now = await workers()
    return now.length === 2 && !now.includes(first)
  })
  await until(async () => (await ask('/readyz').catch(() => ({ status: 0 }))).status === 200)
  assert.ok(
    (await workers()).some((pid) => others.includes(pid)),
    'the other one stayed',
  )
  assert.equal((await ask(`/v2/payments/${token}`)).status, 200)
})

test('all are replaced one after the other at SIGHUP, and none of the requests meanwhile fails', async () => {
  const old = await workers()
  leader.child.kill('SIGHUP')
  let asked = 0
  await until(async () => {
    await order()
    asked += 1
    const now = await workers()
    return now.length === 2 && !now.some((pid) => old.includes(pid))
  })
  assert.ok(asked > 0)
})

test('ends in order, and all its processes with it', async () => {
  const running = await workers()
  assert.deepEqual(await leader.stop(), { code: 0, signal: null })
  for (const pid of running) assert.equal(await commandOf(pid), '')
})
