import type { Instant } from '../kernel/instant.ts'

/*
 * Columns as arrays in PostgreSQL's binary form, for statements that take many rows through `unnest`. The driver would write
 * them as text: every quote of every order's JSON escaped here and unescaped there, every time printed and parsed again.
 * That was the largest part of a batch on both sides. A driver's Buffer parameter is sent as binary. The form is the one of
 * `array_recv`: dimensions, has-nulls, element type, length, lower bound, then each element with its length.
 */

type Values<T> = readonly (T | null)[]

/** Writes a value at an offset of the scratch buffer, answers how many bytes it took. */
type Put<T> = (value: T, at: number) => number

export const int4Array = (values: Values<number>): Buffer => arrayOf(23, values, fits(4), putInt4)
export const int2Array = (values: Values<number>): Buffer => arrayOf(21, values, fits(2), putInt2)
export const int8Array = (values: Values<bigint>): Buffer => arrayOf(20, values, fits(8), putInt8)
export const boolArray = (values: Values<boolean>): Buffer => arrayOf(16, values, fits(1), putBool)
export const textArray = (values: Values<string>): Buffer => arrayOf(25, values, textFits, putText)
export const jsonArray = (values: Values<string>): Buffer => arrayOf(114, values, textFits, putText)
export const jsonbArray = (values: Values<string>): Buffer => arrayOf(3802, values, textFits, putJsonb)
export const uuidArray = (values: Values<string>): Buffer => arrayOf(2950, values, fits(16), putUuid)
export const byteaArray = (values: Values<Uint8Array>): Buffer => arrayOf(17, values, (v) => v.length, putBytes)
export const timestamptzArray = (values: Values<Instant>): Buffer => arrayOf(1184, values, fits(8), putInstant)

const headLength = 20
const lengthLength = 4
const noElements = 0

/** Reused: nothing here waits, and the result is a copy. It grows to the largest column there ever was: a few megabytes. */
let scratch = Buffer.allocUnsafeSlow(65_536)

/** `most` says how many bytes a value may take. Throws RangeError for a number that its type does not hold. */
function arrayOf<T>(oid: number, values: Values<T>, most: (value: T) => number, put: Put<T>): Buffer {
  let at = headLength
  let hasNull = 0
  for (const value of values) {
    if (value === null) {
      reserve(at, lengthLength)
      scratch.writeInt32BE(-1, at)
      hasNull = 1
      at += lengthLength
      continue
    }
    reserve(at, lengthLength + most(value))
    const length = put(value, at + lengthLength)
    scratch.writeInt32BE(length, at)
    at += lengthLength + length
  }
  putHead(oid, values.length, hasNull)
  return Buffer.from(scratch.subarray(0, values.length === noElements ? 12 : at))
}

/** An array without elements has no dimension, and its form ends after the element type. */
function putHead(oid: number, length: number, hasNull: number): void {
  scratch.writeInt32BE(length === noElements ? 0 : 1, 0)
  scratch.writeInt32BE(hasNull, 4)
  scratch.writeInt32BE(oid, 8)
  scratch.writeInt32BE(length, 12)
  scratch.writeInt32BE(1, 16)
}

function reserve(at: number, bytes: number): void {
  if (at + bytes <= scratch.length) return
  const larger = Buffer.allocUnsafeSlow(2 * (at + bytes))
  scratch.copy(larger, 0, 0, at)
  scratch = larger
}

function fits(bytes: number): () => number {
  return () => bytes
}

/** UTF-8 takes three bytes for one of JavaScript's units at most; jsonb one more for its version. */
function textFits(text: string): number {
  return text.length * 3 + 1
}

const putInt4: Put<number> = (value, at) => scratch.writeInt32BE(value, at) - at
const putInt2: Put<number> = (value, at) => scratch.writeInt16BE(value, at) - at
const putInt8: Put<bigint> = (value, at) => scratch.writeBigInt64BE(value, at) - at
const putBool: Put<boolean> = (value, at) => scratch.writeUInt8(value ? 1 : 0, at) - at
const putText: Put<string> = (value, at) => scratch.write(value, at, 'utf8')
const putJsonb: Put<string> = (value, at) => {
  scratch[at] = 1
  return 1 + scratch.write(value, at + 1, 'utf8')
}

/** Anything that is no UUID would be cut short by the reader of hexadecimal digits, and is refused for that. */
const putUuid: Put<string> = (value, at) => {
  const length = scratch.write(value.replaceAll('-', ''), at, 16, 'hex')
  if (length !== 16) throw new TypeError('not a UUID')
  return length
}

const putBytes: Put<Uint8Array> = (value, at) => {
  scratch.set(value, at)
  return value.length
}

/** Microseconds since PostgreSQL's own first moment, the year 2000. */
const year2000 = 946_684_800_000_000n
const putInstant: Put<Instant> = (value, at) => scratch.writeBigInt64BE(value - year2000, at) - at
