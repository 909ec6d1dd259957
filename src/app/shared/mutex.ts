import { Unavailable } from '../../engine/command.ts'

/** As many as may wait for one key: each keeps its request in memory. */
const mostWaiting = 50

/** Runs the work of one key one after the other, in the order it came; throws `Unavailable` when too many wait already. */
export type Mutex<Key> = <T>(key: Key, work: () => Promise<T>) => Promise<T>

/**
 * A mutex per key within this process, taken before a connection is: those who would wait for the same lock in the database must not
 * hold the pool's few connections meanwhile, which others' payments need.
 */
export function createMutex<Key>(): Mutex<Key> {
  const queues = new Map<Key, { last: Promise<unknown>; length: number }>()
  return async (key, work) => {
    const queue = queues.get(key) ?? { last: Promise.resolve(), length: 0 }
    if (queue.length >= mostWaiting) throw new Unavailable('too many wait for their turn', { retryAfterSeconds: 1 })
    queues.set(key, queue)
    queue.length += 1
    const result = queue.last.then(work)
    // Only its end matters to the next one; whoever asked is told how it ended.
    queue.last = result.catch(() => undefined)
    return await result.finally(() => {
      queue.length -= 1
      if (queue.length === 0) queues.delete(key)
    })
  }
}
