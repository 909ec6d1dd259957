import type { ProtocolAdapter } from './protocol.ts'
import { salescloud } from './salescloud/index.ts'
import { scalapay } from './scalapay/index.ts'

/** Every merchant API this program speaks. */
export const protocols: readonly ProtocolAdapter[] = [scalapay, salescloud]
