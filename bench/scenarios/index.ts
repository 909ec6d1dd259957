import type { Scenario } from '../figure.ts'
import { createOrders } from './create-orders.ts'
import { latency } from './latency.ts'
import { memory } from './memory.ts'
import { orderFlow } from './order-flow.ts'
import { tableSize } from './table-size.ts'

/** In the order they run and are printed. A new figure is a file and a line here. */
export const scenarios: readonly Scenario[] = [createOrders, orderFlow, latency, memory, tableSize]
