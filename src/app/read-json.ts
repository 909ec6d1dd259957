import { parse } from 'lossless-json'
import { ok, type Result, refuse } from '../kernel/result.ts'

/**
 * A catalogue's text as a value with ordinary numbers, or what is wrong with the text and where, without a word of it: it may hold
 * credentials. A key that is there twice is refused, since whoever wrote it meant one of the two, and nobody knows which.
 */
export function readJson(text: string): Result<unknown, string> {
  try {
    const value: unknown = JSON.parse(text)
    const repeated = findRepeatedKey(text)
    return repeated === undefined ? ok(value) : refuse(`has a key twice in one object,${placeIn(text, repeated)}`)
  } catch (error) {
    // A refusal: the text is no JSON (SyntaxError), or nested deeper than any catalogue (RangeError).
    if (error instanceof SyntaxError || error instanceof RangeError) return refuse(`is not JSON${placeOfFault(text)}`)
    throw error
  }
}

/**
 * Where the first key stands that its object has already; for a text that is JSON. By hand: the platform's parser keeps the last
 * one in silence, and the one that keeps digits says nothing when the values are the same.
 */
function findRepeatedKey(text: string): number | undefined {
  const open: Set<string>[] = []
  for (let at = 0; at < text.length; at++) {
    const sign = text[at]
    if (sign === '{') open.push(new Set())
    else if (sign === '}') open.pop()
    else if (sign === '"') {
      const end = endOfString(text, at)
      if (isKey(text, end)) {
        const key = String(JSON.parse(text.slice(at, end)))
        const keys = open.at(-1)
        if (keys?.has(key)) return at
        keys?.add(key)
      }
      at = end - 1
    }
  }
  return undefined
}

/** Behind the closing quote of the string that opens at `from`. */
function endOfString(text: string, from: number): number {
  let at = from + 1
  while (text[at] !== '"') at += text[at] === '\\' ? 2 : 1
  return at + 1
}

function isKey(text: string, end: number): boolean {
  let at = end
  while (/\s/.test(text[at] ?? '')) at++
  return text[at] === ':'
}

/** The platform's parser does not always say where, and quotes what stands there; the other one always does. */
function placeOfFault(text: string): string {
  try {
    parse(text, null, { onDuplicateKey: ({ newValue }) => newValue })
    return ''
  } catch (error) {
    const position = error instanceof SyntaxError ? / at position (\d+)$/.exec(error.message)?.[1] : undefined
    return position === undefined ? '' : `,${placeIn(text, Number(position))}`
  }
}

function placeIn(text: string, position: number): string {
  const before = text.slice(0, position)
  return ` line ${before.split('\n').length} column ${position - before.lastIndexOf('\n')}`
}
