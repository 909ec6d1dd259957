import type pg from 'pg'
import { deleteMove, findMove, type MerchantMove } from '../../../db/cell/move/merchant-moves.ts'
import {
  connectForMove,
  connectForTables,
  type takeMoveLock,
  waitForMoveLock,
} from '../../../db/cell/move/move-session.ts'
import type { MerchantId } from '../../../kernel/ids.ts'
import { type Result, refuse } from '../../../kernel/result.ts'
import type { MoveRefusal } from './move-refusal.ts'
import type { CellPlace } from './move-sessions.ts'

/** What ends a move, or takes one back, works with. */
export type MoveConnections = {
  /** in the first cell. It holds the lock that lets one process move. */
  readonly first: pg.Client
  readonly connect: (cell: string) => Promise<pg.Client>
  /** for changes of the cell's tables, when `client` is connected to it */
  readonly tablesOf: (cell: string, client: pg.Client) => Promise<pg.Client>
}

type Lock = typeof takeMoveLock

/** Opens connections to cells for the only process that moves merchants, and closes them again. */
export async function withMoveLock<T>(
  cells: readonly CellPlace[],
  work: (connections: MoveConnections) => Promise<Result<T, MoveRefusal>>,
  lock: Lock = waitForMoveLock,
): Promise<Result<T, MoveRefusal>> {
  const clients: pg.Client[] = []
  const urlOf = (name: string) => {
    const cell = cells.find((each) => each.name === name)
    if (!cell) throw new Error(`there is no cell ${name}`)
    return cell.url
  }
  const connect = async (name: string) => {
    const client = await connectForMove(urlOf(name))
    clients.push(client)
    return client
  }
  const tablesOf = async (name: string, client: pg.Client) => {
    const tables = await connectForTables(urlOf(name), client)
    if (tables !== client) clients.push(tables)
    return tables
  }
  try {
    const first = await connect(cells[0]?.name ?? '')
    if (!(await lock(first))) return refuse({ reason: 'busy' })
    return await work({ first, connect, tablesOf })
  } finally {
    // The one that holds the lock ends last.
    for (const client of clients.toReversed()) await client.end().catch(() => undefined)
  }
}

/** A move as the directory knows it, and how it is forgotten there. */
export type KnownMove = MoveConnections & { readonly move: MerchantMove; readonly forget: () => Promise<void> }

/** The same for the merchant's move that the directory knows of. */
export async function withMove<T>(
  cells: readonly CellPlace[],
  merchantId: MerchantId,
  work: (known: KnownMove) => Promise<Result<T, MoveRefusal>>,
  lock?: Lock,
): Promise<Result<T, MoveRefusal>> {
  return await withMoveLock<T>(
    cells,
    async (connections) => {
      const { first } = connections
      const move = await findMove(first, merchantId)
      if (!move) return refuse({ reason: 'not_moving' })
      return await work({ ...connections, move, forget: () => deleteMove(first, merchantId) })
    },
    lock,
  )
}
