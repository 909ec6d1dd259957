import type { NewEvent } from '../db/event/events.ts'
import type { NewTransfer } from '../db/ledger/transfers.ts'
import type { Sender, Statement } from '../db/wire/statement.ts'
import type { Accepted } from '../domain/payment/decide/decision.ts'
import type { Payment } from '../domain/payment/payment.ts'
import type { Rejection } from '../domain/payment/rejection.ts'
import type { PaymentId } from '../kernel/ids.ts'
import type { Instant } from '../kernel/instant.ts'
import type { Command } from './command.ts'

/** A command as a companion sees it, with the id that its payment has or gets. */
export type Carrier = { readonly command: Command; readonly paymentId: PaymentId }

/** What a command does to its payment, before it is written. */
export type Change = Accepted & {
  /** undefined when the command makes the payment */
  readonly before: Payment | undefined
  readonly now: Instant
}

/**
 * What travels in the transaction of payments and is none of the engine's business: it is loaded, may refuse, and is written with them.
 * The engine knows companions by this type alone; `main` names them (src/main/companions.ts).
 */
export type Companion = {
  readonly name: string
  /**
   * Whether the command may concern it. Asked of every command, so it only looks at what is at hand; where no command of a batch
   * concerns it, a companion costs nothing. A payment that a companion is concerned with is always looked at under lock.
   */
  readonly concerns: (command: Command) => boolean
  /**
   * Loads what these commands of a batch need, and opens its part of the batch. Called after the payments' own locks were asked for, in the
   * order that companions were named in: rows are locked in an order that every process has. Everything is sent before anything is awaited,
   * since all loads leave in one piece. What needs no rows sends nothing.
   */
  readonly load: (carriers: readonly Carrier[], send: Send) => Promise<CompanionPart>
}

/** Sends a statement down the batch's connection; the transaction opens with the first one. */
export type Send = <T>(query: (sender: Sender) => Promise<T>) => Promise<T>

/** A companion's part of one batch: its facts as they evolve while the batch is decided in order of arrival. Nothing here waits. */
export type CompanionPart = {
  /** Why the command cannot be done although its payment allows it. Asked before `keep`, and changes nothing. */
  readonly refuse?: (carrier: Carrier, change: Change) => Rejection | undefined
  /** The command is done unless the whole batch fails. Not called for a repeat that moves nothing. */
  readonly keep: (carrier: Carrier, change: Change) => void
  /** What is written, after the payments' own rows: a statement for each kind of row, however many commands there were. */
  readonly statements: () => readonly Statement[]
  /** Movements and events of sources of its own: written, announced and numbered beside the payments'. */
  readonly entries?: () => { readonly transfers: readonly NewTransfer[]; readonly events: readonly NewEvent[] }
}

/** A companion with its part of the batch at hand. */
export type OpenCompanion = { readonly companion: Companion; readonly part: CompanionPart }
