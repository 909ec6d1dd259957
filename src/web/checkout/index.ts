import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { App } from '../../app/app.ts'
import { redirectUrl } from '../../domain/merchant/redirect.ts'
import { refuseOtherMethods } from '../../http/refuse-other-methods.ts'
import type { Part } from '../../http/server.ts'
import { preparePages, sendWrongMethod } from '../shared/send.ts'
import { addSignInRoutes, sendStale } from '../shared/sign-in/sign-in-routes.ts'
import { isOwnForm } from '../shared/sign-in/visitor.ts'
import { redirectPaid, sendExplanation, sendUnknown } from './answers.ts'
import { chooseProduct } from './choose-product.ts'
import { payOrder, returnFromBank } from './pay-order.ts'
import { saveProfile } from './save-profile.ts'
import { placeOf, sendStep } from './steps.ts'
import { type Visit, visitOf } from './visit.ts'

/** The shopper's pages at an order's `checkoutUrl`: server-rendered, in the shopper's language, complete without script. */
export const checkout: Part<App> = {
  name: 'checkout',
  register: async (scope, app) => {
    await addPages(scope, app)
    await scope.register(async (below) => below.setNotFoundHandler((...of) => sendUnknown(app, ...of)), {
      prefix: root,
    })
  },
}

const root = '/checkout'

/** The longest form is that of the profile: nine short fields. */
const bodyLimit = 8_192

const hidden = { schema: { hide: true } }

type Tokened = { Params: { token: string } }

type Answer = (app: App, visit: Visit, request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply>

async function addPages(scope: FastifyInstance, app: App): Promise<void> {
  await preparePages(scope, app, { bodyLimit })
  const refuseTheRest = refuseOtherMethods(scope, (request, reply, allowed) =>
    sendWrongMethod(app, request, reply, allowed),
  )
  const visit = async (token: string, request: FastifyRequest, reply: FastifyReply, answer: Answer) => {
    const found = await visitOf(app, token, request, reply)
    return found ? await answer(app, found, request, reply) : sendUnknown(app, request, reply)
  }
  const get = (path: string, answer: Answer) =>
    scope.get<Tokened>(`${root}/:token${path}`, hidden, (request, reply) =>
      visit(request.params.token, request, reply, answer),
    )
  const post = (path: string, answer: Answer) => {
    scope.post<Tokened>(`${root}/:token/${path}`, hidden, (request, reply) =>
      visit(request.params.token, request, reply, own(answer)),
    )
    get(`/${path}`, async (_app, { home }, _request, reply) => reply.redirect(home, 303))
  }
  // The form of the address in the oldest documentation (scalapay.md 11.2).
  scope.get<{ Querystring: { token?: unknown } }>(root, hidden, (request, reply) =>
    visit(String(request.query.token ?? ''), request, reply, showStep),
  )
  get('', showStep)
  get('/cancel', leaveOrder)
  get('/bank', returnFromBank)
  // Some banks send their customers back by a form. It comes from another site, so without cookies: it is asked for again as a link.
  scope.post<Tokened>(`${root}/:token/bank`, hidden, (request, reply) =>
    visit(request.params.token, request, reply, async (_app, { home }) => reply.redirect(`${home}/bank`, 303)),
  )
  post('product', chooseProduct)
  post('profile', saveProfile)
  post('pay', payOrder)
  addSignInRoutes(scope, app, `${root}/:token`, async (request, reply) => {
    const found = await visitOf(app, (request.params as Tokened['Params']).token, request, reply)
    if (!found) return sendUnknown(app, request, reply)
    return found.order.stage === 'open' ? placeOf(app, found) : reply.redirect(found.home, 303)
  })
  // Where `/v2/configurations` sends whoever wants to know more (scalapay.md 11.1).
  scope.get('/how-it-works', hidden, (request, reply) => sendExplanation(app, request, reply))
  refuseTheRest()
}

/** A form that this server did not give to this browser changes nothing. */
function own(answer: Answer): Answer {
  return async (app, visit, request, reply) =>
    isOwnForm(visit.visitor, request) ? await answer(app, visit, request, reply) : sendStale(visit, reply)
}

async function showStep(app: App, visit: Visit, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  return await sendStep(app, request, reply, visit)
}

/**
 * The way back without paying (scalapay.md 14.2). It goes through here because the page it was
 * clicked on may be old: an order that is paid by now, or about to be, must not be reported as failed.
 */
async function leaveOrder(
  _app: App,
  visit: Visit,
  _request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { order, home } = visit
  if (order.stage === 'paid' || order.stage === 'paid_back') return redirectPaid(reply, visit)
  if (order.stage === 'checking' || !order.urls) return reply.redirect(home, 303)
  return reply.redirect(redirectUrl(order.urls.cancel, order.payment.id, 'FAILED'), 303)
}
