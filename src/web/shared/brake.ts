/** Counts what one address does within a period. */
export type Brake = {
  /** Counts once more, and says whether that is still within what is allowed. */
  readonly allows: (address: string) => boolean
}

/** Addresses that are remembered at most: beyond it the count begins anew, since a brake must not become a heap. */
const mostAddresses = 10_000

/** In this process's own memory: several servers allow as many times as much, which is enough against a flood. */
export function createBrake({ most, periodMs }: { readonly most: number; readonly periodMs: number }): Brake {
  let counts = new Map<string, number>()
  let until = performance.now() + periodMs
  return {
    allows: (address) => {
      if (performance.now() > until || counts.size >= mostAddresses) {
        counts = new Map()
        until = performance.now() + periodMs
      }
      const count = (counts.get(address) ?? 0) + 1
      counts.set(address, count)
      return count <= most
    },
  }
}
