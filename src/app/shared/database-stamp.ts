import { createHmac } from 'node:crypto'
import type { ClientBase } from 'pg'
import { claimStamp, type DatabaseStamp, readStamp, someSealed } from '../../db/migrate/database-stamp.ts'
import { assert } from '../../kernel/assert.ts'
import { createSealer } from './seal.ts'

/** The database was made for another mode or with another secret key. The message is one line that says how to go on. */
export class StampError extends Error {
  override readonly name = 'StampError'
}

type Queryable = Pick<ClientBase, 'query'>

/** `secretKey` undefined: this program seals nothing and does not know it. */
export type Stamping = { readonly mode: 'sandbox' | 'live'; readonly secretKey: Uint8Array | undefined }

/** Before migrations run: a database of the other mode is not even brought up to date. Throws StampError. */
export async function refuseOtherMode(client: Queryable, mode: Stamping['mode']): Promise<void> {
  refuseMode(await readStamp(client), mode)
}

/**
 * Marks a database on first use with its mode and the fingerprint of its secret key; from then on every server and
 * command must bring the same two. The key of a database from before stamps is tried on what is sealed in it. Answers the
 * stamp that stands. Throws StampError.
 */
export async function stampDatabase(client: Queryable, { mode, secretKey }: Stamping): Promise<DatabaseStamp> {
  const before = await readStamp(client)
  refuseMode(before, mode)
  const fingerprint = secretKey ? fingerprintOf(secretKey) : null
  if (secretKey && !before?.fingerprint) await refuseKeyThatOpensNothing(client, secretKey)
  const isComplete = before !== undefined && (before.fingerprint !== null || fingerprint === null)
  const stamp = isComplete ? before : await claimStamp(client, { mode, fingerprint })
  assert(stamp, 'a database that was just stamped has a stamp')
  refuseMode(stamp, mode)
  if (secretKey) refuseOtherKey(stamp, secretKey)
  return stamp
}

/** For a key that is found later than the stamp. Throws StampError. */
export function refuseOtherKey({ fingerprint }: DatabaseStamp, secretKey: Uint8Array): void {
  if (fingerprint && !fingerprint.equals(fingerprintOf(secretKey))) throw new StampError(otherKey)
}

/** Says which key it was without telling anything of the key. */
function fingerprintOf(secretKey: Uint8Array): Buffer {
  return createHmac('sha256', secretKey).update('tercet database stamp').digest()
}

const otherKey =
  'the secret key is not the one this database was made with: set TERCET_SECRET_KEY (or, without it, TERCET_DATA with its secret.key) as it was then'

const otherMode: Record<Stamping['mode'], string> = {
  sandbox: 'this database is a live one: set TERCET_MODE=live to use it, or give the sandbox a database of its own',
  live: 'this database was made by a sandbox, whose keys are public: live mode needs a database of its own',
}

function refuseMode(stamp: DatabaseStamp | undefined, mode: Stamping['mode']): void {
  if (stamp && stamp.mode !== mode) throw new StampError(otherMode[mode])
}

async function refuseKeyThatOpensNothing(client: Queryable, secretKey: Uint8Array): Promise<void> {
  const sealer = createSealer(secretKey)
  for (const sealed of await someSealed(client)) {
    try {
      sealer.open(sealed)
    } catch {
      // A refusal: the text was sealed with another key.
      throw new StampError(otherKey)
    }
  }
}
