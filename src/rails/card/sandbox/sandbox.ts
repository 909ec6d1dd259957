import { unreachable } from '../../../kernel/assert.ts'
import type { Clock } from '../../../kernel/clock.ts'
import type { AttemptId } from '../../../kernel/ids.ts'
import type { AcquirerRequest, CardAcquirer, FindOutcome, RailOutcome } from '../../rail.ts'
import { type Verdict, verdictOf } from '../test-cards.ts'
import { createAttemptMemory } from './attempt-memory.ts'

export const sandboxName = 'sandbox'

/** Attempts a sandbox answers for, at least: one that is forgotten has never been seen. Twice as many cost 5 MB. */
const rememberedAttempts = 20_000

const approved: Verdict = { approved: true, code: '00' }

/**
 * The acquirer inside the process: approves and declines the test cards, answers a repeated attempt with
 * the first answer, and lets every capture, refund and void of a reference of its own through (the limits are the domain's).
 *
 * Its book is memory, and that is honest: sandbox money exists nowhere but in that book. After a crash it has
 * never seen the attempt, so the attempt is declined and nothing has moved on either side. What it was asked about and
 * had not seen, it refuses afterwards. A book that outlives its process is the simulator's (`../valitor/simulator`).
 */
export function createSandbox(clock: Clock): CardAcquirer {
  const memory = createAttemptMemory<Verdict | 'closed'>(rememberedAttempts)
  return {
    name: sandboxName,
    async perform(request) {
      const verdict = memory.firstAnswer(request.attemptId, () => judge(request, clock))
      return verdict === 'closed' ? closed : outcomeOf(request.attemptId, verdict)
    },
    async find(attemptId) {
      const verdict = memory.firstAnswer(attemptId, () => 'closed')
      return verdict === 'closed' ? neverSeen : outcomeOf(attemptId, verdict)
    },
  }
}

const neverSeen: FindOutcome = { kind: 'never_seen' }

const closed: RailOutcome = {
  kind: 'declined',
  reason: 'duplicate',
  code: '94',
  payload: { responseCode: '94' },
}

const unknownReference: Verdict = { approved: false, code: '57', reason: 'not_permitted' }

function judge(request: AcquirerRequest, clock: Clock): Verdict {
  switch (request.purpose) {
    case 'authorize':
    case 'sale':
      return verdictOf(request.card, clock.now())
    case 'capture':
    case 'refund':
    case 'void':
      return request.railReference.startsWith(`${sandboxName}_`) ? approved : unknownReference
    default:
      return unreachable(request)
  }
}

/** Made from the attempt's id, so that the first answer and a later one are the same without being kept. */
function outcomeOf(attemptId: AttemptId, verdict: Verdict): RailOutcome {
  const payload = { responseCode: verdict.code }
  if (!verdict.approved) return { kind: 'declined', reason: verdict.reason, code: verdict.code, payload }
  return { kind: 'succeeded', railReference: `${sandboxName}_${attemptId}`, code: verdict.code, payload }
}
