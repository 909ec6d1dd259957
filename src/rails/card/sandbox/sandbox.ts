import { unreachable } from '../../../kernel/assert.ts'
import type { Clock } from '../../../kernel/clock.ts'
import type { AttemptId } from '../../../kernel/ids.ts'
import type { AcquirerRequest, CardAcquirer, FindOutcome, RailOutcome } from '../../rail.ts'
import { challengeOf, chargeVerdictOf, type KeptTestCard, type Verdict, verdictOf } from '../test-cards.ts'
import { type AttemptMemory, createAttemptMemory } from './attempt-memory.ts'
import { keptCardOf, tokenOf } from './kept-cards.ts'

export const sandboxName = 'sandbox'

/** Attempts a sandbox answers for, at least: one that is forgotten has never been seen. Twice as many cost 5 MB. */
export const rememberedAttempts = 20_000

/** How long a bank waits for its shopper: what most of them do. */
const challengeLifeMs = 600_000

/** What the bank's step will come to, and the token that is then told. */
type Challenged = { readonly challenge: 'succeeds' | 'fails' | 'never'; readonly url: string; readonly token?: string }
type Kept = { readonly verdict: Verdict; readonly token: string }
/** Plain values: they may be kept in another process. */
export type Remembered = Verdict | Kept | Challenged | 'closed'

const approved: Verdict = { approved: true, code: '00' }

/** Where the sandbox's bank asks its shopper, and whereto it sends them back. */
export type BankPage = (attemptId: AttemptId, returnUrl: string, challenge: 'succeeds' | 'fails' | 'never') => string

/**
 * The acquirer inside the process: approves and declines the published test cards, answers a repeated attempt with
 * the first answer, and lets every capture, release, refund and void of a reference of its own through (the limits are the domain's).
 *
 * Its book is memory, and that is honest: sandbox money exists nowhere but in that book. After a crash it has
 * never seen the attempt, so the attempt is declined and nothing has moved on either side. What it was asked about and
 * had not seen, it refuses afterwards. A book that outlives its process is the simulator's (`../valitor/simulator`).
 */
export function createSandbox(
  clock: Clock,
  bankPage: BankPage = noBankPage,
  memory: AttemptMemory<Remembered> = createAttemptMemory<Remembered>(rememberedAttempts),
): CardAcquirer {
  return {
    name: sandboxName,
    async perform(request) {
      const { attemptId } = request
      const first = await memory.firstAnswer(attemptId, () => judge(request, clock, bankPage))
      return request.purpose === 'complete' ? completed(attemptId, first) : outcomeOf(attemptId, first)
    },
    async find(attemptId) {
      const first = await memory.firstAnswer(attemptId, () => 'closed')
      return first === 'closed' ? neverSeen : outcomeOf(attemptId, first)
    },
  }
}

const noBankPage: BankPage = (_attemptId, returnUrl) => returnUrl

const neverSeen: FindOutcome = { kind: 'never_seen' }

const closed: RailOutcome = {
  kind: 'declined',
  reason: 'duplicate',
  code: '94',
  payload: { responseCode: '94' },
}

const unknownReference: Verdict = { approved: false, code: '57', reason: 'not_permitted' }
const notAuthenticated: Verdict = { approved: false, code: '1A', reason: 'authentication_required' }

function judge(request: AcquirerRequest, clock: Clock, bankPage: BankPage): Remembered {
  switch (request.purpose) {
    case 'authorize':
    case 'sale':
      return judgeCard(request, clock, bankPage)
    case 'charge': {
      const card = keptCardOf(request.card.token)
      return card ? judgeCharge(card, request, clock, bankPage) : unknownReference
    }
    case 'complete':
      return 'closed'
    case 'capture':
    case 'release':
    case 'refund':
    case 'void':
      return request.railReference.startsWith(`${sandboxName}_`) ? approved : unknownReference
    default:
      return unreachable(request)
  }
}

/** A bank lets its customer's merchant take what was agreed to, and asks a customer who is there. */
function judgeCharge(
  card: KeptTestCard,
  { attemptId, instalment, returnUrl }: Extract<AcquirerRequest, { purpose: 'charge' }>,
  clock: Clock,
  bankPage: BankPage,
): Remembered {
  const verdict = chargeVerdictOf(card, instalment, clock.now())
  const challenge = challengeOf(card.number)
  if (!verdict.approved || challenge === undefined || returnUrl === undefined) return verdict
  return { challenge, url: bankPage(attemptId, returnUrl, challenge) }
}

function judgeCard(
  { card, attemptId, keepsCard, returnUrl }: Extract<AcquirerRequest, { purpose: 'authorize' | 'sale' }>,
  clock: Clock,
  bankPage: BankPage,
): Remembered {
  if ('token' in card) {
    const kept = keptCardOf(card.token)
    return kept ? { verdict: chargeVerdictOf(kept, 1, clock.now()), token: card.token } : unknownReference
  }
  const verdict = verdictOf(card, clock.now())
  if (!verdict.approved) return verdict
  const token = keepsCard && { token: tokenOf(card, attemptId) }
  const challenge = challengeOf(card.number.reveal())
  if (challenge === undefined) return token ? { verdict, ...token } : verdict
  if (returnUrl === undefined) return notAuthenticated
  return { challenge, url: bankPage(attemptId, returnUrl, challenge), ...token }
}

/** After the bank's step: what it came to, or still the question where nobody came back from it. */
function completed(attemptId: AttemptId, first: Remembered): RailOutcome {
  if (first === 'closed' || !('challenge' in first) || first.challenge === 'never') return outcomeOf(attemptId, first)
  if (first.challenge === 'fails') return outcomeOf(attemptId, notAuthenticated)
  return outcomeOf(attemptId, first.token === undefined ? approved : { verdict: approved, token: first.token })
}

/** Made from the attempt's id, so that the first answer and a later one are the same without being kept. */
function outcomeOf(attemptId: AttemptId, answer: Remembered): RailOutcome {
  if (answer === 'closed') return closed
  if ('challenge' in answer) {
    return { kind: 'action_required', action: { kind: 'redirect', url: answer.url }, lifeMs: challengeLifeMs }
  }
  const verdict = 'verdict' in answer ? answer.verdict : answer
  const payload = { responseCode: verdict.code }
  if (!verdict.approved) return { kind: 'declined', reason: verdict.reason, code: verdict.code, payload }
  const token = 'token' in answer ? { token: answer.token } : {}
  return { kind: 'succeeded', railReference: `${sandboxName}_${attemptId}`, code: verdict.code, payload, ...token }
}
