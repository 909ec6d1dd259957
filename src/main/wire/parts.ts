import type { FastifyBaseLogger, FastifyInstance } from 'fastify'
import type pg from 'pg'
import type { ClaimNames } from '../../app/cell/cell-directory.ts'
import type { Sealer } from '../../app/shared/seal.ts'
import type { ShopperCells } from '../../app/shopper/cells/accounts-elsewhere.ts'
import type { Embedded } from '../../db/embedded/embedded.ts'
import type { EngineStats, RunningEngine } from '../../engine/engine.ts'
import type { Elsewhere } from '../../http/elsewhere.ts'
import type { SettleMovesParts } from '../../jobs/cells/settle-moves.ts'
import type { Clock } from '../../kernel/clock.ts'
import type { AttemptMemory } from '../../rails/card/sandbox/attempt-memory.ts'
import type { Remembered } from '../../rails/card/sandbox/sandbox.ts'
import type { WebBuild } from '../../web/shared/build/web-build.ts'
import type { Config } from '../config.ts'
import type { Worker } from '../workers/worker.ts'
import type { Meters } from './meters.ts'

/** The program for one database. */
export type Wired = {
  readonly server: FastifyInstance
  readonly engine: RunningEngine
  readonly clock: Clock
  /** Begins to watch chains, and in the sandbox to have some: nobody who only wants something else waits for it. */
  readonly startChains: () => void
  /** Whether a payment could be written now. Rejects when the database is away. */
  readonly isReady: () => Promise<boolean>
  /** Finishes what was accepted. The pool stays its owner's. */
  readonly close: () => Promise<void>
}

/** What the program is built of. */
export type Parts = {
  /** awaited after each step of a move of the sandbox's clock */
  readonly onClockMoved?: () => Promise<void>
  /** the database that this program runs itself, if it does */
  readonly embedded?: Pick<Embedded, 'isHopeless'> | undefined
  readonly droppedLogLines?: (() => number) | undefined
  readonly config: Pick<
    Config,
    | 'dataFolder'
    | 'anvilProgram'
    | 'mode'
    | 'tls'
    | 'secretKey'
    | 'previousSecretKeys'
    | 'firstSecretKey'
    | 'isBehindTlsProxy'
    | 'hasDocs'
    | 'hasMetrics'
    | 'hasRequests'
    | 'smtpUrl'
    | 'mailFrom'
    | 'smsUrl'
    | 'smsToken'
  >
  readonly databaseUrl: string
  readonly pool: pg.Pool
  readonly publicUrl: string
  readonly sealer: Sealer
  readonly build: WebBuild
  readonly logger: FastifyBaseLogger
  /** undefined: nobody asks for metrics, and nothing is counted */
  readonly meters?: Meters | undefined
  /** no other server works on this sandbox's data, so that its chains are this one's */
  readonly isAlone: boolean
  /** the sandbox acquirer's book, where several cells share one: what began in one may end in another */
  readonly attemptMemory?: AttemptMemory<Remembered> | undefined
  /** one of several processes behind one port; undefined: the only one */
  readonly worker?: Worker | undefined
  /** which of several cells this is; undefined while there is only one */
  readonly cell?: CellParts | undefined
}

/** What a cell knows of the others. */
export type CellParts = {
  readonly name: string
  /** before a key, an address or the like is used in this cell */
  readonly claim: ClaimNames
  /** where merchants that have moved are found */
  readonly directory: Pick<SettleMovesParts, 'firstPool' | 'addresses'>
  /** connections to any cell, for people who buy in several */
  readonly poolOf: ShopperCells['poolOf']
  /** for the one that listens for all: what answers a request instead */
  readonly elsewhere?: Elsewhere
  /** of every cell of this process */
  readonly stats: () => readonly EngineStats[]
  /** whether any cell of this process can write */
  readonly isAnyReady: () => Promise<boolean>
}
