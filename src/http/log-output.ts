import { constants, fstatSync, openSync, write } from 'node:fs'

export type LogOutput = {
  /** Takes a line (with its line break) or drops and counts it. Never throws, never waits. */
  readonly write: (line: string) => void
  /** lines that were dropped: the output could not be written, or took too long */
  readonly droppedLines: () => number
  /** Resolves when what was taken is out, or after a second. */
  readonly flush: () => Promise<void>
}

/** Half an hour of a busy log. What waits beyond it is dropped: a slow reader must not become a growing heap. */
const mostWaiting = 1_048_576

/** A full pipe is asked again after this. */
const againAfterMs = 50

/**
 * Where the log goes. A payment never waits for a log, and never fails with it: what a full disk, a closed or a slow pipe does not take
 * is dropped.
 */
export function openLogOutput(descriptor = 1): LogOutput {
  return new Output(withoutBlocking(descriptor))
}

class Output implements LogOutput {
  readonly #descriptor: number
  #lines: string[] = []
  #length = 0
  #dropped = 0
  #isWriting = false
  #emptied: (() => void) | undefined

  constructor(descriptor: number) {
    this.#descriptor = descriptor
  }

  readonly write = (line: string): void => {
    if (this.#length + line.length > mostWaiting) {
      this.#dropped += 1
      return
    }
    this.#lines.push(line)
    this.#length += line.length
    if (!this.#isWriting) this.#writeAll()
  }

  readonly droppedLines = (): number => this.#dropped

  readonly flush = async (): Promise<void> => {
    if (!this.#isWriting) return
    await new Promise<void>((resolve) => {
      this.#emptied = resolve
      setTimeout(resolve, 1_000).unref()
    })
  }

  #writeAll(): void {
    if (this.#lines.length === 0) {
      this.#isWriting = false
      this.#emptied?.()
      return
    }
    this.#isWriting = true
    const lines = this.#lines
    this.#lines = []
    this.#length = 0
    this.#writeRest(Buffer.from(lines.join('')), lines.length)
  }

  /** `lines` are dropped together when the rest of them cannot be written: how many are out already nobody can tell. */
  #writeRest(rest: Buffer, lines: number): void {
    write(this.#descriptor, rest, (error, written) => {
      if (error?.code === 'EAGAIN') {
        setTimeout(() => this.#writeRest(rest, lines), againAfterMs).unref()
        return
      }
      if (error) this.#dropped += lines
      else if (written < rest.length) return this.#writeRest(rest.subarray(written), lines)
      this.#writeAll()
    })
  }
}

/**
 * The same pipe with an own descriptor that says "full" instead of waiting, which would keep one of the few threads that all files share.
 * Its flag is not set on the descriptor that this process was given: that one is shared with the shell and others.
 */
function withoutBlocking(descriptor: number): number {
  try {
    if (process.platform !== 'linux' || !fstatSync(descriptor).isFIFO()) return descriptor
    return openSync(`/proc/self/fd/${descriptor}`, constants.O_WRONLY | constants.O_NONBLOCK)
  } catch {
    // Another user's pipe, or none at all: then it is written to as it is.
    return descriptor
  }
}
