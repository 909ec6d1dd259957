import { isUtf8 } from 'node:buffer'
import { endOfString } from '../../app/shared/json-extent.ts'

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
