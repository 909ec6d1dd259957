import type { Engine } from '../../engine/command.ts'
import { instalmentPlans } from '../../engine/companions/instalment-plans.ts'

/** An engine that says at once when a command may have marked a plan, so that what it brings about is made right after its commit. */
export function promptCollection(engine: Engine, nudge: () => void): Engine {
  return {
    execute: (command) => {
      const reply = engine.execute(command)
      if (instalmentPlans.concerns(command)) void reply.then(nudge, () => {})
      return reply
    },
  }
}
