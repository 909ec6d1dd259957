import type { FastifyRequest } from 'fastify'
import { excessOf } from '../../../app/shared/json-extent.ts'
import { readJson } from '../../../app/shared/read-json.ts'
import type { FileProblem } from '../../../domain/catalogue/file/file-problem.ts'
import { textOfUtf8 } from '../../shared/json-text.ts'
import { isObject, type JsonObject } from '../body.ts'
import { isJsonType } from '../json-type.ts'
import { invalid, Refused } from './errors.ts'

/** The body as it came. `what` it should have been is for the refusal. */
export function bytesOf({ body, headers }: FastifyRequest, what: string): Buffer {
  if (!isJsonType(headers['content-type'])) throw invalid('Content-Type must be application/json.')
  if (body instanceof Buffer) return body
  throw noJson(what)
}

/** As much as the longest entity of a catalogue says: an event with two thousand starts. */
const extent = { deepest: 16, mostValues: 20_000 }

/** The body as a JSON object, with numbers as numbers. */
export function objectOf(request: FastifyRequest, what: string): JsonObject {
  const text = textOfUtf8(bytesOf(request, what))
  if (text === undefined) throw noJson(what)
  const excess = excessOf(text, extent)
  if (excess) throw unreadable(excess === 'too_deep' ? 'is nested too deeply' : 'has more than 20000 values', what)
  const value = readJson(text)
  if (!value.ok) throw unreadable(value.reason, what)
  if (isObject(value.value)) return value.value
  throw noJson(what)
}

/** `reason` goes on after "the body". */
export function unreadable(reason: string, what: string): Refused {
  return invalid(`The body ${reason}. It must be ${what}.`)
}

/** What an import or a check found, in the envelope. */
export function invalidCatalogue(message: string, problems: readonly FileProblem[]): Refused {
  return new Refused(400, 'invalid_catalogue', message, problems)
}

function noJson(what: string): Refused {
  return invalid(`The body must be ${what}: JSON, in UTF-8.`)
}
