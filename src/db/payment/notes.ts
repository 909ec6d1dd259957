import type pg from 'pg'
import type { MerchantId, PaymentId } from '../../kernel/ids.ts'
import type { Instant } from '../../kernel/instant.ts'
import { timestampText } from '../wire/types-on-wire.ts'

export type NoteRow = { readonly id: string; readonly author: string; readonly text: string; readonly at: Instant }

export async function insertNote(
  sender: Pick<pg.Client, 'query'>,
  merchantId: MerchantId,
  paymentId: PaymentId,
  note: NoteRow,
): Promise<void> {
  await sender.query(
    'insert into payment_note (merchant_id, payment_id, note_id, author, text, at) values ($1, $2, $3, $4, $5, $6)',
    [merchantId, paymentId, note.id, note.author, note.text, timestampText(note.at)],
  )
}

/** Oldest first. */
export async function listNotes(
  pool: Pick<pg.Pool, 'query'>,
  merchantId: MerchantId,
  paymentId: PaymentId,
): Promise<NoteRow[]> {
  const { rows } = await pool.query<NoteRow>(
    'select note_id as id, author, text, at from payment_note where merchant_id = $1 and payment_id = $2 order by at, note_id',
    [merchantId, paymentId],
  )
  return rows
}
