import type { FastifyRequest } from 'fastify'
import { excessOf } from '../../app/shared/json-extent.ts'
import { type Instant, instantFromMillis } from '../../kernel/instant.ts'
import { textOfUtf8 } from '../shared/json-text.ts'
import { invalid, notFound } from './errors.ts'

export type Fields = Readonly<Record<string, unknown>>

/** The body as a JSON object whose keys are all known; no body at all is `{}`. A misspelt key is told, never ignored. */
export function readFields(request: FastifyRequest, known: readonly string[]): Fields {
  const fields = parseObject(request.body)
  const unknown = Object.keys(fields).find((key) => !known.includes(key))
  if (unknown === undefined) return fields
  throw invalid(`Unknown field ${JSON.stringify(unknown.slice(0, 60).toWellFormed())}. Known are: ${known.join(', ')}.`)
}

/** Many times what the longest of these bodies says. */
const extent = { deepest: 16, mostValues: 1_000 }

function parseObject(body: unknown): Fields {
  if (!(body instanceof Buffer) || body.length === 0) return {}
  const text = textOfUtf8(body)
  if (text !== undefined && excessOf(text, extent)) throw invalid('The request body says too much.')
  let value: unknown
  try {
    value = text === undefined ? undefined : JSON.parse(text)
  } catch {
    // A refusal: the text is not JSON.
    value = undefined
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value }
  throw invalid('The request body must be a JSON object.')
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

export function isId(value: unknown): value is string {
  return typeof value === 'string' && uuid.test(value)
}

/** The id in the path; a malformed one is answered like one of another merchant: unknown. */
export function pathId(request: FastifyRequest, what: string): string {
  const { id } = request.params as { id?: unknown }
  if (isId(id)) return id.toLowerCase()
  throw notFound(what)
}

/** A parameter of the query that was given at most once; null when it is absent. */
export function queryText(request: FastifyRequest, name: string): string | null {
  const value = (request.query as Fields)[name]
  if (value === undefined || value === '') return null
  if (typeof value === 'string' && value.length <= 255 && !value.includes('\0')) return value
  throw invalid(`The parameter ${name} must be given once.`)
}

export function queryId(request: FastifyRequest, name: string): string | null {
  const value = queryText(request, name)
  if (value === null || isId(value)) return value
  throw invalid(`The parameter ${name} must be an id.`)
}

/** 1 to 500; 100 when absent. */
export function queryLimit(request: FastifyRequest): number {
  const value = queryText(request, 'limit') ?? '100'
  if (/^\d{1,3}$/.test(value) && Number(value) >= 1 && Number(value) <= 500) return Number(value)
  throw invalid('The parameter limit must be a whole number from 1 to 500.')
}

const isoTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d)$/

/** An ISO 8601 time with its offset, of the years 1970 to 9999. */
export function readTime(fields: Fields, name: string): Instant {
  const value = fields[name]
  const millis = typeof value === 'string' && isoTime.test(value) ? Date.parse(value) : Number.NaN
  if (millis >= 0) return instantFromMillis(millis)
  throw invalid(`The field ${name} must be a time like 2024-11-08T13:06:17Z.`)
}
