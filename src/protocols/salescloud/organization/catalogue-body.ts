import type { FastifyRequest } from 'fastify'
import { readJson } from '../../../app/shared/read-json.ts'
import type { FileProblem } from '../../../domain/catalogue/file/file-problem.ts'
import { textOfUtf8 } from '../../shared/json-text.ts'
import { isObject, type JsonObject } from '../body.ts'
import { isJsonType } from '../json-type.ts'
import { invalid, Refused } from './errors.ts'

/** The body as text. `what` it should have been is for the refusal. */
export function textOf({ body, headers }: FastifyRequest, what: string): string {
  if (!isJsonType(headers['content-type'])) throw invalid('Content-Type must be application/json.')
  const text = body instanceof Buffer ? textOfUtf8(body) : undefined
  if (text === undefined) throw noJson(what)
  return text
}

/** The text as a JSON object, with numbers as numbers. */
export function objectOf(text: string, what: string): JsonObject {
  const value = readJson(text)
  if (!value.ok) throw invalid(`The body ${value.reason}. It must be ${what}.`)
  if (isObject(value.value)) return value.value
  throw noJson(what)
}

/** What an import or a check found, in the envelope. */
export function invalidCatalogue(message: string, problems: readonly FileProblem[]): Refused {
  return new Refused(400, 'invalid_catalogue', message, problems)
}

function noJson(what: string): Refused {
  return invalid(`The body must be ${what}: JSON, in UTF-8.`)
}
