import { parse } from 'lossless-json'
import { ok, type Result, refuse } from '../../kernel/result.ts'
import { faultOf } from './json-fault.ts'

/**
 * A catalogue's text as a value with ordinary numbers, or what is wrong with the text and where, without a word of it: it may hold
 * credentials. A key that is there twice with different values is refused, as in a payment request: the platform's parser
 * would keep the last one in silence.
 */
export function readJson(text: string): Result<unknown, string> {
  try {
    return ok(parse(text, null, { parseNumber: Number }))
  } catch (error) {
    // A refusal: the text is not JSON (SyntaxError), or nested deeper than any catalogue (RangeError).
    if (error instanceof SyntaxError || error instanceof RangeError) return refuse(faultOf(text))
    throw error
  }
}
