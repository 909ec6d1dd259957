import { execFile } from 'node:child_process'
import { chown, mkdir, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { promisify } from 'node:util'
import type pg from 'pg'
import { type Embedded, startEmbedded } from '../../src/db/embedded/embedded.ts'
import { writeState } from '../../src/db/embedded/state-file.ts'

const run = promisify(execFile)

export type Standby = {
  /** Commits wait for its disk, do not wait for it while it follows, or it is not there. */
  readonly become: (role: 'synchronous' | 'asynchronous' | 'absent') => Promise<void>
  readonly close: () => Promise<void>
}

type Primary = {
  readonly url: string
  /** its data folder */
  readonly folder: string
  /** a connection to it, of its owner */
  readonly client: pg.Client
}

/** A standby of the embedded server by streaming replication, on a copy of its files in `folder`; absent at first. */
export async function makeStandby({ url, folder: primaryFolder, client }: Primary, folder: string): Promise<Standby> {
  const { password, port } = new URL(url)
  const show = async (name: string) => (await client.query(`show ${name}`)).rows[0][name] as string
  const primaryFiles = await show('data_directory')
  const isElsewhere = dirname(primaryFiles) !== primaryFolder
  const files = isElsewhere ? `${primaryFiles}-standby` : join(folder, 'postgres')
  await mkdir(folder, { recursive: true })
  await client.query(`select pg_backup_start('standby', true)`)
  await run('cp', ['-a', primaryFiles, files])
  const { rows } = await client.query<{ labelfile: string }>('select labelfile from pg_backup_stop(false)')
  for (const name of ['postmaster.pid', 'postmaster.opts']) await rm(join(files, name), { force: true })
  const conninfo = `host=127.0.0.1 port=${port} user=tercet password=${password}`
  await write(files, 'backup_label', rows[0]?.labelfile ?? '')
  await write(files, 'standby.signal', '')
  await write(files, 'postgresql.auto.conf', `primary_conninfo = '${conninfo}'\n`)
  await writeState(folder, { url: '', pid: null, owner: process.pid, port: 0, password, files })

  let running: Embedded | undefined
  const become: Standby['become'] = async (role) => {
    // What waits for a standby that is not there would wait for ever.
    await client.query(
      role === 'synchronous'
        ? `alter system set synchronous_standby_names = '*'`
        : 'alter system reset synchronous_standby_names',
    )
    await client.query('select pg_reload_conf()')
    if (role === 'absent') {
      await running?.stop()
      running = undefined
      return
    }
    running ??= await startEmbedded({ folder })
    await untilFollowing(client, role === 'synchronous' ? 'sync' : 'async')
  }
  return {
    become,
    close: async () => {
      await become('absent')
      await rm(files, { recursive: true, force: true })
    },
  }
}

/** As whoever owns the files: the server runs as that user. */
async function write(files: string, name: string, text: string): Promise<void> {
  const path = join(files, name)
  await writeFile(path, text, { mode: 0o600 })
  const { uid, gid } = await stat(files)
  await chown(path, uid, gid)
}

async function untilFollowing(client: pg.Client, state: 'sync' | 'async'): Promise<void> {
  for (const end = performance.now() + 60_000; ; await pause(20)) {
    const { rows } = await client.query<{ isSo: boolean }>(
      `select coalesce(bool_or(sync_state = $1 and state = 'streaming' and pg_wal_lsn_diff(pg_current_wal_lsn(), replay_lsn) < 1e6), false) as "isSo"
       from pg_stat_replication`,
      [state],
    )
    if (rows[0]?.isSo) return
    if (performance.now() > end) throw new Error(`the standby does not follow (${state})`)
  }
}
