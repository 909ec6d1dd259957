import type { Job } from './job.ts'

/** Says when a free connection may start its next journey: `next` resolves to when that was due, undefined for "now". */
export type Pace = { readonly next: () => Promise<number | undefined>; readonly stop: () => void }

export function paceOf({ ratePerSecond, durationMs }: Job): Pace {
  return ratePerSecond === undefined ? asFastAsPossible : steady(ratePerSecond, durationMs)
}

const asFastAsPossible: Pace = { next: () => Promise.resolve(undefined), stop: () => undefined }

/**
 * Starts that fall due evenly, whether or not the server keeps up: one that finds every connection taken waits, and its
 * wait counts. The clock ticks each millisecond, so a handful fall due together, as from a crowd of shops.
 */
function steady(ratePerSecond: number, durationMs: number): Pace {
  const start = performance.now()
  const waiting: ((dueAt: number | undefined) => void)[] = []
  const due: number[] = []
  let begun = 0
  const tick = () => {
    const now = performance.now()
    const wanted = Math.floor(((now - start) * ratePerSecond) / 1000)
    for (; begun < wanted; begun++) due.push(now)
    while (due.length > 0 && waiting.length > 0) waiting.shift()?.(due.shift())
    // The time is up: whoever still waits is let go, and ends by itself.
    if (now - start > durationMs) for (const resolve of waiting.splice(0)) resolve(undefined)
  }
  const timer = setInterval(tick, 1)
  return {
    next: () => {
      const dueAt = due.shift()
      return dueAt === undefined ? new Promise((resolve) => waiting.push(resolve)) : Promise.resolve(dueAt)
    },
    stop: () => clearInterval(timer),
  }
}
