import assert from 'node:assert/strict'
import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { type ConnectionOptions, connect as connectTls } from 'node:tls'
import { promisify } from 'node:util'
import { Agent, request } from 'undici'
import { runningEmbedded, startEmbedded } from '../../src/db/embedded/embedded.ts'
import { choosePlace } from '../../src/db/embedded/place.ts'
import { readState } from '../../src/db/embedded/state-file.ts'
import { connectClient } from '../../src/db/wire/connection.ts'
import { takesWrites } from '../../src/db/wire/takes-writes.ts'
import { tercet } from '../support/cli.ts'
import { connectShop } from '../support/crash/crash-client.ts'
import { spawnTercet } from '../support/crash/crash-process.ts'
import { emptyDatabase } from '../support/database.ts'
import { makeTestFolder } from '../support/folder.ts'
import { freePort } from '../support/free-port.ts'
import { usualPatience } from '../support/patience.ts'
import { anOrder } from '../support/payments/orders.ts'
import { exchange, parseResponse, requestText } from '../support/protocols/raw-http.ts'
import { merchantKey } from '../support/protocols/scalapay.ts'

const tlsFolder = join(import.meta.dirname, '../support/tls')
const tlsFiles = { TLS_CERT: join(tlsFolder, 'cert.pem'), TLS_KEY: join(tlsFolder, 'key.pem') }
const secret = { TERCET_SECRET_KEY: '7'.repeat(64) }
const asLive = { TERCET_MODE: 'live', TERCET_TLS_PROXY: '1', PUBLIC_URL: 'https://pay.example', ...secret }

const { folder, remove } = await makeTestFolder()
after(remove)
/** One data folder for all tests that need a database, one after the other: each start finds what the last one left. */
const data = join(folder, 'data')
const port = await freePort()
const url = `http://localhost:${port}`
const usual = { PORT: String(port), TERCET_DATA: data }

type Work = (started: ReturnType<typeof spawnTercet>) => Promise<void>

async function whileRunning(environment: Readonly<Record<string, string>>, work: Work): Promise<void> {
  const started = spawnTercet({ ...usual, ...environment })
  try {
    await started.ready
    await work(started)
  } finally {
    await started.stop()
  }
}

