import { isLosslessNumber, parse } from 'lossless-json'
import { faultOf } from '../../app/shared/json-fault.ts'
import { unreachable } from '../../kernel/assert.ts'
import { ok, type Result, refuse } from '../../kernel/result.ts'
import { type BodyFault, type JsonObject, readObject } from '../shared/body.ts'
import { parseIfPlain } from '../shared/json-text.ts'
import type { Issue } from './issue.ts'
import { isJsonType } from './json-type.ts'

/** Deeper than any order, shallower than what troubles a recursive parser; fifty values for each of the items that an order may have. */
const extent = { deepest: 32, mostValues: 10_000 }

/**
 * The body as a JSON object whose numbers are the digits that were sent. Only valid JSON is taken (salescloud.md 1): UTF-8
 * under a JSON content type or none, no key twice with different values, nothing after the end.
 */
export function readBody(body: unknown, contentType: string | undefined): Result<JsonObject, Issue> {
  if (!(body instanceof Buffer) || body.length === 0) return wrong('is empty, and must be a JSON object')
  if (!isJsonType(contentType)) return refuse(wrongContentType)
  const read = readObject(body, { extent, parse: (text) => parseIfPlain(text) ?? parse(text) })
  return read.ok ? ok(read.value.value) : wrong(ruleOf(read.reason))
}

export const wrongContentType: Issue = { field: 'Content-Type', rule: 'must be application/json, not compressed' }

function wrong(rule: string): Result<never, Issue> {
  return refuse({ field: 'the body', rule })
}

function ruleOf(fault: BodyFault): string {
  switch (fault.kind) {
    case 'not_utf8':
      return 'must be UTF-8 text, and not compressed'
    case 'too_deep':
      return 'is nested too deeply'
    case 'too_many_values':
      return `has more than ${extent.mostValues} values`
    case 'not_json':
      return faultOf(fault.text)
    case 'not_an_object':
      return 'must be a JSON object'
    default:
      return unreachable(fault)
  }
}

/** A number as the digits that were sent; undefined for anything else. */
export function digitsOf(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value)
  return isLosslessNumber(value) ? value.value : undefined
}
