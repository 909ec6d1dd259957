import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, openSync } from 'node:fs'
import { chmod, mkdir, readFile, rm } from 'node:fs/promises'
import { connect } from 'node:net'
import { join } from 'node:path'
import { after, suite, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { promisify } from 'node:util'
import type { Client } from 'pg'
import { request } from 'undici'
import { runningEmbedded } from '../../src/db/embedded/embedded.ts'
import { connectClient } from '../../src/db/wire/connection.ts'
import { scalapayMerchantKey } from '../../src/main/fixtures.ts'
import { makeTestFolder } from '../support/folder.ts'
import { isAlive, type Started, startServer } from '../support/load/started.ts'
import { usualPatience } from '../support/patience.ts'
import { startReceiver } from '../support/protocols/webhooks.ts'

const run = promisify(execFile)
const { folder, remove } = await makeTestFolder()
after(remove)
let folders = 0
const newFolder = () => join(folder, String(++folders))
const limit = { timeout: 300_000 }

const auth = { authorization: `Bearer ${scalapayMerchantKey}`, 'content-type': 'application/json' }

/** Lines for the log, each a refusal: more than a pipe holds. */
async function logMuch({ url }: Started): Promise<void> {
  for (let count = 0; count < 400; count++)
    await request(`${url}/${'x'.repeat(190)}${count}`).then(({ body }) => body.dump())
}

async function droppedLines({ get }: Started): Promise<number> {
  return Number(/^tercet_log_lines_dropped_total (\d+)/m.exec((await get('/metrics')).text)?.[1])
}

/** By SIGTERM, in order: exit code 0, and its PostgreSQL is gone with it. */
async function assertEndsInOrder(server: Started): Promise<void> {
  const postgres = await server.postgres()
  assert(isAlive(postgres))
  server.child.kill('SIGTERM')
  assert.deepEqual(await server.ended, { code: 0, signal: null })
  assert(!isAlive(postgres), 'PostgreSQL is left behind')
}

const logging = { TERCET_LOG: 'info' }

test('takes orders with its log on a full disk, counts the lines, and ends in order', limit, async () => {
  const full = openSync('/dev/full', 'w')
  const server = await startServer({ folder: newFolder(), environment: logging, stdout: full })
  closeSync(full)
  await logMuch(server)
  assert.equal(await server.order(), 200)
  assert((await droppedLines(server)) >= 400)
  await assertEndsInOrder(server)
})

test('takes orders while nobody reads its log, and once the pipe is closed', limit, async () => {
  const server = await startServer({ folder: newFolder(), environment: logging, stdout: 'pipe' })
  for (let count = 0; count < 3; count++) await logMuch(server)
  assert.equal(await server.order(), 200)
  assert((await server.get('/metrics')).status === 200)
  server.child.stdout?.destroy()
  await logMuch(server)
  assert.equal(await server.order(), 200)
  assert((await droppedLines(server)) > 0)
  await assertEndsInOrder(server)
})

// Each waits for most of its half minute: two servers wait it at the same time.
suite('while a receiver hangs', { concurrency: true }, () => {
  test(
    'ends within its bound, and its database with it, while the clock moves past a receiver that hangs',
    limit,
    async () => {
      const server = await startServer({ folder: newFolder() })
      await hangingReceiver(server)
      const moved = moveClock(server, 3 * 86_400_000)
      await server.until(async () => (await server.get('/healthz')).status === 200)
      const postgres = await server.postgres()
      server.child.kill('SIGTERM')
      // After its bound of forty seconds it would end with another code.
      assert.deepEqual(await server.ended, { code: 0, signal: null })
      assert(!isAlive(postgres))
      assert.notEqual(await moved, 200)
    },
  )

  test(
    'moves the clock past a receiver that hangs in bounded time, and records that it did not answer',
    limit,
    async () => {
      const server = await startServer({ folder: newFolder() })
      await hangingReceiver(server)
      assert.equal(await moveClock(server, 3 * 86_400_000), 200)
      const { body } = await request(`${server.url}/sandbox/webhooks`, { headers: auth })
      const { deliveries } = (await body.json()) as { deliveries: { attempts: Attempt[] }[] }
      const attempts = deliveries.flatMap((delivery) => delivery.attempts)
      assert(attempts.length > 3 && attempts.every(({ error }) => /timeout/.test(error)), JSON.stringify(attempts))
      // All but the first few are cut off early, whatever else the machine does: else a dozen would wait for two minutes.
      const cutOff = attempts.filter(({ latencyMilliseconds }) => latencyMilliseconds < 9_000)
      assert(cutOff.length >= attempts.length - 4, JSON.stringify(attempts))
      await assertEndsInOrder(server)
    },
  )
})

test('ends at once at a second signal, and its database with it', limit, async () => {
  const server = await startServer({ folder: newFolder() })
  await hangingReceiver(server)
  void moveClock(server, 3 * 86_400_000)
  const postgres = await server.postgres()
  const pressed = setInterval(() => server.child.kill('SIGINT'), 300)
  await server.ended
  clearInterval(pressed)
  await server.until(async () => !isAlive(postgres))
})

type Attempt = { readonly error: string; readonly latencyMilliseconds: number }

/** An order's events go to somebody who takes the connection and says nothing. */
async function hangingReceiver(server: Started): Promise<void> {
  const receiver = await startReceiver()
  receiver.answer = () => undefined
  const body = JSON.stringify({ url: receiver.url })
  const set = await request(`${server.url}/sandbox/webhooks/endpoint`, { method: 'POST', headers: auth, body })
  assert.equal(set.statusCode, 200, await set.body.text())
  assert.equal(await server.order(), 200)
}

async function moveClock({ url }: Started, milliseconds: number): Promise<number | undefined> {
  const body = JSON.stringify({ advanceMilliseconds: milliseconds })
  try {
    const answer = await request(`${url}/sandbox/clock`, {
      method: 'POST',
      headers: auth,
      body,
      headersTimeout: 200_000,
    })
    await answer.body.dump()
    return answer.statusCode
  } catch {
    return undefined
  }
}

const canMount = process.platform === 'linux' && process.getuid?.() === 0

test('starts its database again when a full disk has room again', { ...limit, skip: !canMount }, async () => {
  const disk = newFolder()
  await mkdir(disk)
  await run('mount', ['-t', 'tmpfs', '-o', 'size=400m', 'tmpfs', disk])
  try {
    await chmod(disk, 0o755)
    const server = await startServer({
      folder: join(disk, 'data'),
      environment: { TERCET_LOG: 'error' },
      stdout: 'pipe',
    })
    let log = ''
    server.child.stdout?.on('data', (chunk) => {
      log += chunk
    })
    const first = await server.postgres()
    assert(first)
    for (let count = 0; count < 20; count++) assert.equal(await server.order(), 200)
    const fill = () => run('sh', ['-c', `cat /dev/zero >> ${join(disk, 'filler')}; true`])
    await fill()
    process.kill(first, 'SIGKILL')
    // What the ended database leaves free is taken as well.
    await server.until(async () => {
      await fill()
      return log.split('could not be started and is tried again').length > 3
    })
    assert.equal((await server.get('/readyz')).status, 503)
    assert.equal((await server.get('/healthz')).status, 200, 'there is hope yet')
    await rm(join(disk, 'filler'))
    await server.until(async () => (await server.order()) === 200)
    await server.until(async () => ![undefined, first].includes(await server.postgres()))
    await assertEndsInOrder(server)
  } finally {
    await run('umount', ['-l', disk])
  }
})

test(
  'says that it is not ready when its writers cannot have a connection, and takes orders when they can again',
  limit,
  async () => {
    const data = newFolder()
    const server = await startServer({ folder: data, environment: usualPatience })
    await server.until(async () => (await server.order()) === 200)
    const url = await runningEmbedded(data)
    assert(url)
    const others: Client[] = []
    // Those of the server's writers as well; a place is free a moment after its session has ended.
    await server.until(async () => {
      await takeFreeConnections(url, others)
      await others[0]?.query(
        `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'tercet-lane'`,
      )
      // A writer may have been quicker than the test to a place that became free: then all over again.
      return (await server.get('/readyz')).status === 503 && (await server.order()) === 503
    })
    await Promise.all(others.map((client) => client.end()))
    await server.until(async () => (await server.get('/readyz')).status === 200)
    await server.until(async () => (await server.order()) === 200)
    await assertEndsInOrder(server)
  },
)

async function takeFreeConnections(url: string, taken: Client[]): Promise<void> {
  for (;;) {
    const client = await connectClient(url).catch(() => undefined)
    if (!client) return
    taken.push(client)
  }
}

test(
  'goes on when no process can be started for want of descriptors, and starts it when there are some',
  { ...limit, skip: process.platform === 'win32' },
  async () => {
    const data = newFolder()
    const words = ['sh', '-c', 'ulimit -n 256; exec "$0" "$@"', process.execPath]
    const server = await startServer({ folder: data, command: words })
    const simulator = async () => JSON.parse(await readFile(join(data, 'acquirer.json'), 'utf8')).pid as number
    await server.until(async () => isAlive(await simulator()))
    const first = await simulator()
    const port = Number(new URL(server.url).port)
    const sockets = Array.from({ length: 320 }, () => connect(port, '127.0.0.1').on('error', () => undefined))
    await Promise.all(sockets.slice(0, 200).map((socket) => once(socket, 'connect')))
    process.kill(first, 'SIGKILL')
    await server.until(async () => !isAlive(first))
    // As long as it takes to find out that there is no descriptor, several times over.
    await pause(1_500)
    assert.equal(server.child.exitCode ?? server.child.signalCode, null, 'the server lives')
    for (const socket of sockets) socket.destroy()
    await server.until(async () => (await simulator()) !== first && isAlive(await simulator()))
    assert.equal(await server.order(), 200)
    await assertEndsInOrder(server)
  },
)
