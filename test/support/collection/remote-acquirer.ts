import type { AcquirerRequest, CardAcquirer, FindOutcome, RailOutcome } from '../../../src/rails/rail.ts'
import type { BookCall } from './book-line.ts'

/** The acquirer process, as a connector would speak to it: no answer tells nothing. Cards reach it by token only. */
export function remoteAcquirer(url: string): CardAcquirer {
  return {
    name: 'sandbox',
    perform: async (request, deadlineMs) => (await ask(url, callOf(request), deadlineMs)) as RailOutcome,
    find: async (attemptId, deadlineMs) => await ask(url, attemptId, deadlineMs),
  }
}

function callOf(request: AcquirerRequest): BookCall {
  const { amount, ...rest } = request
  const card = 'card' in rest ? rest.card : undefined
  const token = card && 'token' in card ? card.token : null
  return {
    request: { ...rest, ...(card && { card: null }) },
    minor: String(amount.minor),
    currency: amount.currency,
    token,
  }
}

async function ask(url: string, body: unknown, deadlineMs: number): Promise<FindOutcome> {
  try {
    const signal = AbortSignal.timeout(deadlineMs)
    const answer = await fetch(url, { method: 'POST', body: JSON.stringify(body), signal })
    return (await answer.json()) as FindOutcome
  } catch {
    return { kind: 'unknown', detail: 'no answer' } // it was killed, or is about to start
  }
}
