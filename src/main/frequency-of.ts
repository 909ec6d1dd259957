import type { FrequencyOf } from '../app/instalments/plan-state.ts'
import { profiles } from '../protocols/profiles.ts'

/** Asks the API that made an order what it says about the day of its only instalment. */
export const frequencyOf: FrequencyOf = ({ protocol, details }) => profiles.get(protocol)?.orderFrequency?.({ details })
