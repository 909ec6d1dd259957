import type { Io } from '../io.ts'
import { clean } from './clean.ts'

export type Progress = { readonly show: (text: string) => void; readonly end: () => void }

const redrawEveryMs = 100

/** One line of stderr that is drawn again and again, and wiped at the end. Nothing when nobody looks at it. */
export function createProgress(io: Io): Progress {
  let isShown = false
  let drawnAt = Number.NEGATIVE_INFINITY
  return {
    show: (text) => {
      const now = performance.now()
      if (!io.isTerminal || now - drawnAt < redrawEveryMs) return
      drawnAt = now
      isShown = true
      io.err(`\r\x1b[2K${clean(text)}`)
    },
    end: () => {
      if (isShown) io.err('\r\x1b[2K')
      isShown = false
    },
  }
}
