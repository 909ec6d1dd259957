import type { Plans } from '../../app/instalments/plans.ts'
import type { DueSource } from '../../app/sandbox/due-source.ts'

/** The job's name. */
export const collection = 'collect instalments'

/** What is due of instalment plans: charges, refunds to cards, holds to be let go, and questions about what nobody has answered. */
export function createCollectInstalments(plans: Pick<Plans, 'nextDue' | 'runDue'>): DueSource {
  return { name: collection, nextDue: plans.nextDue, runDue: plans.runDue }
}
