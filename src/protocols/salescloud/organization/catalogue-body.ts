import type { FastifyRequest } from 'fastify'
import { faultOf } from '../../../app/shared/json-fault.ts'
import { readJson } from '../../../app/shared/read-json.ts'
import type { FileProblem } from '../../../domain/catalogue/file/file-problem.ts'
import { unreachable } from '../../../kernel/assert.ts'
import { ok, type Result, refuse } from '../../../kernel/result.ts'
import { type BodyFault, type JsonObject, readObject } from '../../shared/body.ts'
import { invalid, type Refusal, refusal } from '../../shared/refusal.ts'
import { isJsonType } from '../json-type.ts'

/** The body as it came. `what` it should have been is for the refusal. */
export function bytesOf({ body, headers }: FastifyRequest, what: string): Result<Buffer, Refusal> {
  if (!isJsonType(headers['content-type'])) return refuse(invalid('Content-Type must be application/json.'))
  return body instanceof Buffer ? ok(body) : refuse(noJson(what))
}

/** As much as the longest entity of a catalogue says: an event with two thousand sessions. */
const extent = { deepest: 16, mostValues: 20_000 }

/** The body as a JSON object, with numbers as numbers. */
export function objectOf(request: FastifyRequest, what: string): Result<JsonObject, Refusal> {
  const bytes = bytesOf(request, what)
  if (!bytes.ok) return bytes
  const read = readObject(bytes.value, { extent, parse: orThrow })
  return read.ok ? ok(read.value.value) : refuse(refusedAs(read.reason, what))
}

/** The body is read by what also reads catalogue files, which says where a text stops being JSON. */
function orThrow(text: string): unknown {
  const value = readJson(text)
  if (value.ok) return value.value
  throw new SyntaxError(value.reason)
}

function refusedAs(fault: BodyFault, what: string): Refusal {
  switch (fault.kind) {
    case 'not_utf8':
    case 'not_an_object':
      return noJson(what)
    case 'too_deep':
      return unreadable('is nested too deeply', what)
    case 'too_many_values':
      return unreadable(`has more than ${extent.mostValues} values`, what)
    case 'not_json':
      return unreadable(faultOf(fault.text), what)
    default:
      return unreachable(fault)
  }
}

/** `reason` goes on after "the body". */
export function unreadable(reason: string, what: string): Refusal {
  return invalid(`The body ${reason}. It must be ${what}.`)
}

/** What an import or a check found, in the envelope. */
export function invalidCatalogue(text: string, problems: readonly FileProblem[]): Refusal {
  return refusal(400, 'invalid_catalogue', { text, problems })
}

function noJson(what: string): Refusal {
  return invalid(`The body must be ${what}: JSON, in UTF-8.`)
}
