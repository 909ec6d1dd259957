import type { Environment } from '../main/config.ts'

/** Everything a command touches of the process it runs in. */
export type Io = {
  readonly env: Environment
  readonly out: (text: string) => void
  readonly err: (text: string) => void
  /** somebody looks at stderr: progress may be drawn there */
  readonly isTerminal: boolean
  /** width of help texts */
  readonly columns: number
  /**
   * Aborts at Ctrl-C, SIGTERM, or when nobody reads stdout any more. Who asks for it takes over the end of the process; a
   * command that never asks is ended by the signal itself.
   */
  readonly stopSignal: () => AbortSignal
}

/** The real process. */
export function processIo(): Io {
  const stopping = new AbortController()
  let isWatching = false
  // `tercet ... | head` closes the pipe: no failure, and no stack trace.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error
    stopping.abort()
  })
  return {
    env: process.env,
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
    isTerminal: process.stderr.isTTY === true,
    columns: process.stdout.columns ?? 100,
    stopSignal: () => {
      if (!isWatching) for (const name of ['SIGINT', 'SIGTERM'] as const) process.on(name, () => stopping.abort())
      isWatching = true
      return stopping.signal
    },
  }
}
