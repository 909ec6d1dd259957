import type { ClientBase } from 'pg'

type Queryable = Pick<ClientBase, 'query'>

export type DatabaseStamp = {
  readonly mode: 'sandbox' | 'live'
  /** 32 bytes; null until a program that knows the secret key has been here */
  readonly fingerprint: Buffer | null
  /** of the secret keys before it, oldest first */
  readonly previous: readonly Buffer[]
}

/** Undefined for a database that has no stamp yet, or is older than stamps are. */
export async function readStamp(client: Queryable): Promise<DatabaseStamp | undefined> {
  const { rows } = await client.query<{ there: boolean }>(`select to_regclass('database_stamp') is not null as there`)
  if (!rows[0]?.there) return undefined
  // Asked of a database that is not up to date as well, which may not have the newest column.
  const stamps = await client.query<DatabaseStamp>(
    `select mode, secret_fingerprint as fingerprint, coalesce(
       (select array_agg(decode(substr(each, 3), 'hex') order by at)
          from jsonb_array_elements_text(to_jsonb(s) -> 'previous_fingerprints') with ordinality as p (each, at)),
       '{}') as previous from database_stamp s`,
  )
  return stamps.rows[0]
}

/** Writes what is missing of the stamp and answers the one that stands: of several processes at once, the first one's. */
export async function claimStamp(
  client: Queryable,
  { mode, fingerprint, previous }: DatabaseStamp,
): Promise<DatabaseStamp | undefined> {
  await client.query(
    `insert into database_stamp as s (mode, secret_fingerprint, previous_fingerprints) values ($1, $2, $3)
     on conflict (is_only_row) do update set secret_fingerprint = excluded.secret_fingerprint,
       previous_fingerprints = excluded.previous_fingerprints
     where s.secret_fingerprint is null and excluded.secret_fingerprint is not null and s.mode = excluded.mode`,
    [mode, fingerprint, previous],
  )
  return await readStamp(client)
}

/** A new key follows the one that stands; of several processes at once, one writes it. Answers the stamp that stands then. */
export async function followStamp(
  client: Queryable,
  next: Buffer,
  /** the keys that this one was made to follow, the newest last: another that has come between is not put behind it */
  previous: readonly Buffer[],
): Promise<DatabaseStamp | undefined> {
  await client.query(
    `update database_stamp set secret_fingerprint = $1, previous_fingerprints = previous_fingerprints || secret_fingerprint
     where secret_fingerprint <> $1 and previous_fingerprints || secret_fingerprint = $2::bytea[]`,
    [next, previous],
  )
  return await readStamp(client)
}

/** A few of the texts that were sealed with the database's secret key, each of another kind. */
export async function someSealed(client: Queryable): Promise<readonly Buffer[]> {
  const { rows } = await client.query<{ sealed: Buffer }>(
    `(select sealed from api_key where sealed is not null and revoked_at is null limit 1)
     union all (select secret from webhook_endpoint where deleted_at is null limit 1)`,
  )
  return rows.map(({ sealed }) => sealed)
}
