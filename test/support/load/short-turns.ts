/** No turn of the event loop may take longer, in milliseconds of the main thread's processor time, on a processor of its own. */
const mostPerTurn = 25

/**
 * A turn may be lengthened by what else happens to the machine and by code that is compiled for the first time; work that is too
 * long is too long every time. So what was over the limit is tried again this often, and its best turn counts.
 */
const tries = 12

/** Reading these keys takes a processor that nobody else uses so many milliseconds. */
const yardstick = { text: `{${Array.from({ length: 20_000 }, (_, at) => `"k${at}":0`)}}`, ms: 6 }

/**
 * The shortest of several tries' longest turns, in milliseconds, and whether it is short enough for the machine as it is. Undefined when a
 * try could not be measured.
 */
export async function shortestTurn(
  longestTurn: () => Promise<number | undefined>,
): Promise<{ readonly ms: number; readonly isShort: boolean } | undefined> {
  let ms = Number.POSITIVE_INFINITY
  let most = mostPerTurn
  for (let count = 0; count < tries && ms > most; count++) {
    const longest = await longestTurn()
    if (longest === undefined) return undefined
    ms = Math.min(ms, longest)
    if (ms > most) most = Math.max(most, mostPerTurnNow())
  }
  return { ms, isShort: ms <= most }
}

/** Processors that are shared or old are slower by the clock of their own: the limit grows by as much as the same work costs more at this moment. */
export function mostPerTurnNow(): number {
  const before = process.cpuUsage()
  JSON.parse(yardstick.text)
  const { user, system } = process.cpuUsage(before)
  return mostPerTurn * Math.max(1, (user + system) / 1_000 / yardstick.ms)
}
