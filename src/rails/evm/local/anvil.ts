import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createRequire } from 'node:module'
import type { Socket } from 'node:net'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { promisify } from 'node:util'
import { LocalChainUnavailable } from '../../chain-rail.ts'

export type AnvilOptions = {
  readonly chainId: number
  /** 0, the default, takes a free one */
  readonly port?: number
  /** what the chain remembers from one run to the next; written when it ends */
  readonly stateFile?: string
  /** another program than the one of the package */
  readonly program?: string | undefined
}

export type Anvil = {
  readonly url: string
  readonly pid: number
  /** resolves when the process is gone, whoever ended it */
  readonly ended: Promise<void>
  /** Ends it, its state written, and waits for the end. */
  readonly stop: () => Promise<void>
}

/**
 * Waits on its input, whose other end is this process's: however this one ends, SIGKILL included, the chain is told to end. Its output is the
 * chain's alone, so that it closes when the chain ends by itself.
 */
const guard = '"$0" "$@" </dev/null & child=$!; exec >/dev/null 2>&1; read _; kill "$child"; wait "$child"'

/** Starts a local chain that mines each transaction at once, and waits until it listens. Throws `LocalChainUnavailable` when it cannot run here. */
export async function startAnvil({ chainId, port = 0, stateFile, program }: AnvilOptions): Promise<Anvil> {
  const words = ['--chain-id', String(chainId), '--port', String(port), '--slots-in-an-epoch', '1']
  const state = stateFile === undefined ? [] : ['--state', stateFile]
  // A session of its own: Ctrl-C in a terminal would end it before the server has finished what it accepted.
  const child = spawn('sh', ['-c', guard, program ?? anvilProgram(), ...words, ...state], {
    stdio: 'pipe',
    detached: true,
  })
  const failed = once(child, 'error').then(([error]) => new LocalChainUnavailable(String(error)))
  // Without a descriptor left there is no process, and it has no streams.
  if (child.pid === undefined) throw await failed
  // A guard that is gone already needs no word.
  child.stdin.on('error', () => undefined)
  let complaint = ''
  child.stderr.on('data', (chunk) => {
    complaint = `${complaint}${chunk}`.slice(-500)
  })
  const lines = createInterface(child.stdout)
  const isClosed = once(lines, 'close')
  const listening = new Promise<string>((resolve) => {
    lines.on('line', (line) => {
      const address = /^Listening on (127\.0\.0\.1:\d+)$/.exec(line)?.[1]
      if (address) resolve(address)
    })
  })
  const first = await Promise.race([listening, isClosed.then(() => undefined), failed])
  if (typeof first !== 'string' || child.pid === undefined) {
    child.stdin.end()
    throw first instanceof LocalChainUnavailable
      ? first
      : new LocalChainUnavailable(complaint.trim() || 'it ended at once')
  }
  const exited = once(child, 'close')
  // It does not keep this process alive: the guard sees to its end.
  child.unref()
  for (const stream of [child.stdin, child.stdout, child.stderr]) (stream as Socket).unref()
  const end = async (): Promise<void> => {
    child.ref()
    child.stdin.end()
    await exited
  }
  return { url: `http://${first}`, pid: child.pid, ended: isClosed.then(end), stop: end }
}

/**
 * Why no chain can run here, in one line; undefined when one can, as far as its program can tell without starting one. Slowness is not a reason.
 */
export async function whyNoAnvil(program?: string): Promise<string | undefined> {
  try {
    await promisify(execFile)(program ?? anvilProgram(), ['--version'], { timeout: 10_000 })
    return undefined
  } catch (error) {
    if (error instanceof LocalChainUnavailable) return error.message
    // It could not be run, or ended with a complaint: an old C library says so here.
    const { killed, stderr, message } = error as Error & { killed?: boolean; stderr?: string }
    return killed ? undefined : (stderr?.trim() || message).split('\n')[0]?.slice(0, 200)
  }
}

const platforms: Readonly<Record<string, string>> = { linux: 'linux', darwin: 'darwin' }
const processors: Readonly<Record<string, string>> = { x64: 'amd64', arm64: 'arm64' }

/** The program itself: the package's own starter would be one more process of 40 MB. Throws `LocalChainUnavailable` where there is none. */
export function anvilProgram(): string {
  const [platform, processor] = [platforms[process.platform], processors[process.arch]]
  if (!platform || !processor)
    throw new LocalChainUnavailable(`there is no build for ${process.platform} ${process.arch}`)
  const name = `@foundry-rs/anvil-${platform}-${processor}`
  try {
    return join(dirname(createRequire(import.meta.url).resolve(`${name}/package.json`)), 'bin', 'anvil')
  } catch {
    // An optional package that was left out.
    throw new LocalChainUnavailable(`the package ${name} is not installed`)
  }
}
