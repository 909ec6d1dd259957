import type { FastifyReply, FastifyRequest } from 'fastify'
import type { App } from '../../app/app.ts'
import type { Shopper } from '../../domain/shopper/shopper.ts'
import { contentPolicy } from '../shared/content-policy.ts'
import { sendPage } from '../shared/send.ts'
import type { Panel } from '../shared/sign-in/sign-in-forms.ts'
import { type Place, signInPanel } from '../shared/sign-in/sign-in-routes.ts'
import { sendNotice, sendOutcome } from './answers.ts'
import { type ConfirmForm, confirmPanel } from './confirm-page.ts'
import { framePage } from './frame.ts'
import { newProfileForm, type ProfileForm, profilePanel } from './profile-page.ts'
import type { Visit } from './visit.ts'

/** The order's page as it stands: the step that the shopper is at, or what became of the order. */
export async function sendStep(
  app: App,
  _request: FastifyRequest,
  reply: FastifyReply,
  visit: Visit,
): Promise<FastifyReply> {
  const { order, visitor, setting } = visit
  if (order.stage !== 'open') return sendOutcome(reply, visit)
  if (!(await app.hasAcquirer(order.merchant)))
    return sendNotice(reply, 200, visit, { kind: 'sorry', notice: setting.words.noAcquirer })
  const shopper = visitor.session?.shopper
  if (!shopper) return sendPanel(app, reply, 200, visit, await signInPanel(app, placeOf(app, visit)))
  if (!shopper.profile) return sendProfile(app, reply, visit, shopper)
  return await sendConfirm(app, reply, visit, shopper)
}

/** Where an order's shopper signs in. */
export function placeOf(app: App, visit: Visit): Place {
  const { setting, visitor, home, order } = visit
  const { details, merchant } = order
  return {
    ...{ setting, visitor, home, merchantId: merchant.id, country: details.country || undefined },
    contact: app.shoppers.channels.has('sms') ? details.phone : details.email,
    show: (reply, status, panel) => sendPanel(app, reply, status, visit, panel),
  }
}

function sendPanel(app: App, reply: FastifyReply, status: number, visit: Visit, panel: Panel): FastifyReply {
  reply.header('content-security-policy', contentPolicy(visit.order.urls?.confirm ?? app.publicUrl))
  return sendPage(reply, status, framePage(visit, panel, app.clock.now()))
}

/** 422 when a form was sent and something in it could not be used. */
export function sendProfile(
  app: App,
  reply: FastifyReply,
  visit: Visit,
  shopper: Shopper,
  form?: ProfileForm,
): FastifyReply {
  const panel = profilePanel(visit, shopper, form ?? newProfileForm(visit, shopper))
  return sendPanel(app, reply, form ? 422 : 200, visit, panel)
}

export async function sendConfirm(
  app: App,
  reply: FastifyReply,
  visit: Visit,
  shopper: Shopper,
  trouble: Partial<Omit<ConfirmForm, 'cards' | 'lateFees'>> = {},
): Promise<FastifyReply> {
  const cards = await app.shoppers.cards(shopper.id)
  const chosen = trouble.chosen ?? cards[0]?.id ?? 'new'
  const lateFees = shopper.profile && (await app.lateFeeTerms(shopper.profile.country))
  const panel = confirmPanel(visit, { cards, lateFees, problems: {}, ...trouble, chosen })
  const status = trouble.problems || trouble.refusal ? 422 : 200
  return sendPanel(app, reply, status, visit, panel)
}
