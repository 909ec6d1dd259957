import { isUtf8 } from 'node:buffer'

/** A JSON body's text without its byte order mark; undefined when the bytes are not UTF-8. */
export function textOfUtf8(bytes: Buffer): string | undefined {
  if (!isUtf8(bytes)) return undefined
  const text = bytes.toString('utf8')
  return text.startsWith('\uFEFF') ? text.slice(1) : text
}

const quote = 0x22
const backslash = 0x5c

/** Whether brackets are nested deeper than `deepest`: counted outside strings, before any parser builds anything. */
export function isNestedDeeper(text: string, deepest: number): boolean {
  let depth = 0
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === quote) at = endOfString(text, at + 1)
    else if (code === 0x7b || code === 0x5b) {
      if (++depth > deepest) return true
    } else if (code === 0x7d || code === 0x5d) depth--
  }
  return false
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
