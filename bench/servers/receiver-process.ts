import { setTimeout as pause } from 'node:timers/promises'
import { request } from 'undici'
import { startServer } from './server-process.ts'

export type Receiver = {
  readonly urlOf: (path: string) => string
  /** deliveries that were answered 200 so far */
  readonly count: (path: string) => Promise<number>
  /** Resolves once so many have arrived. Rejects when none arrives for a while. */
  readonly reaches: (path: string, count: number) => Promise<void>
  /** milliseconds that each delivery waits for its answer from now on */
  readonly delay: (milliseconds: number) => Promise<void>
  readonly stop: () => Promise<void>
}

const pollMs = 20
const patienceMs = 20_000

/** A receiver in a process of its own, so that neither the server nor the load waits for it. */
export async function startReceiver(): Promise<Receiver> {
  const { port, stop } = await startServer(['bench/servers/receiver.ts'], {})
  const count = async (path: string): Promise<number> => {
    const answer = await request(`http://127.0.0.1:${port}/counts`)
    const counts = (await answer.body.json()) as Readonly<Record<string, number>>
    return counts[path] ?? 0
  }
  const reaches = async (path: string, wanted: number): Promise<void> => {
    let last = await count(path)
    for (let since = performance.now(); last < wanted; ) {
      await pause(pollMs)
      const now = await count(path)
      if (now > last) since = performance.now()
      else if (performance.now() - since > patienceMs)
        throw new Error(`${now} of ${wanted} webhooks arrived at ${path}`)
      last = now
    }
  }
  const delay = async (milliseconds: number): Promise<void> => {
    await (await request(`http://127.0.0.1:${port}/delay/${milliseconds}`)).body.dump()
  }
  return { urlOf: (path) => `http://127.0.0.1:${port}${path}`, count, reaches, delay, stop }
}
