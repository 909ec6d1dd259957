import { setTimeout as pause } from 'node:timers/promises'
import type pg from 'pg'
import { stepMoving } from '../../../db/cell/move/moving-merchants.ts'
import type { MerchantId } from '../../../kernel/ids.ts'
import { patiently } from './patiently.ts'

export type Frozen = {
  /** Whether nothing can have been written since. */
  readonly isHeld: () => Promise<boolean>
  /** For good: the merchant lives elsewhere. False, and nothing is changed, when its hold had run out. */
  readonly leave: () => Promise<boolean>
  /** Lets the hold run out by itself, unless it has left. */
  readonly release: () => Promise<void>
}

export type Freezing = {
  readonly merchantId: MerchantId
  readonly mover: string
  readonly onStage: (stage: 'closing' | 'freezing') => void | Promise<void>
  /** Servers remember a merchant's keys and terms for a second (merchant-directory.ts). */
  readonly forgottenAfterMs: number
}

/** How long a hold lasts that nobody puts off: a merchant whose move is interrupted goes on after that. */
const holdMs = 15_000

/**
 * Closes the merchant, waits until no server serves it from memory, and freezes it: waits for the transactions that write for it, and lets no
 * other begin. The hold is put off until `leave` or `release`. Undefined: somebody writes for it for longer than it is closed.
 */
export async function freezeMerchant(
  source: pg.Client,
  { merchantId, mover, onStage, forgottenAfterMs }: Freezing,
): Promise<Frozen | undefined> {
  const step = (from: 'leaving' | 'closed' | 'frozen', to: 'closed' | 'frozen' | 'left') =>
    patiently(() => stepMoving(source, { ...{ merchantId, mover, from, to }, ...(to !== 'left' && { holdMs }) }))
  await onStage('closing')
  if (!(await step('leaving', 'closed'))) return undefined
  await pause(forgottenAfterMs)
  await onStage('freezing')
  if (!(await step('closed', 'frozen'))) return undefined
  const ending = new AbortController()
  const holding = holdOn(() => step('frozen', 'frozen'), ending.signal)
  const end = async () => {
    ending.abort()
    await holding
  }
  return {
    isHeld: () => step('frozen', 'frozen'),
    leave: async () => {
      await end()
      return await step('frozen', 'left')
    },
    release: end,
  }
}

/** Puts the end of the hold off, several times before it comes. Whether that went well, `leave` finds out. */
async function holdOn(step: () => Promise<boolean>, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await pause(holdMs / 5, undefined, { signal }).catch(() => undefined)
    if (!signal.aborted) await step().catch(() => undefined)
  }
}
