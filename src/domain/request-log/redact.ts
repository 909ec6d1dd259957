/**
 * A body as developers may look at it: its shape, and the few values that say nothing of a person and open nothing. What is not known to be harmless
 * is told by its kind and length alone, so that a field that some API adds tomorrow is hidden until somebody lists it here.
 */
export function redacted(body: string): string {
  const trimmed = body.trim()
  if (trimmed === '') return ''
  let value: unknown
  try {
    value = JSON.parse(trimmed)
  } catch {
    // A form, or no text at all.
    return /^[\w.%+-]+=/.test(trimmed) ? print(formOf(trimmed)) : `[${body.length} characters that are not JSON]`
  }
  return print(value)
}

/** Names of fields whose values are amounts, states and numbers of our own. */
const harmless = new Set(
  [
    ...[
      'amount',
      'currency',
      'totalAmount',
      'total',
      'refundAmount',
      'taxAmount',
      'shippingAmount',
      'price',
      'quantity',
    ],
    ...['status', 'state', 'event', 'product', 'frequencyType', 'type', 'kind', 'merchantReference', 'orderToken'],
    ...['errorCode', 'errorId', 'httpStatusCode', 'code', 'reason', 'success', 'limit', 'next', 'sequence', 'attempts'],
    ...['chain_id', 'chainId', 'currency_code', 'decimals', 'order_id', 'instalments', 'delay', 'created', 'expires'],
    ...['advanceMilliseconds', 'enabled', 'replayed', 'operation', 'issuedAt', 'createdAt', 'expiresAt', 'dueAt'],
  ].map((name) => name.toLowerCase()),
)

const mostValues = 300
const deepest = 10
const longestText = 8_000

function print(value: unknown): string {
  const budget = { left: mostValues }
  return JSON.stringify(hide(value, '', budget, deepest), null, 1).slice(0, longestText)
}

function hide(value: unknown, name: string, budget: { left: number }, depth: number): unknown {
  budget.left -= 1
  if (budget.left < 0 || depth < 0) return '[more]'
  if (Array.isArray(value)) return value.slice(0, 20).map((each) => hide(each, name, budget, depth - 1))
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(
      Object.entries(value)
        .slice(0, 60)
        .map(([key, each]) => [nameOf(key), hide(each, key, budget, depth - 1)]),
    )
  if (value === null || typeof value === 'boolean') return value
  if (harmless.has(name.toLowerCase()) && isPlain(String(value))) return value
  return typeof value === 'number' ? '[number]' : `[text, ${String(value).length}]`
}

/** Whatever its field is called: no address, no sentence, nothing as long as a card's or telephone's number or a key. */
function isPlain(text: string): boolean {
  return /^[\w.:-]{0,40}$/.test(text) && !/\d{8}/.test(text)
}

/** A field's name may be somebody's address, where a body maps people to something. */
function nameOf(key: string): string {
  return /^[A-Za-z_][\w-]{0,40}$/.test(key) && !/\d{4}/.test(key) ? key : '[name]'
}

function formOf(text: string): object {
  return Object.fromEntries([...new URLSearchParams(text)].slice(0, 60))
}

/** What a refusal is called, in whichever words the API has for it. */
export function errorCodeOf(response: string): string | null {
  try {
    const value = JSON.parse(response) as Record<string, unknown> | null
    const found = [value?.errorCode, value?.error, value?.code].find((each) => typeof each === 'string')
    return typeof found === 'string' && /^[\w.-]{1,60}$/.test(found) ? found : null
  } catch {
    return null
  }
}
