import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import type { MoveStage } from '../../../src/app/cell/move/move-merchant.ts'
import type { CellPlace } from '../../../src/app/cell/move/move-sessions.ts'

/** Moves a merchant in a process of its own, which is killed when it comes to the stage. */
export async function killMover(
  cells: readonly CellPlace[],
  { merchant, target, stage }: { readonly merchant: number; readonly target: string; readonly stage: MoveStage },
): Promise<void> {
  const places = cells.flatMap(({ name, url }) => [name, url])
  const child = spawn(
    process.execPath,
    [join(import.meta.dirname, 'mover-process.ts'), String(merchant), target, stage, ...places],
    { stdio: ['ignore', 'ignore', 'inherit'] },
  )
  const [, signal] = await once(child, 'close')
  assert.equal(signal, 'SIGKILL', stage)
}
