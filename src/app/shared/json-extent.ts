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
export function endOfString(text: string, from: number): number {
  let end = text.indexOf('"', from)
  while (end !== -1 && isEscaped(text, end, from)) end = text.indexOf('"', end + 1)
  return end === -1 ? text.length : end
}

function isEscaped(text: string, at: number, from: number): boolean {
  let before = at
  while (before > from && text.charCodeAt(before - 1) === backslash) before--
  return (at - before) % 2 === 1
}

const quote = 0x22
const comma = 0x2c
const backslash = 0x5c
