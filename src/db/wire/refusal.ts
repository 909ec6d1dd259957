import { AssertionError } from '../../kernel/assert.ts'

/** What the database says of a merchant that cannot be written because it moves, and its lookups say of one that lives elsewhere. */
export const merchantMoves = '55T01'

/** What a database error means for the transaction it ended. */
export type Refusal =
  /** a rule of the database was broken by something in the batch: nothing was written, and the same again fails again */
  | { readonly kind: 'refused'; readonly constraint: string | undefined }
  /** it belongs to a merchant that is moving to another cell: nothing was written, and it succeeds there in a moment */
  | { readonly kind: 'moving' }
  /** rivals got in each other's way: nothing was written, and the same again may well succeed */
  | { readonly kind: 'conflict' }
  /** the database said that it cannot now: nothing was written */
  | { readonly kind: 'cannot' }
  /** the connection is gone: nobody knows whether the commit happened */
  | { readonly kind: 'lost' }

type DatabaseError = Error & { readonly code?: string; readonly constraint?: string }

/** Classifies by SQLSTATE (PostgreSQL appendix A); an error without one did not come from the database. */
export function refusalOf(error: unknown): Refusal {
  if (isBug(error)) return { kind: 'refused', constraint: undefined }
  const { code, constraint } = asSaid(error as DatabaseError)
  if (typeof code !== 'string' || !sqlState.test(code)) return { kind: 'lost' }
  const group = code.slice(0, 2)
  if (group === '22' || group === '23' || group === '54' || group === 'P0') return { kind: 'refused', constraint }
  if (code === merchantMoves) return { kind: 'moving' }
  if (group === '40' || code === '55P03') return { kind: 'conflict' }
  if (group === '08' || code === '57P01' || code === '57P02' || code === '57P03') return { kind: 'lost' }
  return { kind: 'cannot' }
}

/**
 * Whether it can only mean that the database is away, full or stopping, so that where in the program it was met says nothing. Narrower than
 * `refusalOf`, which must act on every error and takes one it does not know for a lost connection.
 */
export function isAbsence(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const { code, message, syscall } = error as DatabaseError & NodeJS.ErrnoException
  if (typeof code !== 'string') return absences.test(message)
  return sqlState.test(code) ? awayStates.test(code) : onTheWire.has(syscall ?? '')
}

/** What `pg` and its pool say of a connection that cannot be had, was lost, or is silent: they give no code. */
const absences =
  /^(timeout expired$|timeout exceeded when trying to connect$|Connection terminated|Query read timeout$|Client has encountered a connection error)/
/** Connection exceptions, insufficient resources, a server that stops or does not start yet, and its system's own errors. */
const awayStates = /^(08...|53...|57P0[1-3]|58...)$/
/** What was asked of the operating system when a connection failed; a file that is not there fails otherwise. */
const onTheWire = new Set(['connect', 'read', 'write', 'getaddrinfo'])

type Said = { readonly code: string | undefined; readonly constraint: string | undefined }

/**
 * A cluster's node names a constraint as its part of the table has it, `payment_pkey_102023`; or it hands on another node's refusal as an internal error
 * that has the words alone.
 */
function asSaid({ code, constraint, message }: DatabaseError): Said {
  if (code !== undefined && code !== internalError) return { code, constraint: constraint?.replace(ofPart, '') }
  const [, kind, name] = violation.exec(message) ?? []
  if (code === undefined || kind === undefined || name === undefined) return { code, constraint }
  return { code: violations[kind as keyof typeof violations], constraint: name.replace(ofPart, '') }
}

const internalError = 'XX000'
const ofPart = /_\d{6,}$/
const violation = /violates (unique|check) constraint "([^"]+)"/
const violations = { unique: '23505', check: '23514' } as const

/** Its classes begin with a digit, F, H, P or X, so that EPIPE and EBADF of the operating system are none. */
const sqlState = /^[0-9FHPX][0-9A-Z]{4}$/

/** A mistake of ours on the way to the database: the same again fails again, so it is isolated like a refusal. */
function isBug(error: unknown): boolean {
  const kinds = [TypeError, RangeError, ReferenceError, SyntaxError, AssertionError]
  return kinds.some((kind) => error instanceof kind)
}
