import type { FileProblem } from '../../../domain/catalogue/file-problem.ts'
import { textOfUtf8 } from '../../json-text.ts'
import { isObject, type JsonObject } from '../body.ts'
import { invalid, Refused } from './errors.ts'

/** The body as text. `what` it should have been is for the refusal. */
export function textOf(body: unknown, what: string): string {
  const text = body instanceof Buffer ? textOfUtf8(body) : undefined
  if (text === undefined) throw noJson(what)
  return text
}

/** The text as a JSON object, with numbers as numbers. */
export function objectOf(text: string, what: string): JsonObject {
  const value = parse(text, what)
  if (isObject(value)) return value
  throw noJson(what)
}

/** What an import or a check found, in the envelope. */
export function invalidCatalogue(message: string, problems: readonly FileProblem[]): Refused {
  return new Refused(400, 'invalid_catalogue', message, problems)
}

function parse(text: string, what: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // A refusal: the text is no JSON, or nested deeper than any catalogue.
    throw noJson(what)
  }
}

function noJson(what: string): Refused {
  return invalid(`The body must be ${what}: JSON, in UTF-8.`)
}
