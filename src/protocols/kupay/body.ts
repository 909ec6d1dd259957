import type { FastifyRequest } from 'fastify'
import { excessOf } from '../../app/shared/json-extent.ts'
import { ok, type Result, refuse } from '../../kernel/result.ts'
import { parseWithDigits } from '../shared/exact-json.ts'
import { textOfUtf8 } from '../shared/json-text.ts'
import type { FieldErrors } from './errors.ts'

export type JsonObject = Readonly<Record<string, unknown>>

/** A shop's order repeats its addresses and meta data; nothing real comes near. */
const extent = { deepest: 32, mostValues: 20_000 }

/** The body as a JSON object, whatever its content type says, with each `amount` as the digits that were sent. */
export function readBody(request: FastifyRequest): Result<JsonObject, FieldErrors> {
  const { body } = request
  const text = body instanceof Buffer ? textOfUtf8(body) : ''
  if (text === undefined || excessOf(text, extent) !== undefined) return refuse(unreadable)
  try {
    const value = parseWithDigits(text, 'amount')
    return isObject(value) ? ok(value) : refuse(unreadable)
  } catch {
    // A refusal: the text is no JSON. The parser's message quotes the text and is dropped for that.
    return refuse(unreadable)
  }
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

const unreadable: FieldErrors = { body: ['The request body must be a JSON object.'] }
