import type { AttemptId } from '../../../kernel/ids.ts'

export type AttemptMemory<Answer> = {
  /** The answer kept for the attempt, or else the one that `decide` gives now, which is kept from here on. */
  firstAnswer(attemptId: AttemptId, decide: () => Answer): Answer | Promise<Answer>
}

/** One in this process. */
export type OwnAttemptMemory<Answer> = {
  firstAnswer(attemptId: AttemptId, decide: () => Answer): Answer
}

/**
 * The first answer of each of the last `atLeast` attempts, and of up to twice as many. Two generations, the older of which is
 * dropped whole: a map that loses its oldest entry with each new one walks over all that it has lost before.
 */
export function createAttemptMemory<Answer>(atLeast: number): OwnAttemptMemory<Answer> {
  let older = new Map<AttemptId, Answer>()
  let newer = new Map<AttemptId, Answer>()
  return {
    firstAnswer(attemptId, decide) {
      const kept = newer.get(attemptId) ?? older.get(attemptId)
      if (kept !== undefined) return kept
      const answer = decide()
      if (newer.size >= atLeast) {
        older = newer
        newer = new Map()
      }
      newer.set(attemptId, answer)
      return answer
    },
  }
}
