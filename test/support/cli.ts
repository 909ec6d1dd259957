import type { Io } from '../../src/cli/io.ts'
import { runCli } from '../../src/cli/run-cli.ts'
import type { Environment } from '../../src/main/config.ts'
import './patience.ts'

export type CliRun = {
  readonly io: Io
  readonly out: () => string
  readonly err: () => string
  /** as Ctrl-C would */
  readonly stop: () => void
  /** Resolves once stdout holds what is wanted. */
  readonly said: (wanted: RegExp) => Promise<void>
}

/** What a command needs of a process, kept in memory. */
export function cliRun(env: Environment = {}, overrides: Partial<Io> = {}): CliRun {
  const stopping = new AbortController()
  const waiting = new Map<() => void, RegExp>()
  let out = ''
  let err = ''
  const io: Io = {
    env,
    isTerminal: false,
    columns: 100,
    stopSignal: () => stopping.signal,
    serve: () => ({ stop: stopping.signal, kill: new AbortController().signal, hasFailed: () => false }),
    out: (text) => {
      out += text
      for (const [resolve, wanted] of waiting) if (wanted.test(out)) resolve()
    },
    err: (text) => {
      err += text
    },
    ...overrides,
  }
  const said = (wanted: RegExp) =>
    new Promise<void>((resolve) => {
      waiting.set(resolve, wanted)
      if (wanted.test(out)) resolve()
    })
  return { io, out: () => out, err: () => err, stop: () => stopping.abort(), said }
}

export type CliResult = { readonly code: number; readonly out: string; readonly err: string }

/** One command line in this process. */
export async function tercet(
  env: Environment,
  words: readonly string[],
  overrides: Partial<Io> = {},
): Promise<CliResult> {
  const run = cliRun(env, overrides)
  const code = await runCli(words, run.io)
  return { code, out: run.out(), err: run.err() }
}
