import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chown, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { EmbeddedError } from './embedded-error.ts'
import type { Place } from './place.ts'
import { programEnvironment } from './server-process.ts'
import { syncFolder } from './state-file.ts'

const major = '18'

/** Whether the files were made before. Throws EmbeddedError when another major version of PostgreSQL made them, or they are not ours to read. */
export async function isInitialised(files: string): Promise<boolean> {
  try {
    const version = (await readFile(join(files, 'PG_VERSION'), 'utf8')).trim()
    if (version === major) return true
    throw new EmbeddedError(
      `${files} was made by PostgreSQL ${version}, and this program brings ${major}: dump it there and load it here`,
    )
  } catch (error) {
    if (error instanceof EmbeddedError) throw error
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    if (code === 'ENOENT') return false
    throw new EmbeddedError(`${files} cannot be read by this user: start as the user who made it, or set TERCET_DATA`, {
      cause: error,
    })
  }
}

/** Makes the files under another name and renames them when they are whole: a start that is killed leaves nothing half made. */
export async function initialise(place: Place, password: string, fsync: boolean): Promise<void> {
  const part = `${place.files}.new`
  const passwordFile = `${place.files}.password`
  await rm(part, { recursive: true, force: true })
  await mkdir(part, { mode: 0o700 })
  try {
    await writeFile(passwordFile, `${password}\n`, { mode: 0o600 })
    if (place.account) await handOver([part, passwordFile], place.account)
    await runInitdb(place, [
      // A new segment of the log is written full of zeros while every commit waits: 12 ms for the usual 16 MB.
      ...['-D', part, '--username=tercet', `--pwfile=${passwordFile}`, '--auth=scram-sha-256'],
      ...['--encoding=UTF8', '--locale-provider=libc', '--locale=C', '--wal-segsize=4', '--no-instructions'],
      ...(fsync ? [] : ['--no-sync']),
    ])
  } finally {
    await rm(passwordFile, { force: true })
  }
  await rename(part, place.files)
  await syncFolder(dirname(place.files))
}

/** For files whose `postgres.json` was lost: single-user mode asks for no password. The server must not be running. */
export async function setPassword(place: Place, password: string): Promise<void> {
  const child = spawn(join(place.programs, 'bin/postgres'), ['--single', '-D', place.files, 'postgres'], {
    ...place.account,
    cwd: '/',
    env: programEnvironment,
    stdio: ['pipe', 'ignore', 'ignore'],
  })
  await once(child, 'spawn')
  child.stdin.end(`alter user tercet password '${password}'\n`)
  const [code] = await once(child, 'exit')
  if (code !== 0)
    throw new EmbeddedError(`the password of the database in ${place.files} is lost and could not be set anew`)
}

async function runInitdb(place: Place, words: readonly string[]): Promise<void> {
  const options = { ...place.account, cwd: '/', env: programEnvironment }
  try {
    await promisify(execFile)(join(place.programs, 'bin/initdb'), words, options)
  } catch (error) {
    const said = error instanceof Error && 'stderr' in error ? String(error.stderr).trim().split('\n') : []
    const reason = said.find((line) => line.includes('error:')) ?? said[0] ?? String(error)
    throw new EmbeddedError(`the database could not be made in ${place.files}: ${reason}`, { cause: error })
  }
}

async function handOver(paths: readonly string[], account: { uid: number; gid: number }): Promise<void> {
  for (const path of paths) await chown(path, account.uid, account.gid)
}
