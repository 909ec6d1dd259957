import type pg from 'pg'
import { listContactsOf } from '../../../db/cell/move/moved-people.ts'
import { claimShopperCell } from '../../../db/shopper/shopper-cells.ts'
import type { MerchantId } from '../../../kernel/ids.ts'

export type NotedCell = {
  /** where the directory is */
  readonly first: pg.Client
  readonly cell: pg.Client
  readonly name: string
}

/** Contacts of one statement. */
const pageSize = 1_000

/** Lets the contacts of the merchant's shoppers lead to the cell, where they have an account by now. Safe to repeat. */
export async function noteShoppers({ first, cell, name }: NotedCell, merchantId: MerchantId): Promise<void> {
  for (let after = ''; ; ) {
    const contacts = await listContactsOf(cell, merchantId, { after, limit: pageSize })
    const last = contacts.at(-1)
    if (last === undefined) return
    await claimShopperCell(first, name, contacts)
    after = last
  }
}
