import type pg from 'pg'

type Sender = Pick<pg.Pool, 'query'>

/**
 * Takes or keeps a duty of the cell for `leaseMs` of the database's own time; false while another holds it. A holder that dies is followed as
 * soon as its lease ends.
 */
export async function holdDuty(sender: Sender, name: string, holder: string, leaseMs: number): Promise<boolean> {
  const values = [name, holder, leaseMs]
  const held = await sender.query({
    name: 'hold_duty',
    text: `update duty set holder = $2, lease_until = now() + $3 * interval '1 millisecond'
      where name = $1 and (holder = $2 or lease_until is null or lease_until < now())`,
    values,
  })
  if (held.rowCount === 1) return true
  const taken = await sender.query({
    name: 'take_duty',
    text: `insert into duty (name, holder, lease_until) values ($1, $2, now() + $3 * interval '1 millisecond')
      on conflict do nothing`,
    values,
  })
  return taken.rowCount === 1
}

/** Lets the next one in at once. */
export async function releaseDuty(sender: Sender, name: string, holder: string): Promise<void> {
  await sender.query('update duty set holder = null, lease_until = null where name = $1 and holder = $2', [
    name,
    holder,
  ])
}
