import type { FastifyRequest } from 'fastify'
import { ok, type Result, refuse } from '../../kernel/result.ts'
import { invalid, type Refusal } from './refusal.ts'

/** How many entries a page of a list has when nothing is said, and at most. */
export type PageSize = { readonly usual: number; readonly most: number }

/** A parameter of the query that was given at most once: up to 255 characters that any column keeps. */
export function queryText(request: FastifyRequest, name: string): Result<string | undefined, Refusal> {
  const value = (request.query as Readonly<Record<string, unknown>>)[name]
  if (value === undefined) return ok(undefined)
  const isText = typeof value === 'string' && value.length <= 255 && !value.includes('\0') && value.isWellFormed()
  return isText ? ok(value) : refuse(invalid(`The parameter ${name} must be given once.`))
}

/** `limit`, a whole number from 1 to `most`; `usual` when absent. */
export function queryLimit(request: FastifyRequest, { usual, most }: PageSize): Result<number, Refusal> {
  const text = queryText(request, 'limit')
  if (!text.ok) return text
  const value = text.value ?? String(usual)
  if (/^\d{1,3}$/.test(value) && Number(value) >= 1 && Number(value) <= most) return ok(Number(value))
  return refuse(invalid(`The parameter limit must be a whole number from 1 to ${most}.`))
}

/** What follows a page: null after the last entry. The list was asked for one entry more than the page holds. */
export function pageOf<Entry>(
  found: readonly Entry[],
  limit: number,
): { readonly entries: readonly Entry[]; readonly last: Entry | undefined } {
  const entries = found.slice(0, limit)
  return { entries, last: found.length > limit ? entries.at(-1) : undefined }
}
