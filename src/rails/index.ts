import type { ChainRail } from './chain-rail.ts'
import { evm } from './evm/index.ts'

/** The kind of chains that payments come by. Acquirers of cards have an index of their own, in `card`. */
export const chainRail: ChainRail = evm
