import type pg from 'pg'

/** Whatever statements are sent down: a connection, or a pool. */
export type Sender = Pick<pg.Client, 'query'>

/** One write of a batch, ready to be sent: whatever its rows cannot be written as has been thrown by then. */
export type Statement = { readonly name: string; readonly text: string; readonly values: unknown[] }
