/** What one connection does over and over: `echo` and `create` are one request, `flow` is the four of a whole order. */
export type JourneyName = 'echo' | 'create' | 'flow'

export type Job = {
  readonly port: number
  readonly journey: JourneyName
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
