/**
 * What one connection does over and over: `flow` is the four requests of a whole order, `captured` its first three, the others are one request each.
 * `checkoutPage` is an order's first page.
 * `createOther` is another merchant's; `pay` goes to the sandbox acquirer and `paySoap` to the simulator; `ask` asks for a payment on a chain, and
 * `askStatus` reads how one stands.
 */
export type JourneyName =
  | 'echo'
  | 'create'
  | 'createOther'
  | 'flow'
  | 'captured'
  | 'checkoutPage'
  | 'echoPayment'
  | 'pay'
  | 'paySoap'
  | 'ask'
  | 'askStatus'

export type Job = {
  readonly port: number
  /** The connections are spread over these as well: servers that share a database. */
  readonly otherPorts?: readonly number[]
  readonly journey: JourneyName
  /** The merchants' keys that orders are created with, one for each connection in turn; default the sandbox's first. */
  readonly keys?: readonly string[]
  readonly connections: number
  readonly durationMs: number
  /** Journeys started a second, whatever the server does meanwhile. Absent: each connection starts its next at once. */
  readonly ratePerSecond?: number
  /** Ends after this many journeys at the latest: for tests. */
  readonly mostJourneys?: number
}

export type LoadResult = {
  readonly journeys: number
  readonly requests: number
  /** journeys that ended within the time, a second */
  readonly ratePerSecond: number
  /** of single requests, milliseconds; with a rate they count from when the request was due, not from when it could be sent */
  readonly p50Ms: number
  readonly p99Ms: number
}

export type LoadAnswer = { readonly result: LoadResult } | { readonly error: string }
