import type { FastifyRequest } from 'fastify'
import { invalid } from './errors.ts'

/** A parameter that was given at most once. */
export function queryText(request: FastifyRequest, name: string): string | undefined {
  const value = (request.query as Readonly<Record<string, unknown>>)[name]
  if (value === undefined) return undefined
  if (typeof value === 'string' && value.length <= 255 && !value.includes('\0') && value.isWellFormed()) return value
  throw invalid(`The parameter ${name} must be given once.`)
}

/** `limit`, a whole number from 1 to `most`; `usual` when absent. */
export function readLimit(
  request: FastifyRequest,
  { usual, most }: { readonly usual: number; readonly most: number },
): number {
  const value = queryText(request, 'limit') ?? String(usual)
  if (/^[1-9]\d{0,2}$/.test(value) && Number(value) <= most) return Number(value)
  throw invalid(`The parameter limit must be a whole number from 1 to ${most}.`)
}
