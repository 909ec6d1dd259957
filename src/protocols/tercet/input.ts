import type { FastifyRequest } from 'fastify'
import { type Instant, instantFromMillis } from '../../kernel/instant.ts'
import { ok, type Result, refuse } from '../../kernel/result.ts'
import { type JsonObject, readObject } from '../shared/body.ts'
import { queryText as givenText, queryLimit as sharedLimit } from '../shared/paging.ts'
import { invalid, notFound, type Refusal } from '../shared/refusal.ts'

/** The body as a JSON object whose keys are all known; no body at all is `{}`. A misspelt key is told, never ignored. */
export function readFields(request: FastifyRequest, known: readonly string[]): Result<JsonObject, Refusal> {
  const fields = parseObject(request.body)
  if (!fields.ok) return fields
  const unknown = Object.keys(fields.value).find((key) => !known.includes(key))
  if (unknown === undefined) return fields
  const name = JSON.stringify(unknown.slice(0, 60).toWellFormed())
  return refuse(invalid(`Unknown field ${name}. Known are: ${known.join(', ')}.`))
}

/** Many times what the longest of these bodies says. */
const extent = { deepest: 16, mostValues: 1_000 }

function parseObject(body: unknown): Result<JsonObject, Refusal> {
  if (!(body instanceof Buffer) || body.length === 0) return ok({})
  const read = readObject(body, { extent, parse: JSON.parse })
  if (read.ok) return ok(read.value.value)
  const isTooMuch = read.reason.kind === 'too_deep' || read.reason.kind === 'too_many_values'
  return refuse(invalid(isTooMuch ? 'The request body says too much.' : 'The request body must be a JSON object.'))
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

export function isId(value: unknown): value is string {
  return typeof value === 'string' && uuid.test(value)
}

/** The id in the path; a malformed one is answered like one of another merchant: unknown. */
export function pathId(request: FastifyRequest, what: string): Result<string, Refusal> {
  const { id } = request.params as { id?: unknown }
  return isId(id) ? ok(id.toLowerCase()) : refuse(notFound(what))
}

/** A parameter of the query that was given at most once; null when it is absent or empty. */
export function queryText(request: FastifyRequest, name: string): Result<string | null, Refusal> {
  const text = givenText(request, name)
  return text.ok ? ok(text.value || null) : text
}

export function queryId(request: FastifyRequest, name: string): Result<string | null, Refusal> {
  const text = queryText(request, name)
  if (!text.ok || text.value === null || isId(text.value)) return text
  return refuse(invalid(`The parameter ${name} must be an id.`))
}

const pages = { usual: 100, most: 500 }

/** 1 to 500; 100 when absent or empty. */
export function queryLimit(request: FastifyRequest): Result<number, Refusal> {
  const text = queryText(request, 'limit')
  return text.ok && text.value === null ? ok(pages.usual) : sharedLimit(request, pages)
}

const isoTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d)$/

/** An ISO 8601 time with its offset, of the years 1970 to 9999. */
export function readTime(fields: JsonObject, name: string): Result<Instant, Refusal> {
  const value = fields[name]
  const millis = typeof value === 'string' && isoTime.test(value) ? Date.parse(value) : Number.NaN
  if (millis >= 0) return ok(instantFromMillis(millis))
  return refuse(invalid(`The field ${name} must be a time like 2024-11-08T13:06:17Z.`))
}
