import { randomUUID } from 'node:crypto'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { askText, isAgreed } from '../../../app/payee/ask-agreement.ts'
import { type Address, coin } from '../../../domain/chain/address.ts'
import { clientAddress, countedAs } from '../../../http/request/client-address.ts'
import { parsePaymentId } from '../../../kernel/ids.ts'
import { forEver, sendBuilt, sendNotBuilt } from '../../shared/build/send-built.ts'
import { contentPolicy } from '../../shared/content-policy.ts'
import { formatMoney } from '../../shared/format.ts'
import { html } from '../../shared/html.ts'
import { layout } from '../../shared/layout.ts'
import { sendPage } from '../../shared/send.ts'
import { type Setting, settingOf } from '../../shared/setting.ts'
import { requestBundle } from '../bundle.ts'
import type { Asks, RequestApp } from '../request-app.ts'
import { type AskProblems, type AskView, askPage, usualChoices } from './ask-page.ts'
import { linkPage } from './link-page.ts'
import { type Ask, type AskBody, type Offer, parseAsk, readProof, readTyped } from './parse-ask.ts'

type AskApp = RequestApp & { readonly asks: Asks }
type Place = { Params: { merchant: string; id: string }; Querystring: Record<string, unknown>; Body: AskBody | null }
type Unknown = (request: FastifyRequest, reply: FastifyReply) => FastifyReply

const hidden = { schema: { hide: true } }

/** Where somebody without a shop asks another for money (kupay.md 10.1). */
export function addAskRoutes(
  scope: FastifyInstance,
  app: AskApp,
  parts: { readonly mayAsk: (caller: string) => boolean; readonly sendUnknown: Unknown },
): void {
  scope.get<Place>('/request', hidden, async (request, reply) => {
    const offers = await offersOf(app)
    const asked = readTyped(request.query, offers, app.currencies)
    const typed = asked.choices.length > 0 ? asked : { ...asked, choices: usualChoices(offers) }
    return sendForm(app, request, reply, { offers, typed, key: randomUUID() }, 200)
  })
  scope.post<Place>('/request/text', hidden, async (request, reply) => await sendText(app, request.body ?? {}, reply))
  scope.post<Place>('/request', hidden, async (request, reply) => {
    const mayAsk = parts.mayAsk(countedAs(clientAddress(request, app.isBehindProxy)))
    return await take(app, request, reply, mayAsk)
  })
  scope.get<Place>('/request/:merchant/:id', hidden, async (request, reply) => {
    return (await sendLink(app, request, reply)) ?? parts.sendUnknown(request, reply)
  })
  scope.get<{ Params: { file: string } }>('/assets/request/:file', hidden, (request, reply) => {
    const bundle = app.build.find(requestBundle)
    const file = bundle?.files.get(request.params.file)
    if (!bundle) return sendNotBuilt(request, reply)
    return file ? sendBuilt(request, reply, file, forEver) : reply.callNotFound()
  })
}

/** Every token of every chain that can be watched; a chain's own coin after its tokens. */
async function offersOf({ chains }: AskApp): Promise<readonly Offer[]> {
  const all = await chains.settings.chains()
  return all
    .filter(({ endpoints }) => endpoints.length > 0)
    .flatMap((chain) => chain.tokens.map((token) => ({ chain, token })))
    .toSorted((a, b) => Number(a.token.address === coin) - Number(b.token.address === coin))
}

type Form = Pick<AskView, 'offers' | 'typed' | 'key' | 'problem'>

function sendForm(app: AskApp, request: FastifyRequest, reply: FastifyReply, form: Form, status: number): FastifyReply {
  const setting = settingOf(app, request)
  const page = askPage({
    ...form,
    ...{ setting: { ...setting, here: '/request' }, currencies: app.currencies, pageUrl: `${app.publicUrl}/request` },
    hasDemo: app.asks.demo !== undefined,
  })
  return sendScripted(app, setting, reply, page, status)
}

