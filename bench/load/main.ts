import type { Job, LoadAnswer } from './job.ts'
import { runJob } from './run-job.ts'

/** The process that makes the load: a job comes in as a message, its result goes out as one. Ends with its parent. */
process.on('message', (job: Job) => void answer(job))
process.on('disconnect', () => process.exit())

async function answer(job: Job): Promise<void> {
  const message = await runJob(job).then(
    (result): LoadAnswer => ({ result }),
    (error: unknown): LoadAnswer => ({ error: String(error) }),
  )
  process.send?.(message)
}
