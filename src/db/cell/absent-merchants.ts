import { merchantMoves } from '../wire/refusal.ts'

/**
 * SQL, true of a row whose merchant this cell serves. For every statement over many merchants: one that is arriving, has left, or is about to
 * must not be touched by it. The array is made once for each statement, which keeps the plan that it has without it.
 */
export function isServedHere(merchantId: string): string {
  return `${merchantId} <> all((select absent_merchants())::int[])`
}

/** SQL, true of a row whose merchant can be written here: also one that is closed, so that what was begun for it can end. */
export function takesWritesHere(merchantId: string): string {
  return `${merchantId} <> all((select frozen_merchants())::int[])`
}

/** SQL for a column of what a merchant is looked up by. */
export const isAbsentColumn = 'm.id = any((select absent_merchants())::int[]) as is_absent'

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
