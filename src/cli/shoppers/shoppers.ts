import { findAccountsElsewhere, findEveryAccount } from '../../app/shopper/cells/accounts-elsewhere.ts'
import { eraseShopper } from '../../app/shopper/erase-shopper.ts'
import { listCards } from '../../db/shopper/cards.ts'
import { listShopperOrders } from '../../db/shopper/checkouts.ts'
import { hasOpenPlan } from '../../db/shopper/open-orders.ts'
import { findShopperCells } from '../../db/shopper/shopper-cells.ts'
import { findShopper, findShopperByContact, setShopperState } from '../../db/shopper/shoppers.ts'
import { parseContact } from '../../domain/shopper/contact.ts'
import type { Shopper, ShopperId } from '../../domain/shopper/shopper.ts'
import { isoOf } from '../../kernel/instant.ts'
import { CliError } from '../cli-error.ts'
import { type Database, withDatabase } from '../database/database.ts'
import type { Io } from '../io.ts'
import { timeText } from '../print/format.ts'
import { answer, type OutputOptions } from '../print/print.ts'
import { facts } from '../print/table.ts'

const mostOrders = 50

export async function runShow(io: Io, text: string, options: OutputOptions): Promise<void> {
  const { shopper, cards, here, elsewhere, isWhole } = await withDatabase(io, async (database) => {
    const found = await shopperNamed(database, text)
    const { pool, shopperCells: cells } = database
    const { accounts, isWhole } = await findAccountsElsewhere({ pool, cells }, found.id)
    const elsewhere = accounts.map(async ({ cell, pool: other, shopper: { id, state } }) => ({
      ...{ cell, id, state },
      ...(await purchasesIn(other, id)),
    }))
    return {
      ...{ shopper: found, isWhole },
      cards: await listCards(pool, found.id),
      here: await purchasesIn(pool, found.id),
      elsewhere: await Promise.all(elsewhere),
    }
  })
  const { orders } = here
  const isOpen = [here, ...elsewhere].some((each) => each.isOpen)
  const { id, email, phone, profile, language, state, createdAt } = shopper
  const shownCards = cards.map(({ brand, last4, expiryMonth, expiryYear, isDefault }) => ({
    ...{ brand, last4, expiryMonth, expiryYear, isDefault },
  }))
  const view = {
    id,
    state,
    email,
    phone,
    profile,
    language,
    createdAt: isoOf(createdAt),
    isOpen,
    cards: shownCards,
    orders,
    ...((elsewhere.length > 0 || !isWhole) && { elsewhere, isWhole }),
  }
  answer(io, options, view, () =>
    facts([
      ['shopper', id],
      ['state', state],
      ['name', profile && `${profile.givenNames} ${profile.surname}`],
      ['e-mail', email],
      ['phone', phone],
      ['language', language],
      ['since', timeText(createdAt)],
      ['open', isOpen ? 'something is still to be paid' : 'nothing'],
      ['cards', cards.map(({ brand, last4 }) => `${brand} ending in ${last4}`).join(', ') || 'none'],
      ['orders', orders.join(' ') || 'none'],
      ...elsewhere.map(
        (other) =>
          [`in ${other.cell}`, `${other.id}, ${other.state}, ${other.orders.join(' ') || 'no orders'}`] as const,
      ),
      ...(isWhole ? [] : [['other cells', 'one does not answer: there may be more'] as const]),
    ]),
  )
}

/** What a shopper has bought in one cell, newest first, and whether any of it is still to be paid. */
async function purchasesIn(pool: Database['pool'], id: ShopperId) {
  const [orders, isOpen] = [await listShopperOrders(pool, id, mostOrders), await hasOpenPlan(pool, id)]
  return { isOpen, orders: orders.map(({ paymentId }) => paymentId) }
}

export async function runBlock(
  io: Io,
  text: string,
  state: 'active' | 'blocked',
  options: OutputOptions,
): Promise<void> {
  const id = await withDatabase(io, async (database) => {
    const found = await shopperNamed(database, text)
    const { pool, shopperCells: cells } = database
    const others = await findEveryAccount({ pool, cells }, found.id)
    if (!(await setShopperState(pool, found.id, state))) throw new CliError('the shopper was erased')
    for (const each of others) await setShopperState(each.pool, each.shopper.id, state)
    return found.id
  })
  answer(io, options, { id, state }, () => [
    state === 'blocked' ? `${id} can buy nothing new; what is open is still collected` : `${id} can buy again`,
  ])
}

export async function runErase(io: Io, text: string, options: OutputOptions): Promise<void> {
  const { id, erased } = await withDatabase(io, async (database) => {
    const found = await shopperNamed(database, text)
    const { pool, shopperCells: cells } = database
    return { id: found.id, erased: await eraseShopper({ pool, cells }, found.id) }
  })
  if (!erased.ok) throw new CliError('something is still to be paid: see tercet shoppers show and tercet plans list')
  answer(io, options, { id, erased: true }, () => [`${id} is forgotten`])
}

/** The shopper of that id, address or number. Throws CliError. */
async function shopperNamed({ pool, shopperCells }: Database, text: string): Promise<Shopper> {
  const isId = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text)
  const contact = isId ? undefined : parseContact(text)
  const found = isId
    ? await findShopper(pool, text.toLowerCase() as ShopperId)
    : contact && (await findShopperByContact(pool, contact))
  const [elsewhere] =
    found || !contact || !shopperCells ? [] : await findShopperCells(shopperCells.directory, [contact])
  if (elsewhere !== undefined)
    throw new CliError(`the shopper is in cell ${elsewhere}: run the command with TERCET_CELLS=${elsewhere}`)
  if (!found)
    throw new CliError('there is no such shopper: give an e-mail address, a number like +393331234567, or an id')
  return found
}
