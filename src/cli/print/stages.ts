import type { Io } from '../io.ts'
import { say } from './print.ts'

export type Stages = { readonly onStage: (stage: string) => void; readonly end: () => void }

/** Longer than this and people wonder. */
const patienceMs = 1_000

/** Says what is being done, a line a stage, once it takes longer than a second; nothing when it does not. */
export function createStages(io: Io): Stages {
  let stage = ''
  let isLate = false
  const timer = setTimeout(() => {
    isLate = true
    say(io, `${stage} ...`)
  }, patienceMs)
  return {
    onStage: (next) => {
      stage = next
      if (isLate) say(io, `${next} ...`)
    },
    end: () => clearTimeout(timer),
  }
}
