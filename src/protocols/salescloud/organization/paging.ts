import type { FastifyRequest } from 'fastify'
import { invalid } from './errors.ts'

export type PageSize = { readonly usual: number; readonly most: number }

export const orderPages: PageSize = { usual: 100, most: 500 }
/** Products with all their starts are long: a page of more would be no page. */
export const entityPages: PageSize = { usual: 50, most: 100 }

/** A parameter that was given at most once. */
export function queryText(request: FastifyRequest, name: string): string | undefined {
  const value = (request.query as Readonly<Record<string, unknown>>)[name]
  if (value === undefined) return undefined
  if (typeof value === 'string' && value.length <= 255 && !value.includes('\0') && value.isWellFormed()) return value
  throw invalid(`The parameter ${name} must be given once.`)
}

/** `limit`, a whole number from 1 to `most`; `usual` when absent. */
export function readLimit(request: FastifyRequest, { usual, most }: PageSize): number {
  const value = queryText(request, 'limit') ?? String(usual)
  if (/^[1-9]\d{0,2}$/.test(value) && Number(value) <= most) return Number(value)
  throw invalid(`The parameter limit must be a whole number from 1 to ${most}.`)
}
