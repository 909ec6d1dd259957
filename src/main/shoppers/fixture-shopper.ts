import { randomUUID } from 'node:crypto'
import type pg from 'pg'
import type { Sealer } from '../../app/shared/seal.ts'
import { insertCard } from '../../db/shopper/cards.ts'
import { addContact, findShopperByContact, insertShopper, updateProfile } from '../../db/shopper/shoppers.ts'
import type { Contact } from '../../domain/shopper/contact.ts'
import type { ShopperId } from '../../domain/shopper/shopper.ts'
import type { CalendarDate } from '../../kernel/calendar-date.ts'
import { systemClock } from '../../kernel/clock.ts'

const phone = '+393330000001' as Contact
const email = 'test.shopper@example.com' as Contact

/** Somebody who has an account in every sandbox, and a card that is always accepted: whoever tests need not sign up. */
export async function addTestShopper(client: pg.PoolClient, sealer: Sealer): Promise<void> {
  if (await findShopperByContact(client, phone)) return
  const id = randomUUID() as ShopperId
  const now = systemClock.now()
  await insertShopper(client, { id, contact: phone, language: 'en', now })
  await addContact(client, email, id)
  const address = { address: 'Via Roma 1', postcode: '20121', city: 'Milano', country: 'IT' }
  const person = { givenNames: 'Test', surname: 'Shopper', birthDate: '1990-01-31' as CalendarDate }
  await updateProfile(client, { id, ...person, ...address, email, phone: null })
  const card = { brand: 'visa', last4: '4242', expiryMonth: 12, expiryYear: 2039, acquirer: 'sandbox' } as const
  const token = sealer.seal('sandboxcard_4242_122039_fixture')
  await insertCard(client, { ...card, id: randomUUID(), shopperId: id, token, createdAt: now })
}
