import { spawn } from 'node:child_process'
import { setPriority } from 'node:os'
import { fileURLToPath } from 'node:url'
import type { FastifyBaseLogger } from 'fastify'
import { type BuiltBundle, readBundle } from './built-bundle.ts'
import type { Bundle } from './bundle.ts'

/** The builds that pages send from. */
export type WebBuild = {
  /** the bundle's build; undefined until it is there: then its addresses answer 503 with `Retry-After` */
  readonly find: (bundle: Bundle) => BuiltBundle | undefined
  /** resolves when nothing is being built any more; never rejects */
  readonly settled: Promise<void>
  /** ends the builder if it still runs */
  readonly close: () => void
}

/**
 * Reads the builds that installation made. Where one is missing or older than its sources, a child process builds beside the rest of
 * the start (half a gigabyte for a second has no place in a server); a build that fails is logged and leaves only its own pages
 * without their files.
 */
export function startWebBuild(bundles: readonly Bundle[], logger: Pick<FastifyBaseLogger, 'warn' | 'info'>): WebBuild {
  const built = new Map<string, BuiltBundle>()
  const builder = new AbortController()
  const missing = async () => {
    const found = await Promise.all(bundles.map(async (bundle) => [bundle, await readBundle(bundle)] as const))
    for (const [bundle, build] of found) if (build) built.set(bundle.name, build)
    return found.filter(([, build]) => build === undefined).map(([bundle]) => bundle.name)
  }
  const settle = async () => {
    const names = await missing()
    if (names.length === 0) return
    logger.info({ bundles: names }, 'building what browsers load')
    await runBuilder(builder.signal)
    const left = await missing()
    if (left.length > 0) throw new Error(`not built: ${left.join(', ')}`)
  }
  const settled = settle().catch((error: unknown) => {
    // An outage of those pages alone: payments need none of them.
    if (!builder.signal.aborted)
      logger.warn({ err: error }, 'what browsers load could not be built: npm run build says why')
  })
  return { find: ({ name }) => built.get(name), settled, close: () => builder.abort() }
}

const script = fileURLToPath(new URL('../../build.ts', import.meta.url))

/** Resolves when it ends well. It gives way to whatever else the machine has to do: the database is starting at that time. */
function runBuilder(signal: AbortSignal): Promise<void> {
  const child = spawn(process.execPath, [script], { signal, stdio: ['ignore', 'ignore', 'pipe'] })
  if (child.pid !== undefined) giveWay(child.pid)
  let said = ''
  // Without a descriptor left there is no process, and it has no streams.
  child.stderr?.on('data', (bytes: Buffer) => {
    said = (said + bytes.toString('utf8')).slice(-2_000)
  })
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code) => (code === 0 ? resolve() : reject(new Error(said.trim() || `ended with ${code}`))))
  })
}

function giveWay(pid: number): void {
  try {
    setPriority(pid, 10)
  } catch {
    // Refused by the system, or the child is gone: then it runs as it does.
  }
}
