import { type ChildProcess, fork } from 'node:child_process'
import { join } from 'node:path'
import type { Job, LoadAnswer, LoadResult } from './job.ts'

export type LoadProcess = {
  /** One job at a time. Rejects when any request failed, or the process did. */
  readonly run: (job: Job) => Promise<LoadResult>
  readonly close: () => void
}

/** The load comes from a process of its own, so that the server's event loop never waits for it. */
export function startLoadProcess(): LoadProcess {
  const child = fork(join(import.meta.dirname, 'main.ts'), { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
  return { run: (job) => ask(child, job), close: () => child.disconnect() }
}

function ask(child: ChildProcess, job: Job): Promise<LoadResult> {
  return new Promise((resolve, reject) => {
    const onExit = () => reject(new Error('the load process ended'))
    child.once('exit', onExit)
    child.once('message', (answer: LoadAnswer) => {
      child.off('exit', onExit)
      if ('result' in answer) resolve(answer.result)
      else reject(new Error(answer.error))
    })
    child.send(job)
  })
}
