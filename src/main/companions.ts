import type { Companion } from '../engine/companion.ts'
import { catalogueStock } from '../engine/companions/catalogue-stock.ts'

/** What travels in the transactions of payments, in the order in which each batch locks its rows. */
export const companions: readonly Companion[] = [catalogueStock]
