import type { FastifyReply, FastifyRequest } from 'fastify'
import type { App } from '../../app/app.ts'
import { channelOf, parseContact } from '../../domain/shopper/contact.ts'
import { parseProfile } from '../../domain/shopper/profile.ts'
import { dateIn } from '../../kernel/calendar-date.ts'
import { textIn } from '../shared/sign-in/visitor.ts'
import { otherKind } from './profile-page.ts'
import { sendProfile } from './steps.ts'
import type { Visit } from './visit.ts'

/** The posted profile of a new shopper. */
export async function saveProfile(
  app: App,
  visit: Visit,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const shopper = visit.visitor.session?.shopper
  if (!shopper) return reply.redirect(visit.home, 303)
  const text = (name: string): string => textIn(request.body, name)
  const typed = {
    ...{ givenNames: text('givenNames'), surname: text('surname'), birthDate: text('birthDate') },
    ...{ address: text('address'), postcode: text('postcode'), city: text('city'), country: text('country') },
  }
  const other = text('other')
  const contact = other.trim() === '' ? null : parseContact(other, typed.country)
  const isOtherWrong = contact === undefined || (contact !== null && channelOf(contact) !== otherKind(shopper))
  const profile = parseProfile(typed, dateIn(visit.order.merchant.timeZone, app.clock.now()))
  if (!profile.ok || isOtherWrong)
    return sendProfile(app, reply, visit, shopper, {
      typed,
      other,
      problems: profile.ok ? {} : profile.reason,
      isOtherWrong,
    })
  await app.shoppers.saveProfile(shopper, profile.value, contact)
  return reply.redirect(visit.home, 303)
}
