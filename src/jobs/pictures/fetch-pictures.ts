import type pg from 'pg'
import { readPicture } from '../../app/picture/read-picture.ts'
import type { DueSource } from '../../app/sandbox/due-source.ts'
import {
  claimWanted,
  deleteUnnamed,
  giveBackWanted,
  keepFetched,
  nextPictureDue,
  oldestNamed,
  type WantedPicture,
} from '../../db/picture/wanted-pictures.ts'
import { pictureLimits, pictureTypes } from '../../domain/picture/picture.ts'
import type { GuardedClient } from '../../http/outgoing/guarded-request.ts'
import { day, type Instant, minute, nextFullHour, plus, soonerOf } from '../../kernel/instant.ts'

type Parts = { readonly pool: pg.Pool; readonly client: Pick<GuardedClient, 'download'> }

/** A host that answers slowly holds up as many others at most. */
const mostAtOnce = 8
const deadlineMs = 5_000
const mostTries = 3

/** How long a picture is kept that no order names any more. */
const keptFor = 30n * day

/** Name of the job. */
export const pictures = 'pictures'

/**
 * Fetches the pictures that orders name, before and apart from anybody who looks at them: their hosts see one request of this server, and nothing of a
 * shopper. Each is asked for once; what is not a raster picture of a bearable size is refused.
 */
export function createFetchPictures({ pool, client }: Parts): DueSource {
  return {
    name: pictures,
    nextDue: async () => {
      const [wanted, oldest] = await Promise.all([nextPictureDue(pool), oldestNamed(pool)])
      // On the full hour, so that a clock that is moved by a month does not stop at each single picture.
      const old = oldest && nextFullHour(plus(oldest, keptFor))
      return soonerOf(wanted, old)
    },
    runDue: async (until) => {
      const claimed = await claimWanted(pool, until, mostAtOnce)
      await Promise.all(claimed.map((picture) => fetchOne({ pool, client }, picture, until)))
      return claimed.length + (await deleteUnnamed(pool, plus(until, -keptFor), 100))
    },
  }
}

async function fetchOne({ pool, client }: Parts, wanted: WantedPicture, now: Instant): Promise<void> {
  const answer = await client.download({
    ...{ url: wanted.url, method: 'GET', deadlineMs, maxResponseBytes: pictureLimits.bytes + 1 },
    headers: { accept: Object.values(pictureTypes).join(', ') },
  })
  if (answer.kind === 'answered' && answer.status === 200) {
    const picture = readPicture(answer.content)
    return picture.ok ? await keepFetched(pool, wanted, picture.value) : await giveBackWanted(pool, wanted, null)
  }
  const mayPass = answer.kind === 'failed' || (answer.kind === 'answered' && answer.status >= 500)
  const isOver = !mayPass || wanted.tries + 1 >= mostTries
  await giveBackWanted(pool, wanted, isOver ? null : plus(now, minute * 4n ** BigInt(wanted.tries)))
}
