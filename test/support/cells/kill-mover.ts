import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import type { BringBackStage } from '../../../src/app/cell/move/bring-back.ts'
import type { MoveStage } from '../../../src/app/cell/move/move-merchant.ts'
import type { CellPlace } from '../../../src/app/cell/move/move-sessions.ts'
import { programFile } from '../program/program-file.ts'

export type KilledMove = {
  readonly merchant: number
  readonly target: string
  readonly stage: MoveStage
  /** what it waits until no server serves the merchant from memory: nothing where no server runs, and by default as long as a mover does */
  readonly forgottenAfterMs?: number
}

/** Moves a merchant in a process of its own, which is killed when it comes to the stage. */
export async function killMover(
  cells: readonly CellPlace[],
  { merchant, target, stage, forgottenAfterMs }: KilledMove,
): Promise<void> {
  await isKilled('mover-process.ts', [String(merchant), target, stage, String(forgottenAfterMs ?? 'default')], cells)
}

/** Brings a merchant back in a process of its own, which is killed when it comes to the stage. */
export async function killBringingBack(
  cells: readonly CellPlace[],
  { merchant, stage }: { readonly merchant: number; readonly stage: BringBackStage },
): Promise<void> {
  await isKilled('bring-back-process.ts', [String(merchant), stage], cells)
}

async function isKilled(
  file: 'mover-process.ts' | 'bring-back-process.ts',
  words: readonly string[],
  cells: readonly CellPlace[],
): Promise<void> {
  const places = cells.flatMap(({ name, url }) => [name, url])
  const child = spawn(process.execPath, [programFile(`test/support/cells/${file}`), ...words, ...places], {
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const [, signal] = await once(child, 'close')
  assert.equal(signal, 'SIGKILL', words.join(' '))
}
