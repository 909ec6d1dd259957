import { type Terms, type TermsOnWire, termsOf } from '../offer/terms.ts'
import { warnOnce } from './warn-once.ts'

const asked = new Map<string, Promise<Terms | undefined>>()

// Where this file came from is where the merchant is known, whatever page it runs on.
const here = import.meta.url

/**
 * What the merchant sells, asked once for all widgets of a page; no cookie goes along. Undefined, with a word in the console, for a token
 * that nobody has and while the server cannot be reached: the next reload asks again.
 */
export function merchantTerms(token: string): Promise<Terms | undefined> {
  const before = asked.get(token)
  if (before) return before
  const answer = ask(token).then((terms) => {
    if (!terms) asked.delete(token)
    return terms
  })
  asked.set(token, answer)
  return answer
}

async function ask(token: string): Promise<Terms | undefined> {
  try {
    const response = await fetch(new URL(`../merchants/${encodeURIComponent(token)}`, here), { credentials: 'omit' })
    if (response.ok) return termsOf((await response.json()) as TermsOnWire)
    warnOnce(`${response.status} for merchant-token="${token}"${response.status === 404 ? ': nobody has it' : ''}`)
  } catch (error) {
    // An outage: the shop's page goes on without the widget.
    warnOnce(`${error}`)
  }
  return undefined
}
