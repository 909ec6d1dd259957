import { setTimeout as pause } from 'node:timers/promises'

/** Resolves after so many milliseconds, or as soon as the signal aborts; rejects never. `ref: false` lets the process end meanwhile. */
export async function pauseUntilAborted(
  milliseconds: number,
  signal: AbortSignal,
  { ref = true }: { readonly ref?: boolean } = {},
): Promise<void> {
  await pause(milliseconds, undefined, { signal, ref }).catch(() => undefined)
}
