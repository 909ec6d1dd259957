import type { Instant } from '../../kernel/instant.ts'

/*
 * The rows of a batch in PostgreSQL's binary form: one array of a row type for a statement, `unnest($1::new_payment[])`, however many rows
 * and columns there are. The driver would write text: every quote of every order's JSON escaped here and unescaped
 * there. An array for each column costs the database more than the rows themselves: each is a function of its own with a
 * store of its own (bench/README.md). A driver's Buffer parameter is sent as binary. The form is the one of
 * `array_recv` (dimensions, has-nulls, element type, length, lower bound, then each element with its length) around the one of
 * `record_recv` (how many columns, then each with its type and length); both refuse another number of columns, or another type.
 */

/** A column of a row type, and how a row's value of it is written. */
export type Column<Row> = {
  readonly name: string
  /** as PostgreSQL calls it */
  readonly type: string
  readonly put: (row: Row) => void
}

export type RowType<Row> = {
  /** of a composite type that a migration made, with these columns in this order (binary-rows.test.ts) */
  readonly name: string
  readonly columns: readonly Column<Row>[]
  /** the names of the columns, for the list of an `insert` whose source is `select *` */
  readonly names: string
  /** the parameter: an array of rows. Throws RangeError or TypeError for a value that its column does not hold. */
  readonly arrayOf: (rows: readonly Row[]) => Buffer
}

/** Every row type of the program, by name, as it is declared. */
export const rowTypes = new Map<string, Pick<RowType<never>, 'columns'>>()

export function rowType<Row>(name: string, columns: readonly Column<Row>[]): RowType<Row> {
  const type = {
    name,
    columns,
    names: columns.map((column) => column.name).join(', '),
    arrayOf: (rows: readonly Row[]) => arrayOf(rows, columns),
  }
  rowTypes.set(name, type)
  return type
}

type Of<Row, Value> = (row: Row) => Value | null

export const int4 = <Row>(name: string, of: Of<Row, number>) => column(name, 'integer', 23, of, putInt4)
export const int2 = <Row>(name: string, of: Of<Row, number>) => column(name, 'smallint', 21, of, putInt2)
export const int8 = <Row>(name: string, of: Of<Row, bigint>) => column(name, 'bigint', 20, of, putInt8)
export const bool = <Row>(name: string, of: Of<Row, boolean>) => column(name, 'boolean', 16, of, putBool)
/** PostgreSQL's one-byte type `"char"`, as in its own catalogues: a letter. */
export const char = <Row>(name: string, of: Of<Row, string>) => column(name, '"char"', 18, of, putChar)
export const text = <Row>(name: string, of: Of<Row, string>) => column(name, 'text', 25, of, putText)
export const json = <Row>(name: string, of: Of<Row, string>) => column(name, 'json', 114, of, putText)
export const jsonb = <Row>(name: string, of: Of<Row, string>) => column(name, 'jsonb', 3802, of, putJsonb)
export const uuid = <Row>(name: string, of: Of<Row, string>) => column(name, 'uuid', 2950, of, putUuid)
export const bytea = <Row>(name: string, of: Of<Row, Uint8Array>) => column(name, 'bytea', 17, of, putBytes)
export const timestamptz = <Row>(name: string, of: Of<Row, Instant>) =>
  column(name, 'timestamp with time zone', 1184, of, putInstant)

/** Reused: nothing here waits, and the result is a copy. It grows to twice the largest batch there ever was. */
let bytes = Buffer.allocUnsafeSlow(131_072)
let view = viewOf(bytes)
let at = 0

function arrayOf<Row>(rows: readonly Row[], columns: readonly Column<Row>[]): Buffer {
  at = 0
  putHead(rows.length)
  for (const row of rows) putRow(row, columns)
  return Buffer.from(bytes.subarray(0, at))
}

/** A row type's number is the database's own affair: it is only looked at where both are built in. */
const anyType = 0

/** An array without elements has no dimension, and its form ends after the element type. */
function putHead(length: number): void {
  putNumber(length === 0 ? 0 : 1)
  putNumber(0)
  putNumber(anyType)
  if (length === 0) return
  putNumber(length)
  putNumber(1)
}

function putRow<Row>(row: Row, columns: readonly Column<Row>[]): void {
  const start = at
  putNumber(0)
  putNumber(columns.length)
  for (const { put } of columns) put(row)
  view.setInt32(start, at - start - 4)
}

/** Writes the bytes of a value at `at`, and moves it behind them. */
type Put<Value> = (value: Value) => void

function column<Row, Value>(name: string, type: string, oid: number, of: Of<Row, Value>, put: Put<Value>): Column<Row> {
  return {
    name,
    type,
    put: (row) => {
      const value = of(row)
      putNumber(oid)
      const start = at
      putNumber(-1)
      if (value === null) return
      put(value)
      view.setInt32(start, at - start - 4)
    },
  }
}

function putNumber(value: number): void {
  reserve(4)
  view.setInt32(at, value)
  at += 4
}

const putInt4: Put<number> = (value) => {
  if ((value | 0) !== value) throw new RangeError(`not an integer of four bytes: ${value}`)
  putNumber(value)
}

const putInt2: Put<number> = (value) => {
  if ((value << 16) >> 16 !== value) throw new RangeError(`not an integer of two bytes: ${value}`)
  reserve(2)
  view.setInt16(at, value)
  at += 2
}

const putInt8: Put<bigint> = (value) => {
  if (BigInt.asIntN(64, value) !== value) throw new RangeError(`not an integer of eight bytes: ${value}`)
  reserve(8)
  view.setBigInt64(at, value)
  at += 8
}

const putBool: Put<boolean> = (value) => {
  reserve(1)
  bytes[at++] = value ? 1 : 0
}

const putChar: Put<string> = (value) => {
  const code = value.charCodeAt(0)
  if (value.length !== 1 || code > 127) throw new RangeError(`not one letter: ${value}`)
  reserve(1)
  bytes[at++] = code
}

/** UTF-8 takes three bytes for one of JavaScript's units at most. */
const putText: Put<string> = (value) => {
  reserve(3 * value.length)
  at += bytes.write(value, at, 'utf8')
}

const putJsonb: Put<string> = (value) => {
  reserve(1)
  bytes[at++] = 1
  putText(value)
}

const putBytes: Put<Uint8Array> = (value) => {
  reserve(value.length)
  bytes.set(value, at)
  at += value.length
}

const uuidForm = /^[\da-f]{8}-?([\da-f]{4}-?){3}[\da-f]{12}$/i

const putUuid: Put<string> = (value) => {
  if (!uuidForm.test(value)) throw new TypeError('not a UUID')
  reserve(16)
  at += bytes.write(value.replaceAll('-', ''), at, 'hex')
}

/** Microseconds since PostgreSQL's own first moment, the year 2000. */
const year2000 = 946_684_800_000_000n
const putInstant: Put<Instant> = (value) => putInt8(value - year2000)

function reserve(count: number): void {
  if (at + count <= bytes.length) return
  const larger = Buffer.allocUnsafeSlow(2 * (at + count))
  bytes.copy(larger, 0, 0, at)
  bytes = larger
  view = viewOf(larger)
}

function viewOf(buffer: Buffer): DataView {
  return new DataView(buffer.buffer, buffer.byteOffset, buffer.byteLength)
}
