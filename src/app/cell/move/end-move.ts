import { randomUUID } from 'node:crypto'
import { rewindChains } from '../../../db/cell/move/chain-places.ts'
import { deleteMove, findMove } from '../../../db/cell/move/merchant-moves.ts'
import { connectForMove, takeMoveLock, transact } from '../../../db/cell/move/move-session.ts'
import { beginMoving, endMoving, findMoving, stepMoving } from '../../../db/cell/move/moving-merchants.ts'
import type { MerchantId } from '../../../kernel/ids.ts'
import { ok, type Result, refuse } from '../../../kernel/result.ts'
import { deleteMerchant } from './copy-merchant.ts'
import { unguardMerchant } from './guard-merchant.ts'
import type { MoveRefusal } from './move-refusal.ts'
import type { CellAddress } from './move-sessions.ts'
import { patiently } from './patiently.ts'

export type Ended = { readonly cell: string; readonly rows: number }

/** Gives up a move that has not happened: the merchant goes on where it lives, and what was copied is deleted. To be repeated when interrupted. */
export async function undoMove(
  cells: readonly CellAddress[],
  merchantId: MerchantId,
): Promise<Result<Ended, MoveRefusal>> {
  return await withMove(cells, merchantId, async ({ move, connect, forget }) => {
    if (move.switchedAt !== null) return refuse({ reason: 'has_moved', cell: move.target })
    const source = await connect(move.source)
    // While it was closed nobody read its chains for it.
    await patiently(() =>
      transact(source, async () => {
        await rewindChains(source, move.chains)
        await endMoving(source, merchantId)
      }),
    )
    await unguardMerchant(source, merchantId)
    const target = await connect(move.target)
    const mover = randomUUID()
    await beginMoving(target, merchantId, { state: 'dropping', mover })
    const rows = await deleteMerchant(target, { merchantId, mover, keepsNames: false })
    await endMoving(target, merchantId)
    await forget()
    return ok({ cell: move.target, rows })
  })
}

/**
 * Deletes the old rows of a merchant that has moved, but for the names that lead to it: they let a server that has not heard of it say so. To be
 * repeated when interrupted.
 */
export async function dropMoved(
  cells: readonly CellAddress[],
  merchantId: MerchantId,
): Promise<Result<Ended, MoveRefusal>> {
  return await withMove(cells, merchantId, async ({ move, connect, forget }) => {
    const isOpen = move.switchedAt !== null && (await findMoving(await connect(move.target), merchantId)) === undefined
    if (!isOpen) return refuse({ reason: 'not_moving' })
    const source = await connect(move.source)
    const mover = randomUUID()
    await beginMoving(source, merchantId, { state: 'dropping', mover })
    const rows = await deleteMerchant(source, { merchantId, mover, keepsNames: true })
    await unguardMerchant(source, merchantId)
    await stepMoving(source, { merchantId, mover, from: 'dropping', to: 'dropped' })
    await forget()
    return ok({ cell: move.source, rows })
  })
}

type Known = {
  readonly move: NonNullable<Awaited<ReturnType<typeof findMove>>>
  readonly connect: (cell: string) => ReturnType<typeof connectForMove>
  /** The directory knows of no move of the merchant any more. */
  readonly forget: () => Promise<void>
}

async function withMove(
  cells: readonly CellAddress[],
  merchantId: MerchantId,
  work: (known: Known) => Promise<Result<Ended, MoveRefusal>>,
): Promise<Result<Ended, MoveRefusal>> {
  const clients: Awaited<ReturnType<typeof connectForMove>>[] = []
  const connect = async (name: string) => {
    const cell = cells.find((each) => each.name === name)
    if (!cell) throw new Error(`there is no cell ${name}`)
    const client = await connectForMove(cell.url)
    clients.push(client)
    return client
  }
  try {
    const first = await connect(cells[0]?.name ?? '')
    if (!(await takeMoveLock(first))) return refuse({ reason: 'busy' })
    const move = await findMove(first, merchantId)
    if (!move) return refuse({ reason: 'not_moving' })
    return await work({ move, connect, forget: () => deleteMove(first, merchantId) })
  } finally {
    for (const client of clients.toReversed()) await client.end().catch(() => undefined)
  }
}
