import type pg from 'pg'

type Sender = Pick<pg.Pool, 'query'>

/**
 * Takes or keeps a duty of the cell for `leaseMs` of the database's own time; false while another holds it. A holder that dies is followed as
 * soon as its lease ends.
 */
export async function holdDuty(sender: Sender, name: string, holder: string, leaseMs: number): Promise<boolean> {
  const { rowCount } = await sender.query({
    name: 'hold_duty',
    text: `insert into duty as d (name, holder, lease_until) values ($1, $2, clock_timestamp() + $3 * interval '1 millisecond')
      on conflict (name) do update set holder = excluded.holder, lease_until = excluded.lease_until
        where d.holder = excluded.holder or d.lease_until is null or d.lease_until < clock_timestamp()`,
    values: [name, holder, leaseMs],
  })
  return rowCount === 1
}

/** Lets the next one in at once. */
export async function releaseDuty(sender: Sender, name: string, holder: string): Promise<void> {
  await sender.query('update duty set holder = null, lease_until = null where name = $1 and holder = $2', [
    name,
    holder,
  ])
}
