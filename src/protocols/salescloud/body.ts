import { isLosslessNumber, parse } from 'lossless-json'
import { excessOf } from '../../app/shared/json-extent.ts'
import { faultOf } from '../../app/shared/json-fault.ts'
import { ok, type Result, refuse } from '../../kernel/result.ts'
import { parseIfPlain, textOfUtf8 } from '../shared/json-text.ts'
import type { Issue } from './issue.ts'
import { isJsonType } from './json-type.ts'

export type JsonObject = Readonly<Record<string, unknown>>

/** Deeper than any order, shallower than what troubles a recursive parser; fifty values for each of the items that an order may have. */
const extent = { deepest: 32, mostValues: 10_000 }

/**
 * The body as a JSON object whose numbers are the digits that were sent. Only valid JSON is taken (salescloud.md 1): UTF-8
 * under a JSON content type or none, no key twice with different values, nothing after the end.
 */
export function readBody(body: unknown, contentType: string | undefined): Result<JsonObject, Issue> {
  if (!(body instanceof Buffer) || body.length === 0) return wrong('is empty, and must be a JSON object')
  if (!isJsonType(contentType)) return refuse(wrongContentType)
  const text = textOfUtf8(body)
  if (text === undefined) return wrong('must be UTF-8 text, and not compressed')
  const excess = excessOf(text, extent)
  if (excess === 'too_deep') return wrong('is nested too deeply')
  if (excess) return wrong(`has more than ${extent.mostValues} values`)
  const value = parseText(text)
  if (value === undefined) return wrong(faultOf(text))
  return isObject(value) ? ok(value) : wrong('must be a JSON object')
}

export const wrongContentType: Issue = { field: 'Content-Type', rule: 'must be application/json, not compressed' }

function wrong(rule: string): Result<never, Issue> {
  return refuse({ field: 'the body', rule })
}

function parseText(text: string): unknown {
  try {
    return parseIfPlain(text) ?? parse(text)
  } catch {
    // A refusal: the text is not JSON. The parser's message quotes the text, card and all, and is dropped for that.
    return undefined
  }
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !isLosslessNumber(value)
}

/** A number as the digits that were sent; undefined for anything else. */
export function digitsOf(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value)
  return isLosslessNumber(value) ? value.value : undefined
}

/** An own property: `{"__proto__": {"amount": 1}}` has no amount. */
export function property(object: JsonObject, name: string): unknown {
  return Object.hasOwn(object, name) ? object[name] : undefined
}
