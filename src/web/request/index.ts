import { randomUUID } from 'node:crypto'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { MerchantTerms } from '../../domain/merchant/terms.ts'
import { refuseOtherMethods } from '../../http/refuse-other-methods.ts'
import { clientAddress, countedAs } from '../../http/request/client-address.ts'
import type { Part } from '../../http/server.ts'
import { currencyOf } from '../../kernel/currency.ts'
import { createBrake } from '../shared/brake.ts'
import { layout } from '../shared/layout.ts'
import { merchantBrand } from '../shared/merchant-brand.ts'
import { noticePage } from '../shared/notice-page.ts'
import { wishNamed } from '../shared/payment-choice.ts'
import { preparePages, sendPage, sendWrongMethod } from '../shared/send.ts'
import { settingOf } from '../shared/setting.ts'
import { addAskRoutes } from './ask/routes.ts'
import type { RequestApp } from './request-app.ts'
import { nameOf, type RequestView, requestPage, type Typed } from './request-page.ts'
import { currencyIn, minorOf, textOf } from './typed.ts'
import { type RequestWords, requestWords } from './words/index.ts'

/** Where anybody pays a merchant an amount of their own choice, complete without script, and where people ask each other for money (kupay.md 10). */
export function request(app: RequestApp): Part<unknown> {
  return { name: 'request', register: (scope) => register(scope, app) }
}

type Place = {
  Params: { name: string }
  Querystring: { chain_id?: unknown; amount?: unknown; currency?: unknown }
  Body: { amount?: unknown; currency?: unknown; for?: unknown; choice?: unknown; key?: unknown } | null
}
type Visit = FastifyRequest<Place>

const pages = { '/-:name': 'account', '/donate/:name': 'donation' } as const

/** Nobody pays more often; whoever fills the database does. A sandbox is one person's. */
const mostPerHour = 30

async function register(scope: FastifyInstance, app: RequestApp): Promise<void> {
  await preparePages(scope, app, { bodyLimit: 8_192 })
  const refuseTheRest = refuseOtherMethods(scope, (visit, reply, allowed) =>
    sendWrongMethod(app, visit, reply, allowed),
  )
  const brake = createBrake({ most: app.mode === 'sandbox' ? 100_000 : mostPerHour, periodMs: 3_600_000 })
  for (const [path, purpose] of Object.entries(pages)) {
    scope.get<Place>(path, { schema: { hide: true } }, async (visit, reply) => {
      const merchant = await app.merchants.byPrefix(visit.params.name)
      if (!merchant) return sendUnknown(app, visit, reply)
      return await send(app, visit, reply, {
        merchant,
        purpose,
        typed: (choices) => askedFor(visit, app, merchant, choices),
      })
    })
    scope.post<Place>(path, { schema: { hide: true } }, async (visit, reply) => {
      const merchant = await app.merchants.byPrefix(visit.params.name)
      if (!merchant) return sendUnknown(app, visit, reply)
      const isAllowed = brake.allows(countedAs(clientAddress(visit, app.isBehindProxy)))
      return await take(app, visit, reply, { merchant, purpose, isAllowed })
    })
  }
  const { asks } = app
  if (asks)
    addAskRoutes(
      scope,
      { ...app, asks },
      { mayAsk: (caller) => brake.allows(caller), sendUnknown: (visit, reply) => sendUnknown(app, visit, reply) },
    )
  refuseTheRest()
}

type Shown = {
  readonly merchant: MerchantTerms
  readonly purpose: RequestView['purpose']
  readonly typed: (choices: RequestView['choices']) => Typed
  readonly problem?: { readonly field: 'amount' | 'choice'; readonly is: keyof Problems; readonly status: number }
  readonly key?: string | undefined
}

type Problems = RequestWords['problems']

async function send(app: RequestApp, visit: Visit, reply: FastifyReply, shown: Shown): Promise<FastifyReply> {
  const { merchant, purpose, typed, problem, key = randomUUID() } = shown
  const [brand, choices] = await Promise.all([app.merchants.brand(merchant.id), app.chains.choices(merchant.id)])
  const setting = settingOf(app, visit, brand.language ?? undefined)
  const { problems } = requestWords[setting.language]
  const page = requestPage({
    ...{ setting, name: merchant.name, purpose, choices, currencies: app.currencies, typed: typed(choices), key },
    problem: problem && { field: problem.field, text: problems[problem.is] },
  })
  const look = merchantBrand(setting.root, merchant, brand)
  return sendPage(reply, problem?.status ?? 200, layout(setting, { ...page, ...look }))
}

/** What the link asks for: `chain_id`, `amount` and `currency`, each of which the payer may change. */
function askedFor(
  { query }: Visit,
  { currencies }: RequestApp,
  merchant: MerchantTerms,
  choices: RequestView['choices'],
): Typed {
  const amount = typeof query.amount === 'string' && /^\d{1,12}([.,]\d{1,3})?$/.test(query.amount) ? query.amount : ''
  const chosen = choices.find(({ chain }) => String(chain.id) === query.chain_id)
  return {
    amount,
    currency: currencyIn(query.currency ?? merchant.currency, currencies),
    forWhat: '',
    choice: nameOf(chosen),
  }
}

type Taking = Pick<Shown, 'merchant' | 'purpose'> & { readonly isAllowed: boolean }

async function take(app: RequestApp, visit: Visit, reply: FastifyReply, taking: Taking): Promise<FastifyReply> {
  const { merchant, purpose, isAllowed } = taking
  const body = visit.body ?? {}
  const typed: Typed = {
    amount: textOf(body.amount, 15),
    currency: currencyIn(body.currency, app.currencies),
    forWhat: textOf(body.for, 100),
    choice: textOf(body.choice, 80),
  }
  const key = /^[\da-f-]{36}$/.test(textOf(body.key, 36)) ? textOf(body.key, 36) : undefined
  const sorry = (field: 'amount' | 'choice', is: keyof Problems, status = 422) =>
    send(app, visit, reply, { merchant, purpose, typed: () => typed, key, problem: { field, is, status } })
  if (!isAllowed) return await sorry('amount', 'tooMany', 429)
  const currency = currencyOf(typed.currency)
  const total = currency && minorOf(typed.amount, currency)
  if (currency === undefined || total === undefined) return await sorry('amount', 'amount')
  const wish = wishNamed(typed.choice)
  const choices = await app.chains.choices(merchant.id)
  if (!wish || !choices.some((each) => nameOf(each) === typed.choice)) return await sorry('choice', 'choice')
  const { here } = settingOf(app, visit)
  const amount = { merchant, purpose, currency, total, forWhat: typed.forWhat, pageUrl: `${app.publicUrl}${here}` }
  const opened = await app.open({ ...amount, key: key ?? randomUUID() })
  if (!opened) return await sorry('amount', 'amount')
  const asked = await app.chains.ask(opened.payment, wish)
  return asked.ok ? reply.redirect(opened.payUrl, 303) : await sorry('choice', 'price', 409)
}

function sendUnknown(app: RequestApp, visit: FastifyRequest, reply: FastifyReply): FastifyReply {
  const setting = settingOf(app, visit)
  return sendPage(reply, 404, noticePage(setting, { kind: 'sorry', notice: setting.common.notices.notFound }))
}
