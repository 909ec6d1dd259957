import assert from 'node:assert/strict'
import { test } from 'node:test'
import { someTime } from '../../../test/support/payments/factories.ts'
import type { DueSource } from '../../app/sandbox/due-source.ts'
import { Unavailable } from '../../engine/command.ts'
import { type Instant, plus, second } from '../../kernel/instant.ts'
import { createJobRunner, type JobRunnerOptions } from './job-runner.ts'

const never = 2_000_000_000

type Fake = DueSource & {
  /** resolves when `runDue` has been called this often */
  readonly called: (times: number) => Promise<void>
  readonly untils: Instant[]
}

/** A source whose steps are written out; the last one is repeated. */
function aSource(
  name: string,
  steps: ((until: Instant) => number | Promise<number>)[],
  due: Instant | null = null,
): Fake {
  const untils: Instant[] = []
  let waiting: { times: number; resolve: () => void }[] = []
  return {
    name,
    untils,
    nextDue: async () => due,
    runDue: async (until) => {
      untils.push(until)
      for (const each of waiting.filter(({ times }) => untils.length >= times)) each.resolve()
      waiting = waiting.filter(({ times }) => untils.length < times)
      return (steps[untils.length - 1] ?? steps.at(-1) ?? (() => 0))(until)
    },
    called: (times) =>
      new Promise((resolve) => {
        if (untils.length >= times) resolve()
        else waiting.push({ times, resolve })
      }),
  }
}

function aRunner(
  t: { after: (work: () => Promise<void>) => void },
  sources: Fake[],
  more: Partial<JobRunnerOptions> = {},
) {
  const log = { warn: () => undefined, error: () => undefined }
  const runner = createJobRunner(sources, { clock: { now: () => someTime }, log, pollMs: never, ...more })
  t.after(runner.close)
  return runner
}

test('runs a source again and again while it has something to do, then rests until it is nudged', async (t) => {
  const source = aSource('timers', [() => 3, () => 1, () => 0])
  const runner = aRunner(t, [source])
  await source.called(3)
  assert.deepEqual(source.untils, [someTime, someTime, someTime])
  runner.nudge('another')
  runner.nudge('timers')
  await source.called(4)
})

test('does not lose a nudge that comes while the source is at work', async (t) => {
  const atWork = Promise.withResolvers<number>()
  const source = aSource('timers', [() => atWork.promise, () => 0])
  const runner = aRunner(t, [source])
  await source.called(1)
  runner.nudge('timers')
  atWork.resolve(0)
  await source.called(2)
})

test('wakes when the next work falls due, however long it may rest', async (t) => {
  const now = { time: someTime }
  const source = aSource('timers', [() => 0], plus(someTime, second / 50n))
  aRunner(t, [source], { clock: { now: () => now.time } })
  await source.called(2)
})

test('rests when work is overdue that cannot be done, instead of spinning', async (t) => {
  const stuck = aSource('stuck', [() => 0], plus(someTime, -second))
  const busy = aSource('busy', [...Array.from({ length: 50 }, () => () => 1), () => 0])
  aRunner(t, [stuck, busy])
  await busy.called(51)
  assert.equal(stuck.untils.length, 1)
})

test('logs an error and tries again, and keeps the other sources running', async (t) => {
  const logged: string[] = []
  const log = { warn: () => void logged.push('warn'), error: () => void logged.push('error') }
  const fail = (error: Error) => (): never => {
    throw error
  }
  const away = new Unavailable('away', { retryAfterSeconds: 1 })
  const failing = aSource('failing', [fail(away), fail(new Error('a bug')), () => 0])
  const other = aSource('other', [() => 1, () => 1, () => 0])
  const failed: string[] = []
  aRunner(t, [failing, other], { log, onFailed: (name) => void failed.push(name) })
  await Promise.all([failing.called(3), other.called(3)])
  assert.deepEqual(logged, ['warn', 'error'])
  assert.deepEqual(failed, ['failing', 'failing'])
})

test('runs nothing while it is paused, and goes on when everybody who paused it has let go', async (t) => {
  const atWork = Promise.withResolvers<number>()
  const source = aSource('timers', [() => atWork.promise, () => 0])
  const runner = aRunner(t, [source])
  await source.called(1)
  let isPaused = false
  const pausing = Promise.all([runner.pause(), runner.pause()]).then((resumes) => {
    isPaused = true
    return resumes
  })
  runner.nudge('timers')
  await Promise.resolve()
  assert.equal(isPaused, false)
  atWork.resolve(1)
  const [first, second] = await pausing
  first()
  first()
  await new Promise(setImmediate)
  assert.equal(source.untils.length, 1)
  second()
  await source.called(2)
})

test('closes once the running step has ended, also while paused or resting after an error', async (t) => {
  const atWork = Promise.withResolvers<number>()
  const slow = aSource('slow', [() => atWork.promise])
  const failing = aSource('failing', [() => Promise.reject(new Error('away'))])
  const runner = aRunner(t, [slow, failing])
  await Promise.all([slow.called(1), failing.called(1)])
  const paused = runner.pause()
  let isClosed = false
  const closing = runner.close().then(() => {
    isClosed = true
  })
  await new Promise(setImmediate)
  assert.equal(isClosed, false)
  atWork.resolve(1)
  await Promise.all([closing, paused])
  assert.equal(slow.untils.length, 1)
})
