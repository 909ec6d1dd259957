/** C0 and C1 controls, line and paragraph separators, and what turns the direction of text around. */
const harmful = /[\p{Cc}\p{Bidi_Control}\u2028\u2029]/gu

/**
 * One line that cannot move the cursor, colour the terminal, hide text or end the line: names and references in the database
 * are written by merchants and shoppers.
 */
export function clean(text: string): string {
  return text.toWellFormed().replace(harmful, '\ufffd')
}

/** The same for JSON text, where an escape keeps the value: `JSON.stringify` leaves these characters as they are. */
export function escapeHarmful(json: string): string {
  return json.replace(harmful, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)
}
