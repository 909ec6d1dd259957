import { isObject, type JsonObject } from '../shared/body.ts'

/** One failing field, as the live API's validator prints it (scalapay.md 16.2). */
export type Issue = {
  readonly field: readonly (string | number)[]
  readonly location: 'body' | 'query' | 'header'
  readonly messages: readonly string[]
  readonly types: readonly string[]
}

export type Path = readonly (string | number)[]

export function issue(field: Path, text: string, type: string, location: Issue['location'] = 'body'): Issue {
  return { field, location, messages: [`"${field.at(-1) ?? 'value'}" ${text}`], types: [type] }
}

export function required(field: Path): Issue {
  return issue(field, 'is required', 'any.required')
}

export function empty(field: Path): Issue {
  return issue(field, 'is not allowed to be empty', 'any.empty')
}

/** Absent in the way clients say it: left out, or null. */
export function isAbsent(value: unknown): value is undefined | null {
  return value === undefined || value === null
}

/** The object, an empty one when it is absent, or undefined with the complaint noted. */
export function softObject(value: unknown, path: Path, issues: Issue[]): JsonObject | undefined {
  if (isAbsent(value)) return nothing
  if (isObject(value)) return value
  issues.push(issue(path, 'must be an object', 'object.base'))
  return undefined
}

const nothing: JsonObject = {}

/** References are indexed: longer ones would not fit an index entry. */
const longestReference = 255

/**
 * A merchant's own name for something: undefined when absent, null or empty, as the PHP SDK and WooCommerce send it
 * (scalapay.md 1.6). What a text column cannot hold (NUL, half a surrogate pair) is refused.
 */
export function softReference(value: unknown, path: Path, issues: Issue[]): string | undefined {
  if (isAbsent(value) || value === '') return undefined
  return hardReference(value, path, issues)
}

/** The same, but it must be there and say something. */
export function hardReference(value: unknown, path: Path, issues: Issue[]): string | undefined {
  const complaint = referenceComplaint(value, path)
  if (complaint) issues.push(complaint)
  return typeof value === 'string' ? value : undefined
}

function referenceComplaint(value: unknown, path: Path): Issue | undefined {
  if (typeof value === 'number') return issue(path, 'must be a string: put the number between quotes', 'string.base')
  if (typeof value !== 'string') return issue(path, 'must be a string', 'string.base')
  if (value === '') return empty(path)
  if (value.length > longestReference) {
    return issue(path, `length must be less than or equal to ${longestReference} characters long`, 'string.max')
  }
  return isStorable(value) ? undefined : issue(path, 'contains characters that are not allowed', 'string.regex.base')
}

/** PostgreSQL's text holds neither NUL nor half a surrogate pair. */
export function isStorable(text: string): boolean {
  return !text.includes('\0') && text.isWellFormed()
}

const wholeNumber = /^\d{1,15}$/

/** A whole number that clients may send as a string (`'600000'`, WooCommerce); undefined when it is neither. */
export function wholeNumberOf(value: unknown): number | undefined {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? value : undefined
  return typeof value === 'string' && wholeNumber.test(value) ? Number(value) : undefined
}
