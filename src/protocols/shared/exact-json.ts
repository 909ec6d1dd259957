/** The JSON source text access of ECMAScript 2026, which TypeScript's library does not describe yet. */
declare global {
  interface JSON {
    parse(text: string, reviver: (key: string, value: unknown, context: { source?: string }) => unknown): unknown
    rawJSON(text: string): unknown
  }
}

/** Parses JSON with every number under the key `name` as the digits that were sent: never through a binary float. */
export function parseWithDigits(text: string, name: string): unknown {
  return JSON.parse(text, (key: string, value: unknown, context: { source?: string }) =>
    key === name && typeof value === 'number' ? (context.source ?? String(value)) : value,
  )
}

/** Parses JSON so that `JSON.stringify` prints every number by the digits that were sent. */
export function parseKeepingDigits(text: string): unknown {
  return JSON.parse(text, (_key: string, value: unknown, context: { source?: string }) =>
    typeof value === 'number' && context.source !== undefined ? JSON.rawJSON(context.source) : value,
  )
}
