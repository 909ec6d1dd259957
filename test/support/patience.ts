import { setPatience, usualPatienceMs } from '../../src/kernel/patience.ts'

/**
 * How long tests wait for the database, in this process and in servers that they start: a machine that stands still for some seconds makes no order fail.
 * A test of the time itself sets its own.
 */
export const longPatienceMs = 15_000

/** The same for a server's environment. */
export const longPatience = { TERCET_PATIENCE_MS: String(longPatienceMs) } as const

/** As `npm start` has it: for tests in which callers are put off, and what they asked may be done all the same. */
export const usualPatience = { TERCET_PATIENCE_MS: String(usualPatienceMs) } as const

setPatience(longPatienceMs)