/** One line for the operator and exit code 1, nothing else. */
async function assertRefusesToStart(environment: Readonly<Record<string, string>>, line: RegExp): Promise<void> {
  const started = spawnTercet({ ...usual, ...environment })
  const { code } = await started.ended
  assert.equal(code, 1, started.err())
  assert.match(started.err(), /^tercet: [^\n]+\n$/)
  assert.match(started.err(), line)
  // What it was doing, where that took longer than a second; and the log, where a crowded machine kept a job waiting meanwhile.
  assert.match(started.out(), /^((?:[a-z][^\n]* \.\.\.|\{"level"[^\n]*)\n)*$/)
}

test('prints where it runs, the keys, a command that works as it stands, and where the data lies', async () => {
  await whileRunning({}, async ({ out }) => {
    for (const said of [url, merchantKey, 'testdeviceapikey', data]) assert(out().includes(said), `${said} is said`)
    const command = /^ {4}curl[\s\S]*?'\n/m.exec(out())?.[0]
    assert(command, 'there is a curl to paste')
    const pasted = async () => JSON.parse((await promisify(execFile)('bash', ['-c', command])).stdout)
    let answer = await pasted()
    // On a crowded machine the database may not answer in time at first: the answer says to ask again.
    while (answer.httpStatusCode === 503) answer = await pasted()
    assert.match(answer.token, /^[A-Z0-9]{12}$/)
  })
})

test('keeps orders, answers to keys and sandbox merchants over a restart', async () => {
  const body = JSON.stringify(anOrder())
  const shop = () => connectShop(url, 1)
  const create = () => shop().post('/v2/orders', body, 'over-a-restart')
  let first: Awaited<ReturnType<typeof create>> = 'lost'
  await whileRunning({}, async () => {
    first = await create()
    assert(first !== 'lost' && first.status === 200)
  })
  await whileRunning({}, async () => {
    assert(first !== 'lost')
    const { token } = JSON.parse(first.body)
    const found = await shop().get(`/v2/payments/${token}`)
    assert(found !== 'lost' && found.status === 200)
    assert.deepEqual(await create(), { ...first, isReplay: true })
  })
})

test('refuses a port that is taken, a data folder in use, and live mode on sandbox data', async (t) => {
  const taken = createServer().listen(0, '127.0.0.1')
  t.after(() => taken.close())
  await once(taken, 'listening')
  const address = taken.address()
  const takenPort = String(typeof address === 'object' && address?.port)
  await assertRefusesToStart({ PORT: takenPort }, new RegExp(`port ${takenPort} is taken`))
  assert.equal(await runningEmbedded(data), undefined, 'the database was stopped again')
  await assertRefusesToStart(asLive, /made by a sandbox.*: live mode needs a database of its own/)
  await whileRunning({}, async ({ child }) => {
    const other = { PORT: String(await freePort()) }
    await assertRefusesToStart(other, new RegExp(`data folder .* is in use by another process \\(${child.pid}\\)`))
  })
})

test('refuses a database that cannot be reached, is not there, or says nothing', async (t) => {
  const silent = createServer().listen(0, '127.0.0.1')
  t.after(() => silent.close())
  await once(silent, 'listening')
  const address = silent.address()
  const silentPort = typeof address === 'object' && address?.port
  const nobody = await freePort()
  const at = (databasePort: unknown) => ({ DATABASE_URL: `postgres://u:secret@127.0.0.1:${databasePort}/x` })
  // Each tries its own port for a moment before it asks the database: two at once need two.
  await Promise.all([
    assertRefusesToStart(at(nobody), /DATABASE_URL cannot be used/),
    assertRefusesToStart(
      { ...usualPatience, ...at(silentPort), PORT: String(await freePort()) },
      /DATABASE_URL cannot/,
    ),
  ])
})

test('refuses a wrong value of the environment in a line that names it, and live mode without TLS', async () => {
  // Every value has its cases in config.test.ts; these few are the way from there to the operator's screen.
  const wrong: Readonly<Record<string, string>>[] = [
    { PORT: 'http' },
    { TERCET_LOG: 'loud' },
    { DATABASE_URL: 'mysql://localhost/x' },
    { TLS_CERT: tlsFiles.TLS_CERT },
  ]
  for (const environment of wrong) {
    await assertRefusesToStart(environment, new RegExp(Object.keys(environment)[0] as string))
  }
  await assertRefusesToStart({ TERCET_MODE: 'live', ...secret }, /TLS_CERT and TLS_KEY must be set in live mode/)
  await assertRefusesToStart({ ...asLive, PUBLIC_URL: '' }, /PUBLIC_URL must be set in live mode/)
})

test('a live database is opened by no sandbox and with no other secret key, and takes no order that nobody could pay', async () => {
  const live = { ...asLive, TERCET_DATA: join(folder, 'live') }
  await whileRunning({ ...live, TERCET_DOCS: '0', TERCET_METRICS: '0' }, async ({ out }) => {
    assert.match(out(), /no card acquirer is set up/)
    const added = await tercet(live, ['merchants', 'add', 'Real Shop', '--json'])
    const id = String(JSON.parse(added.out).id)
    const key = JSON.parse((await tercet(live, ['keys', 'create', '--merchant', id, '--json'])).out).key
    assert.match(key, /^sp_live_/)
    const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' }
    const answer = await fetch(`${url}/v2/orders`, { method: 'POST', headers, body: JSON.stringify(anOrder()) })
    assert.equal(answer.status, 400)
    assert.match(await answer.text(), /"pre_condition_failed".*No card acquirer/)
    const home = await (await fetch(url)).text()
    assert.match(home, /A Tercet payments server/)
    assert.doesNotMatch(home, /key|order|<form/)
    for (const path of ['/docs', '/metrics']) assert.equal((await fetch(`${url}${path}`)).status, 404, path)
    for (const environment of [{ TERCET_MODE: '' }, { TERCET_SECRET_KEY: '8'.repeat(64) }]) {
      const strange = await tercet({ ...live, ...environment }, ['keys', 'create', '--merchant', id])
      assert.deepEqual([strange.code, strange.out], [1, ''])
      assert.match(strange.err, /^tercet: .*(TERCET_MODE=live|TERCET_SECRET_KEY).*\n$/)
    }
  })
  await assertRefusesToStart({ ...live, TERCET_MODE: '' }, /live one: set TERCET_MODE=live/)
  await assertRefusesToStart({ ...live, TERCET_SECRET_KEY: '8'.repeat(64) }, /TERCET_SECRET_KEY/)
  const rotated = { TERCET_SECRET_KEY: '9'.repeat(64), TERCET_PREVIOUS_SECRET_KEYS: secret.TERCET_SECRET_KEY }
  await whileRunning({ ...live, ...rotated }, async () => {
    const keys = await tercet({ ...live, ...rotated }, ['keys', 'list', '--json'])
    assert.equal(keys.code, 0, keys.err)
  })
  await assertRefusesToStart(live, /TERCET_SECRET_KEY/)
  await assertRefusesToStart(
    { ...live, ...rotated, TERCET_PREVIOUS_SECRET_KEYS: '' },
    /TERCET_PREVIOUS_SECRET_KEYS must name/,
  )
})

for (const { name, send } of [
  { name: 'SIGTERM', send: (pid: number) => process.kill(pid, 'SIGTERM') },
  { name: 'Ctrl-C, which reaches the whole process group,', send: (pid: number) => process.kill(-pid, 'SIGINT') },
]) {
  test(`${name} lets a request in flight finish, then stops the database`, async () => {
    const started = spawnTercet(usual)
    await started.ready
    const lock = await lockPayments()
    const answer = connectShop(url, 1).post('/v2/orders', JSON.stringify(anOrder()))
    await lock.somebodyWaits()
    send(started.child.pid as number)
    await untilRefused()
    await lock.release()
    const told = await answer
    assert(told !== 'lost', 'the request in flight is answered')
    assert.equal(told.status, 200, told.body)
    assert.deepEqual(await started.ended, { code: 0, signal: null })
    assert.equal(started.err(), '')
    assert.equal(await runningEmbedded(data), undefined)
  })
}

/** Holds every write of a payment back, so that a request is in flight for as long as the test wants. */
async function lockPayments() {
  const database = (await readState(data))?.url as string
  const [holder, watcher] = [await connectClient(database), await connectClient(database)]
  await holder.query('begin')
  await holder.query('lock table payment in exclusive mode')
  return {
    somebodyWaits: async () => {
      const waiting = `select 1 from pg_stat_activity where wait_event_type = 'Lock' and application_name = 'tercet-lane'`
      while ((await watcher.query(waiting)).rowCount === 0) await pause(5)
      await watcher.end()
    },
    release: async () => {
      await holder.query('rollback')
      await holder.end()
    },
  }
}

/** The server has begun to close when it takes no new connection. */
async function untilRefused(): Promise<void> {
  while (await fetch(`${url}/healthz`).then(isTrue, isFalse)) await pause(5)
}

const isTrue = () => true
const isFalse = () => false

test('speaks TLS 1.2 and 1.3 with a certificate, nothing older, and no plain HTTP', async () => {
  const ca = await readFile(tlsFiles.TLS_CERT)
  await whileRunning(tlsFiles, async ({ out }) => {
    assert(out().includes(`https://localhost:${port}`))
    const dispatcher = new Agent({ connect: { ca } })
    const answer = await request(`https://localhost:${port}/healthz`, { dispatcher })
    assert.equal(answer.statusCode, 200)
    assert.equal(answer.headers['strict-transport-security'], 'max-age=31536000')
    await answer.body.text()
    await dispatcher.close()
    assert.equal(await handshake({ ca, maxVersion: 'TLSv1.3' }), 'TLSv1.3')
    assert.equal(await handshake({ ca, maxVersion: 'TLSv1.2' }), 'TLSv1.2')
    const old = { ca, minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' } as const
    await assert.rejects(handshake(old), { code: 'ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION' })
    await assert.rejects(fetch(`${url}/healthz`))
  })
})

async function handshake(options: ConnectionOptions): Promise<string | null> {
  const socket = connectTls({ ...options, host: 'localhost', port })
  try {
    await once(socket, 'secureConnect')
    return socket.getProtocol()
  } finally {
    socket.destroy()
  }
}

test('listens on an address of IPv6 and prints one that works', async (t) => {
  const probe = createServer().listen(0, '::1')
  const hasLoopback = await once(probe, 'listening').then(isTrue, isFalse)
  probe.close()
  if (!hasLoopback) return t.diagnostic('nothing was tested, since this machine has no IPv6')
  await whileRunning({ HOST: '::1' }, async ({ out }) => {
    const printed = /is ready at (\S+)/.exec(out())?.[1]
    assert.equal(printed, `http://[::1]:${port}`)
    assert.equal((await fetch(`${printed}/readyz`)).status, 200)
  })
})

test('answers a client that speaks HTTP/1.0', async () => {
  await whileRunning({}, async () => {
    const headers = { Authorization: `Bearer ${merchantKey}`, 'Content-Type': 'application/json' }
    const sent = {
      method: 'POST',
      path: '/v2/orders',
      headers,
      body: JSON.stringify(anOrder()),
      version: '1.0',
    } as const
    const { status, head, body } = parseResponse(await exchange(port, requestText(sent)))
    assert.equal(status, 200)
    assert.doesNotMatch(head, /transfer-encoding/i)
    assert.match(JSON.parse(body).token, /^[A-Z0-9]{12}$/)
  })
})

test('makes a data folder that does not exist, however deep', async () => {
  const deep = join(folder, 'a', 'b', 'c')
  await mkdir(join(folder, 'a'), { mode: 0o755 })
  await whileRunning({ TERCET_DATA: deep }, async ({ out }) => assert(out().includes(deep)))
})

test('refuses a file that is a folder, and a role that may not make tables, in one line', async () => {
  const odd = join(folder, 'odd')
  await mkdir(join(odd, 'postgres.json'), { recursive: true })
  await assertRefusesToStart({ TERCET_DATA: odd }, /postgres\.json cannot be used: it is a folder/)
  await rm(odd, { recursive: true })
  for (const name of ['postgres.log', 'postgres.log.1']) {
    await mkdir(join(odd, name), { recursive: true })
    const line = new RegExp(`/${name.replaceAll('.', '\\.')} cannot be used: it is a folder`)
    await assertRefusesToStart({ TERCET_DATA: odd }, line)
    await rm(join(odd, name), { recursive: true })
  }
  const database = await emptyDatabase()
  const role = `weak_${Date.now()}`
  await database.pool.query(`create role ${role} login password 'weak'`)
  await database.pool.query('revoke create on schema public from public')
  const weak = new URL(database.url)
  weak.username = role
  weak.password = 'weak'
  await assertRefusesToStart(
    { DATABASE_URL: weak.href },
    /the database does not let its role do this: permission denied/,
  )
  await database.close()
})

test('refuses a standby, which takes no writes, in one line', async () => {
  const home = join(folder, 'standby')
  const { stop, files } = await startEmbedded({ folder: home })
  await stop()
  const state = await readState(home)
  assert(state)
  await writeFile(join(files, 'standby.signal'), '')
  const place = await choosePlace(home, files)
  const own = await freePort()
  const words = ['-D', files, '-p', String(own), '-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories=']
  const child = spawn(join(place.programs, 'bin/postgres'), words, { ...place.account, cwd: '/', stdio: 'ignore' })
  const ended = once(child, 'exit')
  const standby = `postgres://tercet:${state.password}@127.0.0.1:${own}/postgres`
  try {
    const client = await untilConnected(standby)
    assert.equal(await takesWrites(client), false)
    await client.end()
    await assertRefusesToStart(
      { DATABASE_URL: standby },
      /the database does not let its role do this: .* read-only transaction/,
    )
  } finally {
    child.kill('SIGINT')
    await ended
  }
  const database = await emptyDatabase()
  assert.equal(await takesWrites(database.pool), true)
  await database.close()
})

async function untilConnected(database: string): ReturnType<typeof connectClient> {
  for (;;) {
    const client = await connectClient(database).catch(() => undefined)
    if (client) return client
    await pause(20)
  }
}

test('a command on a data folder that cannot be written, or is another user’s, says so in one line and exit code 1', async () => {
  const unwritable = await tercet({ TERCET_DATA: '/proc/tercet' }, ['migrate'])
  assert.deepEqual([unwritable.code, unwritable.out], [1, ''])
  assert.match(unwritable.err, /^tercet: the data folder \/proc\/tercet cannot be written: set TERCET_DATA[^\n]*\n$/)
  // What another user's postgres.json answers whoever is not root, who may read everything.
  if (process.getuid?.() !== 0) return
  const theirs = join(folder, 'theirs')
  await mkdir(theirs, { mode: 0o755 })
  await writeFile(join(theirs, 'postgres.json'), '{}', { mode: 0o600 })
  process.seteuid?.(65_534)
  try {
    const foreign = await tercet({ TERCET_DATA: theirs }, ['orders', 'list'])
    assert.deepEqual([foreign.code, foreign.out], [1, ''])
    assert.match(foreign.err, /^tercet: \S+postgres\.json cannot be used: this user may not use it[^\n]*\n$/)
  } finally {
    process.seteuid?.(0)
  }
})
