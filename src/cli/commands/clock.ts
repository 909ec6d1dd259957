import type { Command } from 'commander'
import { type Instant, isoOf } from '../../kernel/instant.ts'
import { CliError } from '../cli-error.ts'
import type { Io } from '../io.ts'
import { jsonFlag, jsonHelp } from '../json-option.ts'
import { timeText } from '../print/format.ts'
import { answer, type OutputOptions } from '../print/print.ts'
import { createProgress } from '../print/progress.ts'
import { readDuration } from '../read/duration.ts'
import { parseTime, readTime } from '../read/time.ts'
import { keyFlag, keyHelp, keyOf, type ServerOptions, urlFlag, urlHelp } from '../sandbox-key.ts'
import { askServer, refuseUnlessOk } from '../server-client.ts'
import { serverUrl } from '../settings.ts'

type ClockOptions = OutputOptions & ServerOptions

/** `tercet clock [advance <duration> | set <time>]`. */
export function addClock(program: Command, io: Io): void {
  const clock = program.command('clock').description("read or move the running sandbox's clock; it only moves forward")
  withServer(clock.command('show', { isDefault: true }))
    .description('print the time it is in the sandbox')
    .addHelpText('after', '\nExamples:\n  tercet clock\n  tercet clock --json')
    .action((options: ClockOptions) => runClock(io, options))
  withServer(clock.command('advance'))
    .description('move it by a duration; ends when everything that fell due has happened, in order')
    .argument('<duration>', 'like 5d, 40m or 1h30m', readDuration)
    .addHelpText(
      'after',
      '\nExamples:\n  tercet clock advance 40m       orders nobody paid expire\n  tercet clock advance 5d1h',
    )
    .action((advanceMilliseconds: number, options: ClockOptions) => runClock(io, options, { advanceMilliseconds }))
  withServer(clock.command('set'))
    .description('move it to a time; ends when everything that fell due has happened, in order')
    .argument('<time>', 'a day (its midnight, UTC) or an ISO 8601 time with its zone', readTime)
    .addHelpText('after', '\nExamples:\n  tercet clock set 2031-01-01\n  tercet clock set 2031-01-01T09:30:00+01:00')
    .action((to: Instant, options: ClockOptions) => runClock(io, options, { to: isoOf(to) }))
}

function withServer(command: Command): Command {
  return command.option(keyFlag, keyHelp).option(urlFlag, urlHelp).option(jsonFlag, jsonHelp)
}

type Move = { readonly advanceMilliseconds: number } | { readonly to: string }

/** Through the running server, because it does the work that falls due. Without a move it only reads. */
async function runClock(io: Io, options: ClockOptions, move?: Move): Promise<void> {
  const url = serverUrl(io.env, options.url)
  const call = { url, path: '/sandbox/clock', key: keyOf(options), ...(move && { body: move }) }
  const result = await (move ? withSpinner(io, () => askServer(call)) : askServer(call))
  refuseUnlessOk(result, { missing: `the server at ${url} has no clock to move: is it a sandbox?` })
  const now = typeof result.body.now === 'string' ? parseTime(result.body.now) : undefined
  if (now === undefined) throw new CliError(`what answers at ${url} is not a Tercet sandbox`)
  answer(io, options, { now: isoOf(now) }, () => [timeText(now)])
}

async function withSpinner<T>(io: Io, work: () => Promise<T>): Promise<T> {
  const progress = createProgress(io)
  const began = performance.now()
  const draw = () => progress.show(`moving the clock, ${Math.round((performance.now() - began) / 1000)} s`)
  const timer = setInterval(draw, 200)
  try {
    return await work()
  } finally {
    clearInterval(timer)
    progress.end()
  }
}
