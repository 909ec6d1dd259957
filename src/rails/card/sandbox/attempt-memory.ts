import type { AttemptId } from '../../../kernel/ids.ts'

export type AttemptMemory<Answer> = {
  /** The answer kept for the attempt, or else the one that `decide` gives now, which is kept from here on. */
  firstAnswer(attemptId: AttemptId, decide: () => Answer): Answer
}

/** The first answer of each of the last `limit` attempts; the oldest is forgotten first. */
export function createAttemptMemory<Answer>(limit: number): AttemptMemory<Answer> {
  const answers = new Map<AttemptId, Answer>()
  return {
    firstAnswer(attemptId, decide) {
      const kept = answers.get(attemptId)
      if (kept !== undefined) return kept
      const answer = decide()
      answers.set(attemptId, answer)
      if (answers.size > limit) forgetOldest(answers)
      return answer
    },
  }
}

function forgetOldest(answers: Map<AttemptId, unknown>): void {
  for (const oldest of answers.keys()) {
    answers.delete(oldest)
    return
  }
}
