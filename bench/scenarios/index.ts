import type { Scenario } from '../bench.ts'
import { cells } from './cells.ts'
import { chainBacklog } from './chain-backlog.ts'
import { chainRequests } from './chain-requests.ts'
import { checkoutPage } from './checkout-page.ts'
import { costs } from './costs.ts'
import { createOrders } from './create-orders.ts'
import { deadEndpoint } from './dead-endpoint.ts'
import { expiry } from './expiry.ts'
import { instalments } from './instalments.ts'
import { latency } from './latency.ts'
import { memory } from './memory.ts'
import { orderFlow } from './order-flow.ts'
import { paymentRequests } from './payment-requests.ts'
import { portal } from './portal.ts'
import { processes } from './processes.ts'
import { standby } from './standby.ts'
import { tableSize } from './table-size.ts'
import { webhooks } from './webhooks.ts'
import { workers } from './workers.ts'

/** In the order they run and are printed. A new figure is a file and a line in one of the two lists. */
export const usualScenarios: readonly Scenario[] = [createOrders, orderFlow, latency, memory, tableSize]

/** The others run when they are named, or with --all. */
export const scenarios: readonly Scenario[] = [
  ...usualScenarios,
  ...[webhooks, deadEndpoint, expiry, paymentRequests, processes, costs, chainBacklog, chainRequests],
  ...[cells, workers, standby, portal, checkoutPage, instalments],
]