function sendScripted(
  app: AskApp,
  setting: Setting,
  reply: FastifyReply,
  page: ReturnType<typeof askPage>,
  status: number,
): FastifyReply {
  const script = app.build.find(requestBundle)?.entries.request?.name
  const head =
    script !== undefined && html`<script type="module" src="${setting.root}/assets/request/${script}"></script>`
  reply.header('content-security-policy', contentPolicy(undefined, { isLive: true }))
  return sendPage(reply, status, layout(setting, { ...page, ...(head && { head }) }))
}

/** The text for the wallet of `account`, for a form that is right; 422 for one that is wrong, which says why when it is sent. */
async function sendText(app: AskApp, body: AskBody, reply: FastifyReply): Promise<FastifyReply> {
  const offers = await offersOf(app)
  const ask = parseAsk(readTyped(body, offers, app.currencies), body, offers)
  const address = readProof(body)?.address
  if (!ask.ok || !address) return reply.code(422).send({})
  const issuedAt = new Date().toISOString()
  return reply.send({ text: await askText(app.publicUrl, { ...ask.value, address, issuedAt }), at: issuedAt })
}

async function take(
  app: AskApp,
  request: FastifyRequest<Place>,
  reply: FastifyReply,
  mayAsk: boolean,
): Promise<FastifyReply> {
  const body = request.body ?? {}
  const offers = await offersOf(app)
  const typed = readTyped(body, offers, app.currencies)
  const parsed = parseAsk(typed, body, offers)
  const sorry = (field: 'amount' | 'choice' | 'wallet', is: keyof AskProblems, status = 422) =>
    sendForm(app, request, reply, { offers, typed, key: randomUUID(), problem: { field, is } }, status)
  if (!mayAsk) return sorry('wallet', 'tooMany', 429)
  if (!parsed.ok) return sorry(parsed.reason, parsed.reason)
  const address = await provedAddress(app, body, parsed.value)
  if (!address) return sorry('wallet', 'unsigned')
  const payee = await app.asks.payees.open(address, parsed.value.chains)
  if (!payee.ok) return sorry('wallet', payee.reason === 'is_a_shop' ? 'isShop' : 'full', 409)
  const opened = await app.open({ ...parsed.value, merchant: payee.value, purpose: 'request', pageUrl: null })
  if (!opened) return sorry('amount', 'amount')
  const { id } = opened.payment
  return reply.redirect(`${settingOf(app, request).root}/request/${payee.value.prefix.toLowerCase()}/${id}`, 303)
}

/** Whose wallet has signed this; in the sandbox, the demo wallet's owner by a press of the button alone. */
async function provedAddress(app: AskApp, body: AskBody, ask: Ask): Promise<Address | undefined> {
  if (body.demo === '1' && app.asks.demo !== undefined) return app.asks.demo
  const proof = readProof(body)
  if (!proof) return undefined
  const agreed = { ...ask, address: proof.address, issuedAt: proof.issuedAt }
  return (await isAgreed(app.publicUrl, agreed, proof.signature, Date.now())) ? proof.address : undefined
}

async function sendLink(
  app: AskApp,
  request: FastifyRequest<Place>,
  reply: FastifyReply,
): Promise<FastifyReply | undefined> {
  const id = parsePaymentId(request.params.id)
  const merchant = id && (await app.merchants.byPaymentId(id))
  if (!id || merchant?.prefix.toLowerCase() !== request.params.merchant.toLowerCase()) return undefined
  const found = await app.asks.find(merchant, id)
  if (!found) return undefined
  const setting = settingOf(app, request)
  const { payment, forWhat, payUrl } = found
  const amount = formatMoney({ currency: payment.currency, minor: payment.total }, setting.locale)
  const codePath = `${new URL(payUrl).pathname}/qr/page`
  const isPaid = payment.captured > 0n
  return sendScripted(app, setting, reply, linkPage({ setting, amount, forWhat, payUrl, codePath, isPaid }), 200)
}
