import type { RecordedResult } from '../../db/webhook/webhook-claims.ts'

/** Results one by one in, many at a time to the database. */
export type Recorder = {
  /** Resolves once the result is committed. Rejects when it could not be: the claim then runs out by itself. */
  readonly record: (result: RecordedResult) => Promise<void>
}

type Waiting = {
  readonly result: RecordedResult
  readonly resolve: () => void
  readonly reject: (error: Error) => void
}

/** Most results of one statement. */
const mostPerWrite = 512

/** While a write is under way results gather; when it is done all that gathered are written. No timer adds latency. */
export function createRecorder(write: (results: readonly RecordedResult[]) => Promise<void>): Recorder {
  let waiting: Waiting[] = []
  let isWriting = false

  async function run(): Promise<void> {
    isWriting = true
    while (waiting.length > 0) {
      const batch = waiting.slice(0, mostPerWrite)
      waiting = waiting.slice(mostPerWrite)
      try {
        await write(batch.map((each) => each.result))
        for (const each of batch) each.resolve()
      } catch (error) {
        // An outage: every caller is told, none is answered twice.
        for (const each of batch) each.reject(error as Error)
      }
    }
    isWriting = false
  }

  return {
    record: (result) =>
      new Promise((resolve, reject) => {
        waiting.push({ result, resolve, reject })
        // Answers that were read from their sockets in the same turn of the event loop travel together.
        if (!isWriting) {
          isWriting = true
          setImmediate(() => void run())
        }
      }),
  }
}
