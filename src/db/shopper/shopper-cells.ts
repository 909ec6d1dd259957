import type pg from 'pg'
import type { Contact } from '../../domain/shopper/contact.ts'

type Sender = Pick<pg.ClientBase, 'query'>

/** Lets contacts lead to a cell as well. They may lead to others: who buys in several cells has an account in each. */
export async function claimShopperCell(sender: Sender, cell: string, contacts: readonly Contact[]): Promise<void> {
  await sender.query({
    name: 'claim_shopper_cell',
    text: `insert into shopper_cell (contact, cell)
      select sha256(convert_to(contact, 'UTF8')), $1 from unnest($2::text[]) contact order by 1 on conflict do nothing`,
    values: [cell, contacts],
  })
}

/** The cells in which one of these contacts opens an account. */
export async function findShopperCells(sender: Sender, contacts: readonly Contact[]): Promise<string[]> {
  const { rows } = await sender.query<{ cell: string }>({
    name: 'find_shopper_cells',
    text: `select distinct cell from shopper_cell
      where contact = any(array(select sha256(convert_to(contact, 'UTF8')) from unnest($1::text[]) contact))`,
    values: [contacts],
  })
  return rows.map(({ cell }) => cell)
}

/** They lead nowhere any more. */
export async function forgetShopperCells(sender: Sender, contacts: readonly Contact[]): Promise<void> {
  await sender.query(
    `delete from shopper_cell
     where contact = any(array(select sha256(convert_to(contact, 'UTF8')) from unnest($1::text[]) contact))`,
    [contacts],
  )
}
