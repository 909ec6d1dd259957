import type { FastifyReply, FastifyRequest } from 'fastify'
import type { App } from '../../app/app.ts'
import { refuseOtherMethods } from '../../http/refuse-other-methods.ts'
import type { Part } from '../../http/server.ts'
import { html } from '../shared/html.ts'
import { layout } from '../shared/layout.ts'
import { preparePages, sendPage, sendWrongMethod } from '../shared/send.ts'
import { settingOf } from '../shared/setting.ts'

/** The page of the sandbox's bank, where its three 3-D Secure cards ask their shopper. For testers, so in English. */
export const sandboxBank: Part<App> = {
  name: 'sandbox bank',
  register: async (scope, app) => {
    if (app.mode !== 'sandbox') return
    await preparePages(scope, app, { bodyLimit: 1_024 })
    const refuseTheRest = refuseOtherMethods(scope, (request, reply, allowed) =>
      sendWrongMethod(app, request, reply, allowed),
    )
    scope.get('/sandbox/bank', { schema: { hide: true } }, (request, reply) => sendBank(app, request, reply))
    refuseTheRest()
  },
}

const texts: Readonly<Record<string, string>> = {
  succeeds: 'This card is one whose bank says yes.',
  fails: 'This card is one whose bank says no.',
  never: 'This card is one whose bank lets nobody come back. Close the page, or go back, as a shopper would.',
}

const title = 'The bank of the sandbox'

function sendBank(app: App, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const { challenge, back } = request.query as Record<string, unknown>
  const setting = settingOf(app, request)
  const text = (typeof challenge === 'string' && texts[challenge]) || texts.never
  // It leads back to this server and nowhere else: an address that anybody can write must not send people away.
  const isOurs = typeof back === 'string' && back.startsWith(`${app.publicUrl}/`)
  const link = isOurs && challenge !== 'never' ? html`<a class="button" href="${back}">Continue</a>` : undefined
  const main = html`<section class="notice panel" lang="en-GB"><h1>${title}</h1><p>${text}</p>${link}</section>`
  return sendPage(reply, 200, layout(setting, { title, main, isEnglishOnly: true }))
}
