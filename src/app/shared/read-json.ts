import { parse } from 'lossless-json'
import { ok, type Result, refuse } from '../../kernel/result.ts'
import { endOfString } from './json-extent.ts'
import { faultOf } from './json-fault.ts'

/**
 * A catalogue's text as a value with ordinary numbers, or what is wrong with the text and where, without a word of it: it may hold
 * credentials. A key that is there twice with different values is refused, as in a payment request: the platform's parser
 * would keep the last one in silence. That parser is ten times as fast as one that tells, so it reads first, and its keys are counted.
 */
export function readJson(text: string): Result<unknown, string> {
  try {
    const value: unknown = JSON.parse(text)
    return ok(keysIn(value) === colonsIn(text) ? value : parse(text, null, { parseNumber: Number }))
  } catch (error) {
    // A refusal: the text is not JSON (SyntaxError), or nested deeper than any catalogue (RangeError).
    if (error instanceof SyntaxError || error instanceof RangeError) return refuse(faultOf(text))
    throw error
  }
}

function keysIn(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0
  let count = Array.isArray(value) ? 0 : Object.keys(value).length
  for (const each of Array.isArray(value) ? value : Object.values(value)) count += keysIn(each)
  return count
}

/** Each key that the text has, one that is there twice twice. */
function colonsIn(text: string): number {
  let count = 0
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === 0x22) at = endOfString(text, at + 1)
    else if (code === 0x3a) count++
  }
  return count
}
