import { isUtf8 } from 'node:buffer'

/** A JSON body's text without its byte order mark; undefined when the bytes are not UTF-8. */
export function textOfUtf8(bytes: Buffer): string | undefined {
  if (!isUtf8(bytes)) return undefined
  const text = bytes.toString('utf8')
  return text.startsWith('\uFEFF') ? text.slice(1) : text
}

/**
 * The value of a JSON text that the platform's parser reads as exactly as one that keeps digits: no number has a sign, a fraction, an
 * exponent or more than 15 digits, and no object has a key twice. Undefined for any other text. Throws SyntaxError. Most bodies
 * are so plain, and this is five times as fast. The caller has bounded how deep the text is nested.
 */
export function parseIfPlain(text: string): unknown {
  const keys = keysIfPlain(text)
  if (keys === undefined) return undefined
  const value: unknown = JSON.parse(text)
  return countKeys(value) === keys ? value : undefined
}

/** How many keys the text holds, repeated ones included: each has a colon. Undefined when a number in it is not plain. */
function keysIfPlain(text: string): number | undefined {
  let keys = 0
  let digits = 0
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code >= 0x30 && code <= 0x39) {
      if (++digits > 15) return undefined
      continue
    }
    if (code === quote) at = endOfString(text, at + 1)
    else if (code === 0x3a) keys++
    else if (code === 0x2d || code === 0x2e) return undefined
    else if (digits > 0 && (code === 0x65 || code === 0x45)) return undefined
    digits = 0
  }
  return keys
}

function countKeys(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0
  const inside = Object.values(value)
  const own = Array.isArray(value) ? 0 : inside.length
  return inside.reduce<number>((sum, each) => sum + countKeys(each), own)
}

const quote = 0x22
const comma = 0x2c
const backslash = 0x5c

/** How much a body may say: what is read costs by depth and by number of values, not by bytes alone. */
export type Extent = {
  /** brackets within brackets */
  readonly deepest: number
  /** values of all lists and objects together: `{"a":[1,2]}` has three */
  readonly mostValues: number
}

/**
 * What of its extent a JSON text exceeds, undefined when nothing: counted outside strings, before any parser builds anything. It ends at
 * the first bracket or value too many.
 */
export function excessOf(text: string, { deepest, mostValues }: Extent): 'too_deep' | 'too_many_values' | undefined {
  let depth = 0
  let values = 0
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === quote) at = endOfString(text, at + 1)
    else if (code === 0x7b || code === 0x5b) {
      if (++depth > deepest) return 'too_deep'
      if (++values > mostValues) return 'too_many_values'
    } else if (code === 0x7d || code === 0x5d) depth--
    else if (code === comma && ++values > mostValues) return 'too_many_values'
  }
  return undefined
}

/** Where the string's closing quote is: strings are most of a body, so the search for it is the platform's own. */
function endOfString(text: string, from: number): number {
  let end = text.indexOf('"', from)
  while (end !== -1 && isEscaped(text, end, from)) end = text.indexOf('"', end + 1)
  return end === -1 ? text.length : end
}

function isEscaped(text: string, at: number, from: number): boolean {
  let before = at
  while (before > from && text.charCodeAt(before - 1) === backslash) before--
  return (at - before) % 2 === 1
}
