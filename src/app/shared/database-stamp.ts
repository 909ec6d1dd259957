import { createHmac } from 'node:crypto'
import type { ClientBase } from 'pg'
import { claimStamp, type DatabaseStamp, followStamp, readStamp, someSealed } from '../../db/migrate/database-stamp.ts'
import { assert } from '../../kernel/assert.ts'
import { createSealer } from './seal.ts'

/** The database was made for another mode or with another secret key. The message is one line that says how to go on. */
export class StampError extends Error {
  override readonly name = 'StampError'
}

type Queryable = Pick<ClientBase, 'query'>

/** `secretKey` undefined: this program seals nothing and does not know it. */
export type Stamping = {
  readonly mode: 'sandbox' | 'live'
  readonly secretKey: Uint8Array | undefined
  /** the keys that it followed, oldest first */
  readonly previousSecretKeys?: readonly Uint8Array[]
}

/** Before migrations run: a database of the other mode is not even brought up to date. Throws StampError. */
export async function refuseOtherMode(client: Queryable, mode: Stamping['mode']): Promise<void> {
  refuseMode(await readStamp(client), mode)
}

/**
 * Marks a database on first use with its mode and the fingerprint of its secret key; from then on every server and
 * command must bring the same two. A new key may follow the one that stands, if that one is brought as the last of those before it. The key of
 * a database from before stamps is tried on what is sealed in it. Answers the stamp that stands. Throws StampError.
 */
export async function stampDatabase(client: Queryable, stamping: Stamping): Promise<DatabaseStamp> {
  const { mode, secretKey, previousSecretKeys: previous = [] } = stamping
  const before = await readStamp(client)
  refuseMode(before, mode)
  const fingerprint = secretKey ? fingerprintOf(secretKey) : null
  if (secretKey && !before?.fingerprint) await refuseKeyThatOpensNothing(client, secretKey, previous)
  const stamp = await stampAs(client, before, {
    mode,
    fingerprint,
    previous: secretKey ? previous.map(fingerprintOf) : [],
  })
  assert(stamp, 'a database that was just stamped has a stamp')
  refuseMode(stamp, mode)
  if (secretKey) refuseOtherKey(stamp, secretKey, previous)
  return stamp
}

async function stampAs(
  client: Queryable,
  before: DatabaseStamp | undefined,
  wanted: DatabaseStamp,
): Promise<DatabaseStamp | undefined> {
  const { fingerprint, previous } = wanted
  if (!before || (before.fingerprint === null && fingerprint !== null)) return await claimStamp(client, wanted)
  if (!before.fingerprint || !fingerprint) return before
  const follows = areSame(previous, [...before.previous, before.fingerprint])
  return follows && !fingerprint.equals(before.fingerprint) ? await followStamp(client, fingerprint, previous) : before
}

/** For a key that is found later than the stamp. Throws StampError. */
export function refuseOtherKey(
  stamp: DatabaseStamp,
  secretKey: Uint8Array,
  previous: readonly Uint8Array[] = [],
): void {
  if (!stamp.fingerprint) return
  if (!stamp.fingerprint.equals(fingerprintOf(secretKey))) throw new StampError(otherKey)
  if (!areSame(stamp.previous, previous.map(fingerprintOf))) throw new StampError(otherKeysBefore)
}

function areSame(left: readonly Buffer[], right: readonly Buffer[]): boolean {
  return left.length === right.length && left.every((each, at) => right[at]?.equals(each))
}

/** Says which key it was without telling anything of the key. */
function fingerprintOf(secretKey: Uint8Array): Buffer {
  return createHmac('sha256', secretKey).update('tercet database stamp').digest()
}

const otherKey =
  'the secret key is not the one this database was made with: set TERCET_SECRET_KEY (or, without it, TERCET_DATA with its secret.key) as it was then'

const otherKeysBefore =
  'TERCET_PREVIOUS_SECRET_KEYS must name the secret keys that this database had before TERCET_SECRET_KEY, all of them, oldest first'

const otherMode: Record<Stamping['mode'], string> = {
  sandbox: 'this database is a live one: set TERCET_MODE=live to use it, or give the sandbox a database of its own',
  live: 'this database was made by a sandbox, whose keys are public: live mode needs a database of its own',
}

function refuseMode(stamp: DatabaseStamp | undefined, mode: Stamping['mode']): void {
  if (stamp && stamp.mode !== mode) throw new StampError(otherMode[mode])
}

async function refuseKeyThatOpensNothing(
  client: Queryable,
  secretKey: Uint8Array,
  previous: readonly Uint8Array[],
): Promise<void> {
  const sealer = createSealer(secretKey, previous)
  for (const sealed of await someSealed(client)) {
    try {
      sealer.open(sealed)
    } catch {
      // A refusal: the text was sealed with another key.
      throw new StampError(otherKey)
    }
  }
}
