import type { AcquirerRequest, CardAcquirer, FindOutcome } from '../../rails/rail.ts'

export type MakeAgain = {
  readonly deadlineMs: number
  /** false where nobody would notice that asking has closed the call for good: it stays unknown */
  readonly mayFind?: boolean
}

/**
 * Finds out what became of a call whose answer never came: it is made again under the same id, which an acquirer that knows the id takes for a
 * question (`src/rails/rail.ts`). It is not asked about first, since asking about an id that was never seen closes it for good. Only where making it
 * again stays without an answer (some acquirers merely say `duplicate`), or did not even reach the acquirer, which says
 * nothing of the call before, is it asked about.
 */
export async function makeAgain(
  acquirer: CardAcquirer,
  request: AcquirerRequest,
  { deadlineMs, mayFind = true }: MakeAgain,
): Promise<FindOutcome> {
  const made = await acquirer.perform(request, deadlineMs)
  if (made.kind === 'succeeded' || (made.kind === 'declined' && !made.isUntried)) return made
  if (!mayFind) return { kind: 'unknown', detail: 'a call that was made again was not answered' }
  return await acquirer.find(request.attemptId, deadlineMs)
}
