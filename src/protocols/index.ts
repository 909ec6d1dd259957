import { kupay } from './kupay/index.ts'
import { salescloud } from './salescloud/index.ts'
import { scalapay } from './scalapay/index.ts'
import type { ProtocolAdapter } from './shared/protocol.ts'

/** Every merchant API this program speaks. */
export const protocols: readonly ProtocolAdapter[] = [scalapay, kupay, salescloud]
