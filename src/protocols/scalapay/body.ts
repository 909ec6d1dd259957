import type { FastifyRequest } from 'fastify'
import { ok, type Result, refuse } from '../../kernel/result.ts'
import { type BodyFault as AnyFault, isObject, type JsonBody, type JsonObject, readObject } from '../shared/body.ts'
import { parseWithDigits } from '../shared/exact-json.ts'

export type BodyFault = 'unsupported_media_type' | AnyFault['kind']

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
  const parse = (text: string) => {
    const value: unknown = JSON.parse(text)
    return isObject(value) && hasNumericAmount(value, amountKey) ? parseWithDigits(text, 'amount') : value
  }
  const body = readObject(sent, { extent, parse })
  return body.ok ? body : refuse(body.reason.kind)
}

function hasNumericAmount(value: JsonObject, amountKey: string | undefined): boolean {
  const amount = amountKey === undefined ? undefined : value[amountKey]
  return isObject(amount) && typeof amount.amount === 'number'
}
