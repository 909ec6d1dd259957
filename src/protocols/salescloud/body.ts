import { isUtf8 } from 'node:buffer'
import { isLosslessNumber, type LosslessNumber, parse } from 'lossless-json'
import { ok, type Result, refuse } from '../../kernel/result.ts'
import type { Issue } from './fields.ts'

export type JsonObject = Readonly<Record<string, unknown>>

/** Deeper than any order, shallower than what troubles a recursive parser. */
const deepest = 32

/**
 * The body as a JSON object whose numbers are the digits that were sent. "Always only accept valid json" (seed 003): UTF-8
 * under a JSON content type or none, no key twice with different values, nothing after the end.
 */
export function readBody(body: unknown, contentType: string | undefined): Result<JsonObject, Issue> {
  if (!(body instanceof Buffer) || body.length === 0) return refuse(notJson)
  if (!isJsonType(contentType)) return refuse({ field: 'Content-Type', rule: 'must be application/json' })
  if (!isUtf8(body)) return refuse(notJson)
  const text = withoutByteOrderMark(body.toString('utf8'))
  if (isTooDeep(text)) return refuse({ field: 'the body', rule: 'is nested too deeply' })
  const value = parseText(text)
  return isObject(value) ? ok(value) : refuse(notJson)
}

const notJson: Issue = { field: 'the body', rule: 'must be a JSON object without repeated keys' }

function isJsonType(contentType: string | undefined): boolean {
  if (contentType === undefined) return true
  const [type = '', ...parameters] = contentType.toLowerCase().split(';')
  const charset = parameters.map((each) => each.trim()).find((each) => each.startsWith('charset='))
  return /^application\/([\w.-]+\+)?json$/.test(type.trim()) && /^(charset="?utf-?8"?)?$/.test(charset ?? '')
}

function withoutByteOrderMark(text: string): string {
  return text.startsWith('\uFEFF') ? text.slice(1) : text
}

function parseText(text: string): unknown {
  try {
    return parse(text)
  } catch {
    // A refusal: the text is no JSON. The parser's message quotes the text, card and all, and is dropped for that.
    return undefined
  }
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !isLosslessNumber(value)
}

export function isNumber(value: unknown): value is LosslessNumber {
  return isLosslessNumber(value)
}

/** An own property: `{"__proto__": {"amount": 1}}` has no amount. */
export function property(object: JsonObject, name: string): unknown {
  return Object.hasOwn(object, name) ? object[name] : undefined
}

const quote = 0x22
const backslash = 0x5c
const opening = new Set([0x7b, 0x5b])
const closing = new Set([0x7d, 0x5d])

/** Counts brackets outside strings before anything is built. */
function isTooDeep(text: string): boolean {
  let depth = 0
  let isQuoted = false
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (isQuoted) {
      if (code === backslash) at++
      else if (code === quote) isQuoted = false
    } else if (code === quote) isQuoted = true
    else if (opening.has(code) && ++depth > deepest) return true
    else if (closing.has(code)) depth--
  }
  return false
}
