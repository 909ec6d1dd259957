import { merchantMoves } from '../wire/refusal.ts'

/*
 * The tables of moves are read in the statement itself and by no function: where a cell is a cluster's, a function that was sent to the rows cannot ask for
 * others. An array is made once for each statement, which keeps the plan that it has without it.
 */
const absent = `array(select merchant_id from moving_merchant
  where state <> 'leaving' and (until is null or until > now()))`
const frozen = `array(select merchant_id from moving_merchant
  where state in ('left', 'dropping', 'dropped') or (state = 'frozen' and until > now()))`

/**
 * SQL, true of a row whose merchant this cell serves. For every statement over many merchants: one that is arriving, has left, or is about to
 * must not be touched by it.
 */
export function isServedHere(merchantId: string): string {
  return `${merchantId} <> all(${absent})`
}

/** SQL, true of a row whose merchant can be written here: also one that is closed, so that what was begun for it can end. */
export function takesWritesHere(merchantId: string): string {
  return `${merchantId} <> all(${frozen})`
}

/** SQL for a column of what a merchant is looked up by. */
export const isAbsentColumn = `m.id = any(${absent}) as is_absent`

/** Found, and not served by this cell: it is on its way to another, or there already. The same asked again in a second is answered there. */
export class MerchantMoves extends Error {
  readonly code = merchantMoves

  constructor(merchantId: number) {
    super(`merchant ${merchantId} is moving to another cell`)
    this.name = 'MerchantMoves'
  }
}

/** Hands on what was found, unless it is not served here. Throws `MerchantMoves`. */
export function servedHere<Row extends { readonly is_absent: boolean; readonly id: number }>(row: Row): Row {
  if (row.is_absent) throw new MerchantMoves(row.id)
  return row
}
