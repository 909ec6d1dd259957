import { parse } from 'lossless-json'

/**
 * What is wrong with a text that is not JSON, and where. Nothing of the text is said, since it may hold a card or a password: of the
 * parser's message, which quotes it, only the position is taken. Parses once more, which bad bodies alone pay for.
 */
export function faultOf(text: string): string {
  try {
    parse(text)
  } catch (error) {
    // A refusal: that the text is not JSON is known, and this is to find where.
    if (error instanceof RangeError) return 'is nested too deeply'
    const message = error instanceof Error ? error.message : ''
    const at = Number(/ at position (\d+)$/.exec(message)?.[1] ?? text.length)
    if (message.startsWith('Duplicate key '))
      return `has a key twice with different values, at ${placeOf(text, at - 1)}`
    if (at >= text.length) return 'is not JSON: it ends too early'
    return `is not JSON from ${placeOf(text, at)} on${text[at] === '/' ? ': JSON has no comments' : ''}`
  }
  return 'is not JSON'
}

function placeOf(text: string, at: number): string {
  const lines = text.slice(0, at).split('\n')
  return `line ${lines.length}, column ${(lines.at(-1) ?? '').length + 1}`
}
