import type { FastifyInstance } from 'fastify'
import type { App } from '../../app/app.ts'
import { refuseOtherMethods } from '../../http/refuse-other-methods.ts'
import type { Part } from '../../http/server.ts'
import { html } from '../shared/html.ts'
import { layout } from '../shared/layout.ts'
import { preparePages, sendPage, sendWrongMethod } from '../shared/send.ts'
import { addSignInRoutes, type Place, sendStale, signInPanel } from '../shared/sign-in/sign-in-routes.ts'
import { isOwnForm } from '../shared/sign-in/visitor.ts'
import { addCard, returnWithCard, showAddCard } from './add-card.ts'
import { endSession, endSessions, makeDefault, pay, removeCard, returnFromBank, saveLanguage } from './changes.ts'
import { sendData } from './data.ts'
import { askToErase, erase } from './erase.ts'
import { sendReceipt } from './receipt-page.ts'
import { type Change, showAccount, type Visit, visitOf } from './show-account.ts'
import { accountWords } from './words/index.ts'

/** The shopper's account: purchases and what is still to pay of them, cards, sessions, data. */
export const account: Part<App> = {
  name: 'account',
  register: async (scope, app) => {
    await preparePages(scope, app, { bodyLimit: 4_096 })
    const refuseTheRest = refuseOtherMethods(scope, (request, reply, allowed) =>
      sendWrongMethod(app, request, reply, allowed),
    )
    addRoutes(scope, app)
    refuseTheRest()
  },
}

const hidden = { schema: { hide: true } }

function addRoutes(scope: FastifyInstance, app: App): void {
  scope.get('/account', hidden, async (request, reply) => {
    const visit = await visitOf(app, request, reply)
    const { session } = visit.visitor
    if (session) return await showAccount(app, { ...visit, session }, reply)
    const place = placeOf(visit)
    return place.show(reply, 200, await signInPanel(app, place))
  })
  for (const [path, show] of Object.entries(pages)) {
    scope.get(`/account${path}`, hidden, async (request, reply) => {
      const visit = await visitOf(app, request, reply)
      const { session } = visit.visitor
      return session ? await show(app, { ...visit, session }, request, reply) : reply.redirect(visit.home, 303)
    })
  }
  // Some banks send their customers back by a form. It comes from another site, so without cookies: it is asked for again as a link.
  scope.post<{ Params: { order: string } }>('/account/bank/:order', hidden, async (request, reply) => {
    const { home } = await visitOf(app, request, reply)
    return reply.redirect(`${home}/bank/${encodeURIComponent(request.params.order)}`, 303)
  })
  scope.post<{ Params: { order: string } }>('/account/card-bank/:order', hidden, async (request, reply) => {
    const { home } = await visitOf(app, request, reply)
    const order = encodeURIComponent(request.params.order)
    return reply.redirect(`${home}/card-bank/${order}${new URL(request.url, app.publicUrl).search}`, 303)
  })
  for (const [name, change] of Object.entries(changes)) {
    scope.post(`/account/${name}`, hidden, async (request, reply) => {
      const visit = await visitOf(app, request, reply)
      if (!isOwnForm(visit.visitor, request)) return sendStale(visit, reply)
      const { session } = visit.visitor
      return session ? await change(app, { ...visit, session }, request, reply) : reply.redirect(visit.home, 303)
    })
    if (!Object.hasOwn(pages, `/${name}`))
      scope.get(`/account/${name}`, hidden, async (request, reply) =>
        reply.redirect((await visitOf(app, request, reply)).home, 303),
      )
  }
  addSignInRoutes(scope, app, '/account', async (request, reply) => placeOf(await visitOf(app, request, reply)))
}

const pages: Readonly<Record<string, Change>> = {
  '/data': sendData,
  '/erase': askToErase,
  '/orders/:order': sendReceipt,
  '/bank/:order': returnFromBank,
  '/add-card': showAddCard,
  '/card-bank/:order': returnWithCard,
}

const changes: Readonly<Record<string, Change>> = {
  pay,
  'add-card': addCard,
  'default-card': makeDefault,
  'remove-card': removeCard,
  'end-session': endSession,
  'end-sessions': endSessions,
  language: saveLanguage,
  erase,
}

function placeOf({ setting, visitor, home }: Visit): Place {
  const { title } = accountWords[setting.language]
  return {
    ...{ setting, visitor, home, merchantId: null, country: undefined, contact: '' },
    show: (reply, status, panel) => {
      const main = html`<div class="narrow"><h1 class="hidden">${title}</h1><section class="panel" aria-labelledby="step">${panel.content}</section></div>`
      const prefix = panel.hasTrouble ? `${setting.common.errorPrefix}: ` : ''
      return sendPage(reply, status, layout(setting, { title: `${prefix}${panel.title}`, main }))
    },
  }
}
