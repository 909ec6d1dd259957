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
  /** The same for a server: it outlives its output, and ends in order whatever is thrown. */
  readonly serve: () => Serving
}

export type Serving = {
  /** Aborts at the first Ctrl-C or SIGTERM, when the process that passes them on is gone, and after an error that nobody caught. */
  readonly stop: AbortSignal
  /**
   * Aborts when the process is about to end without waiting any longer: at a second signal, or long after the first. Its listeners run
   * before the end, and cannot put it off.
   */
  readonly kill: AbortSignal
  /** an error that nobody caught stopped it */
  readonly hasFailed: () => boolean
}

/** The real process. */
export function processIo(): Io {
  const stopping = new AbortController()
  let isWatching = false
  let isServing = false
  // `tercet ... | head` closes the pipe: no failure, and no stack trace. Any other error: the answer is lost, and the command has failed.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (!isServing && error.code !== 'EPIPE') {
      process.stderr.write(`tercet: the output cannot be written (${error.code})\n`)
      process.once('exit', () => {
        process.exitCode = process.exitCode || 1
      })
    }
    stopping.abort()
  })
  process.stderr.on('error', () => undefined)
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
    serve: () => {
      isServing = true
      return serveUntilSignalled()
    },
  }
}

/** A signal often comes twice: from the terminal and from npm, from systemd and from whoever started this process. */
const sameSignalMs = 500

/** The longest that an end in order may take; systemd's own patience is 90 seconds. */
const longestStopMs = 40_000

function serveUntilSignalled(): Serving {
  const stop = new AbortController()
  const kill = new AbortController()
  let stoppedAt: number | undefined
  let hasFailed = false
  const endNow = () => {
    kill.abort()
    // Not `process.exit`, which waits for threads that may hang in a write.
    process.kill(process.pid, 'SIGKILL')
  }
  const begin = () => {
    stoppedAt ??= performance.now()
    if (stop.signal.aborted) return
    stop.abort()
    setTimeout(endNow, longestStopMs).unref()
  }
  for (const name of ['SIGINT', 'SIGTERM'] as const)
    process.on(name, () => {
      if (stoppedAt !== undefined && performance.now() - stoppedAt > sameSignalMs) endNow()
      begin()
    })
  process.once('disconnect', begin)
  // Waiting to hear of the other process's end does not keep this one alive.
  process.channel?.unref()
  process.on('uncaughtException', (error) => {
    hasFailed = true
    process.exitCode = 1
    process.stderr.write(`tercet: stops after an unexpected error\n${error.stack ?? error}\n`)
    begin()
  })
  return { stop: stop.signal, kill: kill.signal, hasFailed: () => hasFailed }
}
