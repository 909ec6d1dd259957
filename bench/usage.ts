import { readdir, readFile } from 'node:fs/promises'
import type pg from 'pg'

/** What one server and its database have used up so far. */
export type Usage = {
  /** CPU seconds; undefined where the system has no /proc */
  readonly serverCpu: number | undefined
  readonly databaseCpu: number | undefined
  /** bytes of write-ahead log */
  readonly log: number
  /** bytes of all tables and their indexes */
  readonly stored: number
}

export async function readUsage(serverPid: number, client: pg.Client): Promise<Usage> {
  const { rows } = await client.query<{ log: string; stored: string; backend: number }>(
    `select (pg_current_wal_insert_lsn() - '0/0')::text as log, pg_backend_pid() as backend,
       (select sum(pg_total_relation_size(oid))::text from pg_class where relkind = 'r' and oid >= 16384) as stored`,
  )
  const [row] = rows
  if (!row) throw new Error('the database did not say what it holds')
  return {
    serverCpu: (await readProcess(serverPid))?.own,
    databaseCpu: await clusterCpu(row.backend),
    log: Number(row.log),
    stored: Number(row.stored),
  }
}

type Process = { readonly parent: number; readonly own: number; readonly ended: number }

/** Linux counts in hundredths of a second for whoever reads /proc, whatever the kernel's own tick is. */
const ticksPerSecond = 100

/** Its parent, the CPU seconds of itself and of its children that have ended. Undefined: no such process, or no /proc. */
async function readProcess(pid: number): Promise<Process | undefined> {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined)
  if (text === undefined) return undefined
  // After the name, which stands in brackets and may hold anything: state, parent, ..., utime, stime, cutime, cstime.
  const fields = text
    .slice(text.lastIndexOf(')') + 2)
    .split(' ')
    .map(Number)
  const sum = (...at: readonly number[]) => at.reduce((total, n) => total + (fields[n] ?? 0), 0) / ticksPerSecond
  return { parent: fields[1] ?? 0, own: sum(11, 12), ended: sum(13, 14) }
}

/** The postmaster, its children that ended, and all that live. */
async function clusterCpu(backend: number): Promise<number | undefined> {
  const parent = (await readProcess(backend))?.parent
  const postmaster = parent === undefined ? undefined : await readProcess(parent)
  if (!postmaster) return undefined
  const pids = (await readdir('/proc')).map(Number).filter(Number.isInteger)
  const all = await Promise.all(pids.map(readProcess))
  const children = all.filter((process) => process?.parent === parent)
  return children.reduce((total, process) => total + (process?.own ?? 0), postmaster.own + postmaster.ended)
}
