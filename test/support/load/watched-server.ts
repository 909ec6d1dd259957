import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { makeTestFolder } from '../folder.ts'
import { freePort } from '../free-port.ts'
import { serverEnvironment } from '../server-environment.ts'

const root = join(import.meta.dirname, '../../..')

export type WatchedServer = {
  readonly url: string
  readonly port: number
  readonly folder: string
  readonly child: ChildProcess
  /** The longest turn of the server's event loop while the work went on, in milliseconds of processor time. */
  readonly longestTurn: (work: () => Promise<unknown>) => Promise<number>
  /** every route, as Fastify writes its path */
  readonly routes: () => Promise<readonly { readonly method: string; readonly path: string }[]>
  readonly stop: () => Promise<void>
}

/** `npm start`'s server on a folder and port of its own, whose event loop can be watched (watch-loop.ts). */
export async function startWatchedServer(environment: Readonly<Record<string, string>> = {}): Promise<WatchedServer> {
  const { folder, remove } = await makeTestFolder()
  const port = await freePort()
  const watch = join(import.meta.dirname, 'watch-loop.ts')
  const flags = ['--max-semi-space-size=8', '--heap-growing-percent=20', '--no-allocation-site-pretenuring']
  const child = spawn(
    process.execPath,
    [...flags, '--v8-pool-size=1', '--import', watch, 'src/cli/tercet.js', 'start'],
    {
      cwd: root,
      env: { ...serverEnvironment, PORT: String(port), TERCET_DATA: folder, ...environment },
      stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    },
  )
  const ended = once(child, 'close')
  await Promise.race([bannerOf(child), ended.then(() => Promise.reject(new Error('the server ended at its start')))])
  child.stdout?.resume()
  return {
    url: `http://localhost:${port}`,
    port,
    folder,
    child,
    longestTurn: async (work) => {
      child.send('start')
      await work()
      child.send('stop')
      const [answer] = await once(child, 'message')
      return (answer as { longestTurnMs: number }).longestTurnMs
    },
    routes: async () => {
      child.send('routes')
      const [answer] = await once(child, 'message')
      return (answer as { routes: { method: string; path: string }[] }).routes
    },
    stop: async () => {
      child.kill('SIGTERM')
      await ended
      await remove()
    },
  }
}

async function bannerOf(child: ChildProcess): Promise<void> {
  let text = ''
  for await (const chunk of child.stdout?.iterator({ destroyOnReturn: false }) ?? []) {
    text += String(chunk)
    if (text.includes('is ready at')) return
  }
}
