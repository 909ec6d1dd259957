import { spawn } from 'node:child_process'
import { join } from 'node:path'

/** Whether PostgreSQL's own load tool is installed: nothing else here needs it. */
export async function hasPgbench(): Promise<boolean> {
  return (await run(['--version'], {}).catch(() => undefined)) !== undefined
}

/** Transactions a second, each with the rows of one created order, on twelve connections. Whole seconds, one at least. */
export async function pgbenchRate(databaseUrl: string, durationMs: number): Promise<number> {
  const url = new URL(databaseUrl)
  const script = join(import.meta.dirname, 'sql/pgbench-create-order.sql')
  const seconds = Math.max(1, Math.round(durationMs / 1000))
  const out = await run(
    ['-n', '-M', 'prepared', '-f', script, '-c', '12', '-j', '1', '-T', String(seconds), url.pathname.slice(1)],
    { PGHOST: url.hostname, PGPORT: url.port, PGUSER: url.username, PGPASSWORD: url.password },
  )
  const rate = /tps = ([\d.]+)/.exec(out)?.[1]
  if (rate === undefined) throw new Error(`pgbench said no rate: ${out}`)
  return Number(rate)
}

function run(words: readonly string[], environment: Readonly<Record<string, string>>): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn('pgbench', words, {
      env: { PATH: process.env.PATH, ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let out = ''
    let err = ''
    child.stdout.on('data', (chunk) => {
      out += String(chunk)
    })
    child.stderr.on('data', (chunk) => {
      err += String(chunk)
    })
    child.once('error', reject)
    child.once('close', (code) => (code === 0 ? resolve(out) : reject(new Error(`pgbench ended (${code}): ${err}`))))
  })
}
