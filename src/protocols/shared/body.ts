import { isLosslessNumber } from 'lossless-json'
import { type Extent, excessOf } from '../../app/shared/json-extent.ts'
import { ok, type Result, refuse } from '../../kernel/result.ts'
import { textOfUtf8 } from './json-text.ts'

export type JsonObject = Readonly<Record<string, unknown>>

/** A body that is a JSON object: its text exactly as it came, without a byte order mark, and what it says. */
export type JsonBody = { readonly text: string; readonly value: JsonObject }

/** What is wrong with the bytes of a body; `text` where they are one. */
export type BodyFault =
  | { readonly kind: 'not_utf8' }
  | { readonly kind: 'too_deep' | 'too_many_values' | 'not_json' | 'not_an_object'; readonly text: string }

/** How much a body may say, and how its text becomes a value: `parse` throws for a text that is not JSON. */
export type BodyForm = {
  readonly extent: Extent
  readonly parse: (text: string) => unknown
}

/** The bytes as a JSON object whatever charset was claimed for them: UTF-8, and bounded before anything is built of it. */
export function readObject(bytes: Buffer, { extent, parse }: BodyForm): Result<JsonBody, BodyFault> {
  const text = textOfUtf8(bytes)
  if (text === undefined) return refuse({ kind: 'not_utf8' })
  const excess = excessOf(text, extent)
  if (excess) return refuse({ kind: excess, text })
  const parsed = parsedOr(text, parse)
  if (!parsed.ok) return refuse({ kind: 'not_json', text })
  return isObject(parsed.value) ? ok({ text, value: parsed.value }) : refuse({ kind: 'not_an_object', text })
}

function parsedOr(text: string, parse: (text: string) => unknown): Result<unknown, undefined> {
  try {
    return ok(parse(text))
  } catch {
    // A refusal: the text is not JSON. The parser's message quotes the text, a card perhaps, and is dropped for that.
    return refuse(undefined)
  }
}

/** No list, and no number that a parser keeps as an object of its digits. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !isLosslessNumber(value)
}

/** An own property: `{"__proto__": {"amount": 1}}` has no amount. */
export function property(object: JsonObject, name: string): unknown {
  return Object.hasOwn(object, name) ? object[name] : undefined
}
