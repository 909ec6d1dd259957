import assert from 'node:assert/strict'
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { chownSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { after, test } from 'node:test'
import { makeTestFolder } from '../../../test/support/folder.ts'
import { connectClient } from '../wire/connection.ts'
import { type Embedded, EmbeddedError, runningEmbedded, startEmbedded } from './embedded.ts'

const isRoot = process.getuid?.() === 0
const { folder: top, remove } = await makeTestFolder()
after(remove)

let folders = 0
function newFolder(): string {
  folders += 1
  return join(top, `data-${folders}`)
}

async function query(url: string, text: string): Promise<unknown[]> {
  const client = await connectClient(url)
  try {
    return (await client.query({ text, rowMode: 'array' })).rows.flat()
  } finally {
    await client.end()
  }
}

async function withEmbedded<T>(folder: string, work: (embedded: Embedded) => Promise<T>): Promise<T> {
  const embedded = await startEmbedded({ folder })
  try {
    return await work(embedded)
  } finally {
    await embedded.stop()
  }
}

/** Another process that owns the folder's database and prints a line when it is ready and one on each Ctrl-C. */
async function startOwner(folder: string, account: { uid?: number; gid?: number } = {}) {
  const program = `
    import { startEmbedded } from ${JSON.stringify(import.meta.resolve('./embedded.ts'))}
    const embedded = await startEmbedded({ folder: ${JSON.stringify(folder)} })
    process.on('SIGINT', () => console.log('interrupted'))
    process.on('SIGTERM', () => void embedded.stop().then(() => process.exit(0)))
    console.log(embedded.url)
    // Ends with the test that started it, also when that is killed.
    process.stdin.resume().on('end', () => void embedded.stop().then(() => process.exit(1)))`
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
    ...account,
    cwd: '/',
    detached: true, // the group that a terminal would signal
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const nextLine = async () => String((await lines.next()).value)
  return { child, url: await nextLine(), nextLine }
}

async function end(child: ChildProcess, signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
  const ended = once(child, 'exit')
  child.kill(signal)
  await ended
}

test('keeps data over a restart, with fsync on and checksums, and tells others where it runs', async () => {
  const folder = newFolder()
  await withEmbedded(folder, async ({ url, pid }) => {
    await query(url, 'create table kept as select 42 as answer')
    assert.deepEqual(await query(url, `select current_setting('fsync'), current_setting('data_checksums')`), [
      'on',
      'on',
    ])
    assert.deepEqual(await query(url, `select current_setting('server_encoding'), current_setting('lc_messages')`), [
      'UTF8',
      'C',
    ])
    assert.equal(await runningEmbedded(folder), url)
    assert.equal(statSync(join(folder, 'postgres.json')).mode & 0o777, 0o600)
    assert.equal(JSON.parse(readFileSync(join(folder, 'postgres.json'), 'utf8')).pid, pid())
  })
  assert.equal(await runningEmbedded(folder), undefined)
  await withEmbedded(folder, async ({ url }) => assert.deepEqual(await query(url, 'select answer from kept'), [42]))
})

test('refuses a folder that another process uses, in one line that names both', async () => {
  const folder = newFolder()
  await withEmbedded(folder, async ({ url }) => {
    await assert.rejects(startEmbedded({ folder }), (error: unknown) => {
      assert(error instanceof EmbeddedError)
      assert.equal(
        error.message,
        `the data folder ${folder} is in use by another process (${process.pid}): stop it, or set TERCET_DATA to another folder`,
      )
      return true
    })
    assert.deepEqual(await query(url, 'select 1'), [1])
  })
})

test('takes over from a process that was killed, with all it had committed', async () => {
  const folder = newFolder()
  const owner = await startOwner(folder)
  await query(owner.url, 'create table kept as select 42 as answer')
  const orphan = JSON.parse(readFileSync(join(folder, 'postgres.json'), 'utf8')).pid
  await end(owner.child, 'SIGKILL')
  await withEmbedded(folder, async ({ url, pid }) => {
    assert.notEqual(pid(), orphan)
    assert.deepEqual(await query(url, 'select answer from kept'), [42])
  })
})

test('survives that owner, database and their children are killed at once', async () => {
  const folder = newFolder()
  const owner = await startOwner(folder)
  await query(owner.url, 'create table kept as select 42 as answer')
  process.kill(JSON.parse(readFileSync(join(folder, 'postgres.json'), 'utf8')).pid, 'SIGKILL')
  await end(owner.child, 'SIGKILL')
  await withEmbedded(folder, async ({ url }) => assert.deepEqual(await query(url, 'select answer from kept'), [42]))
})

test('keeps running when Ctrl-C reaches the whole process group, and stops with its owner', async () => {
  const folder = newFolder()
  const owner = await startOwner(folder)
  assert(owner.child.pid)
  process.kill(-owner.child.pid, 'SIGINT')
  assert.equal(await owner.nextLine(), 'interrupted')
  assert.deepEqual(await query(owner.url, 'select 1'), [1])
  await end(owner.child, 'SIGTERM')
  assert.equal(await runningEmbedded(folder), undefined)
  await assert.rejects(query(owner.url, 'select 1'), /ECONNREFUSED|ENOENT/)
})

test('starts the server again at the same address when it dies', async () => {
  await withEmbedded(newFolder(), async ({ url, pid }) => {
    await query(url, 'create table kept as select 42 as answer')
    const first = pid()
    process.kill(first, 'SIGKILL')
    const answered = await untilAnswered(async () => {
      const rows = await query(url, 'select answer from kept')
      // A quick client is answered before the new server is known here to be ready.
      assert.notEqual(pid(), first)
      return rows
    })
    assert.deepEqual(answered, [42])
  })
})

test('is not misled by a pid file whose number is now another program', async () => {
  const folder = newFolder()
  await withEmbedded(folder, async () => undefined)
  const lines = [process.pid, join(folder, 'postgres'), 0, 5432, '', '127.0.0.1', '0 0', 'ready']
  writeFileSync(join(folder, 'postgres/postmaster.pid'), `${lines.join('\n')}\n`, { mode: 0o644 })
  await withEmbedded(folder, async ({ url }) => assert.deepEqual(await query(url, 'select 1'), [1]))
})

test('is reached over a socket, past the lock of one that was killed, and over TCP as well', async () => {
  const folder = newFolder()
  const { url: first } = await withEmbedded(folder, async (embedded) => embedded)
  const { port } = new URL(first)
  const lock = [process.pid, join(folder, 'postgres'), 0, port, join(folder, 'postgres'), '']
  writeFileSync(join(folder, `postgres/.s.PGSQL.${port}.lock`), lock.join('\n'))
  await withEmbedded(folder, async ({ url, files }) => {
    const address = 'select host(inet_client_addr()) as from'
    assert.equal(new URL(url).searchParams.get('host'), files)
    assert.deepEqual(await query(url, address), [null])
    assert.deepEqual(await query(url.replace(/\?.*/, ''), address), ['127.0.0.1'])
  })
})

test('is reached over TCP where the folder is too deep for a socket, or holds none', async () => {
  const deep = join(newFolder(), 'a-folder-with-a-long-name-'.repeat(4))
  await withEmbedded(deep, async ({ url }) => {
    assert.equal(new URL(url).search, '')
    assert.deepEqual(await query(url, 'select 1'), [1])
  })
  const folder = newFolder()
  await withEmbedded(folder, async ({ url }) => assert.notEqual(new URL(url).search, ''))
  // A folder in the place of the trial socket, and something in it, so that it is not simply removed.
  mkdirSync(join(folder, 'postgres/.s.probe/in-the-way'), { recursive: true })
  await withEmbedded(folder, async ({ url }) => {
    assert.equal(new URL(url).search, '')
    assert.deepEqual(await query(url, 'select 1'), [1])
  })
})

test('begins anew when the first start was killed half way', async () => {
  const folder = newFolder()
  mkdirSync(join(folder, 'postgres.new/base'), { recursive: true })
  writeFileSync(join(folder, 'postgres.json'), '{"url": "postgr')
  await withEmbedded(folder, async ({ url }) => assert.deepEqual(await query(url, 'select 1'), [1]))
})

test('finds its way back to the data when the file with the password is lost', async () => {
  const folder = newFolder()
  await withEmbedded(folder, ({ url }) => query(url, 'create table kept as select 42 as answer'))
  rmSync(join(folder, 'postgres.json'))
  await withEmbedded(folder, async ({ url }) => assert.deepEqual(await query(url, 'select answer from kept'), [42]))
})

test('refuses files of another major version, and a folder that cannot be written', async () => {
  const folder = newFolder()
  mkdirSync(join(folder, 'postgres'), { recursive: true })
  writeFileSync(join(folder, 'postgres/PG_VERSION'), '16\n')
  await assert.rejects(
    startEmbedded({ folder }),
    /^EmbeddedError: .* was made by PostgreSQL 16, and this program brings 18[^\n]*$/,
  )
  const file = join(top, 'a-file')
  writeFileSync(file, '')
  await assert.rejects(
    startEmbedded({ folder: file }),
    /^EmbeddedError: the data folder [^\n]*a-file cannot be written[^\n]*$/,
  )
})

// Nobody's process must be able to read the program, which it cannot in a checkout below root's home.
if (isRoot && isOpenToAll(import.meta.dirname)) {
  test('runs for an ordinary user', async () => {
    const folder = newFolder()
    mkdirSync(folder)
    chownSync(folder, 65534, 65534)
    const owner = await startOwner(folder, { uid: 65534, gid: 65534 })
    assert.deepEqual(await query(owner.url, 'select 1'), [1])
    assert.equal(statSync(join(folder, 'postgres')).uid, 65534)
    await end(owner.child, 'SIGTERM')
    await withEmbedded(folder, async ({ url }) => assert.deepEqual(await query(url, 'select 1'), [1]))
    assert.equal(statSync(join(folder, 'postgres')).uid, 65534)
  })
}

if (isRoot) {
  test('keeps its files where its user can go when root hides the data folder', async () => {
    const closed = newFolder()
    mkdirSync(closed, { mode: 0o700 })
    const folder = join(closed, '.tercet')
    let files = ''
    await withEmbedded(folder, async (embedded) => {
      files = embedded.files
      assert.equal(embedded.isElsewhere, true)
      assert(!files.startsWith(top))
      await query(embedded.url, 'create table kept as select 42 as answer')
    })
    await withEmbedded(folder, async (embedded) => {
      assert.equal(embedded.files, files)
      assert.deepEqual(await query(embedded.url, 'select answer from kept'), [42])
    })
  })
}

function isOpenToAll(path: string): boolean {
  const probe = ['-c', 'cd "$1"', 'sh', path]
  return spawnSync('/bin/sh', probe, { uid: 65534, gid: 65534, cwd: '/' }).status === 0
}

/** Asks again as soon as the last answer failed: each attempt waits for the machine, none for a clock. */
async function untilAnswered<T>(ask: () => Promise<T>): Promise<T> {
  for (const end = Date.now() + 90_000; ; ) {
    try {
      return await ask()
    } catch (error) {
      if (Date.now() > end) throw error
    }
  }
}
