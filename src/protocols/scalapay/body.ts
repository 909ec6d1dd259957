import type { FastifyRequest } from 'fastify'
import { excessOf } from '../../app/shared/json-extent.ts'
import { ok, type Result, refuse } from '../../kernel/result.ts'
import { parseWithDigits } from '../shared/exact-json.ts'
import { textOfUtf8 } from '../shared/json-text.ts'

export type JsonObject = Readonly<Record<string, unknown>>

/** A request body that is a JSON object: its text exactly as it came (without a byte order mark) and what it says. */
export type JsonBody = { readonly text: string; readonly value: JsonObject }

export type BodyFault = 'unsupported_media_type' | 'invalid_json' | 'too_deep' | 'too_many_values' | 'not_an_object'

/** Deeper than any order, shallower than anything that could trouble a recursive reader further down; a thousand items with all their fields. */
const extent = { deepest: 64, mostValues: 20_000 }

/**
 * The body as JSON whatever charset its content type claims: it is UTF-8 or refused. No body at all is `{}`, since
 * clients post delay and void without one (scalapay.md 1.3). An amount that came as a JSON number under `amountKey` is
 * turned into the digits that were sent: only then is the text parsed a second time.
 */
export function readBody(request: FastifyRequest, amountKey?: string): Result<JsonBody, BodyFault> {
  const { body } = request
  if (!(body instanceof Buffer) || body.length === 0) return ok(noBody)
  if (!isJsonType(request.headers['content-type'])) return refuse('unsupported_media_type')
  // The text is all that is needed from here on: bytes that wait for the answer would only burden the collector.
  request.body = undefined
  return parseBody(body, amountKey)
}

const noBody: JsonBody = { text: '', value: {} }

/** JSON types, none at all, and the two that people's tools put there unasked (`fetch` with a string, `curl -d`). */
function isJsonType(contentType: string | undefined): boolean {
  if (contentType === undefined || contentType.startsWith('application/json')) return true
  return /^[\w.-]+\/([\w.-]+\+)?json\b|^text\/plain\b|^application\/x-www-form-urlencoded\b/i.test(contentType)
}

/** The same for bytes at hand. */
export function parseBody(sent: Buffer, amountKey: string | undefined): Result<JsonBody, BodyFault> {
  const text = textOfUtf8(sent)
  if (text === undefined) return refuse('invalid_json')
  const excess = excessOf(text, extent)
  if (excess) return refuse(excess)
  let value: unknown
  try {
    value = JSON.parse(text)
    if (isObject(value) && hasNumericAmount(value, amountKey)) value = parseWithDigits(text, 'amount')
  } catch {
    // A refusal: the text is not JSON. The parser's message quotes the text and is dropped for that.
    return refuse('invalid_json')
  }
  return isObject(value) ? ok({ text, value }) : refuse('not_an_object')
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function hasNumericAmount(value: JsonObject, amountKey: string | undefined): boolean {
  const amount = amountKey === undefined ? undefined : value[amountKey]
  return isObject(amount) && typeof amount.amount === 'number'
}
