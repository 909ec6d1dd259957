/** How much is measured: every count and time of a run, so that a run is bounded. */
export type Sizes = {
  readonly connections: number
  readonly warmUpMs: number
  /** one measured round of one variant */
  readonly roundMs: number
  readonly rounds: number
  /** paced load, per round */
  readonly pacedMs: number
  /** load under which the memory is watched */
  readonly memoryMs: number
  /** orders in the full table of figure 4 */
  readonly orders: number
  /** webhooks that wait: for a dead endpoint, and for a fast one whose rate is measured */
  readonly deadMessages: number
  readonly fastMessages: number
  /** orders that fall due in one second */
  readonly dueOrders: number
  /** transfers on a chain that nobody has looked at yet */
  readonly chainTransfers: number
  /** how many cells the same orders are spread over */
  readonly cells: readonly number[]
  /** ends every job after so many journeys: for tests */
  readonly mostJourneys?: number
}

export const fullSizes: Sizes = {
  connections: 64,
  warmUpMs: 3_000,
  roundMs: 2_000,
  rounds: 5,
  pacedMs: 4_000,
  memoryMs: 15_000,
  orders: 2_000_000,
  deadMessages: 100_000,
  fastMessages: 60_000,
  dueOrders: 100_000,
  chainTransfers: 10_000,
  cells: [2, 4, 8],
}

export const quickSizes: Sizes = {
  ...fullSizes,
  warmUpMs: 1_200,
  roundMs: 700,
  rounds: 3,
  pacedMs: 1_500,
  memoryMs: 3_000,
  orders: 50_000,
  deadMessages: 20_000,
  fastMessages: 15_000,
  dueOrders: 10_000,
  chainTransfers: 3_000,
}

/** Never reached, but bounds a test that hangs. */
const longEnough = 120_000

/** So that the harness is run by `npm test`: the count ends each job, not the time, and the figures mean nothing. */
export const tinySizes: Sizes = {
  connections: 4,
  warmUpMs: longEnough,
  roundMs: longEnough,
  rounds: 1,
  pacedMs: longEnough,
  memoryMs: longEnough,
  orders: 100,
  deadMessages: 50,
  fastMessages: 50,
  dueOrders: 50,
  chainTransfers: 50,
  cells: [2],
  mostJourneys: 8,
}
