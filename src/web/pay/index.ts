import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import encodeQr from 'qr'
import type { StoredPayment } from '../../app/app.ts'
import { parseAddress, parseChainId } from '../../domain/chain/address.ts'
import type { MerchantTerms } from '../../domain/merchant/terms.ts'
import { refuseOtherMethods } from '../../http/refuse-other-methods.ts'
import type { Part } from '../../http/server.ts'
import { parsePaymentId } from '../../kernel/ids.ts'
import { layout } from '../shared/layout.ts'
import { noticePage } from '../shared/notice-page.ts'
import { preparePages, sendPage, sendWrongMethod } from '../shared/send.ts'
import { settingOf } from '../shared/setting.ts'
import type { PayApp, ShopLinks } from './pay-app.ts'
import { type Amount, openPage, uriOf } from './pay-page.ts'
import { words } from './words.ts'

/** Where a shopper pays from a wallet (kupay.md): server-rendered, complete without script, looking for the money by itself. */
export function pay(app: PayApp): Part<unknown> {
  return { name: 'pay', register: (scope) => register(scope, app) }
}

type Address = {
  Params: { merchant: string; id: string; number?: string }
  Querystring: { choose?: string }
  Body: { choice?: string }
}
type Found = { readonly merchant: MerchantTerms; readonly stored: StoredPayment; readonly links: ShopLinks }

/** Seconds until the browser looks again, while money is awaited. */
const lookAgain = 5

async function register(scope: FastifyInstance, app: PayApp): Promise<void> {
  await preparePages(scope, app, { bodyLimit: 1_024 })
  const refuseTheRest = refuseOtherMethods(scope, (request, reply, allowed) =>
    sendWrongMethod(app, request, reply, allowed),
  )
  const hidden = { schema: { hide: true } }
  const path = '/pay/:merchant/:id'
  scope.get<Address>(path, hidden, async (request, reply) => {
    const found = await find(app, request.params)
    return found
      ? await sendPayment(app, found, request, reply, { wantsChoice: request.query.choose === '1' })
      : sendUnknown(app, request, reply)
  })
  scope.post<Address>(path, hidden, async (request, reply) => {
    const found = await find(app, request.params)
    if (!found) return sendUnknown(app, request, reply)
    const wish = wishOf(request.body?.choice)
    const asked = wish && (await app.chains.ask(found.stored.payment, wish))
    if (asked?.ok) return reply.redirect(addressOf(app, request), 303)
    const problem = sentenceOf(asked?.reason.reason ?? 'not_offered')
    return await sendPayment(app, found, request, reply, { wantsChoice: true, problem })
  })
  scope.post<Address>(`${path}/demo`, hidden, async (request, reply) => {
    const found = app.wallet && (await find(app, request.params))
    if (!app.wallet || !found) return sendUnknown(app, request, reply)
    const [chain = '', token] = (request.body?.choice ?? '').split('/')
    const chainId = parseChainId(Number(chain))
    const paid = chainId && (await app.wallet.pay(found.merchant.id, found.stored.payment.id, { chainId, token }))
    if (paid?.ok) return reply.redirect(addressOf(app, request).replace(/\/demo$/, ''), 303)
    return await sendPayment(app, found, request, reply, { wantsChoice: true, problem: words.refused.not_sent })
  })
  scope.get<Address>(`${path}/qr/:number`, hidden, async (request, reply) => {
    const found = await find(app, request.params)
    const { amounts } = found ? await app.chains.state(found.merchant.id, found.stored.payment.id) : { amounts: [] }
    const amount = amounts.find(({ number }) => String(number) === request.params.number)
    if (!amount) return sendUnknown(app, request, reply)
    return reply.header('content-type', 'image/svg+xml').send(onWhite(encodeQr(uriOf(amount), 'svg', { border: 4 })))
  })
  refuseTheRest()
}

/** Cameras want dark on light, whatever scheme the page is shown in. */
function onWhite(svg: string): string {
  return svg.replace(/<svg[^>]*>/, '$&<rect width="100%" height="100%" fill="#fff"/>')
}

/** The payment of this address. One that belongs to another merchant, or is not paid from a wallet, is not there. */
async function find(app: PayApp, { merchant: prefix, id: text }: Address['Params']): Promise<Found | undefined> {
  const id = parsePaymentId(text)
  const merchant = id && (await app.merchants.byPaymentId(id))
  if (!id || !merchant || merchant.prefix.toLowerCase() !== prefix.toLowerCase()) return undefined
  const stored = await app.payments.find(merchant.id, id)
  const links = stored && app.linksOf(stored)
  return stored && links ? { merchant, stored, links } : undefined
}

async function sendPayment(
  app: PayApp,
  { merchant, stored: { payment }, links }: Found,
  request: FastifyRequest,
  reply: FastifyReply,
  { wantsChoice, problem }: { readonly wantsChoice: boolean; readonly problem?: string },
): Promise<FastifyReply> {
  const setting = { ...settingOf(app, request), here: hereOf(request) }
  const isOpen = payment.state === 'created' || payment.state === 'processing'
  if (!isOpen) {
    const isPaid = payment.captured > 0n
    const notice = isPaid ? words.paid : words.over
    const href = isPaid ? links.paid : links.cancel
    const link = href === null ? undefined : { href, text: words.back }
    return sendPage(reply, 200, noticePage(setting, { kind: isPaid ? 'good' : 'sorry', notice, link }))
  }
  const [{ amounts }, choices] = await Promise.all([
    app.chains.state(merchant.id, payment.id),
    app.chains.choices(merchant.id),
  ])
  const amount = wantsChoice ? undefined : newestOpen(amounts, app)
  if (amount) reply.header('refresh', String(lookAgain))
  const hasWallet =
    app.wallet !== undefined &&
    amount !== undefined &&
    app.wallet.list().some(({ chainId }) => chainId === amount.chainId)
  const main = openPage({ setting, shop: merchant.name, payment, links, choices, amount, hasWallet, problem })
  return sendPage(
    reply,
    problem === undefined ? 200 : 409,
    layout(setting, { title: words.title(merchant.name), main }),
  )
}

/** One whose price still holds, or to which a part has come already. */
function newestOpen(amounts: readonly Amount[], { clock }: PayApp): Amount | undefined {
  const now = clock.now()
  return amounts.findLast(
    ({ closedAt, expiresAt, received }) => closedAt === null && (expiresAt > now || received > 0n),
  )
}

function wishOf(choice: string | undefined) {
  const [chain = '', address = ''] = (choice ?? '').split('/')
  const [chainId, token] = [parseChainId(Number(chain)), parseAddress(address)]
  return chainId === undefined || token === undefined ? undefined : { chainId, token }
}

function sentenceOf(reason: string): string {
  const { refused } = words
  return Object.hasOwn(refused, reason) ? refused[reason as keyof typeof refused] : refused.no_price
}

/** The payment's own address, whichever of its addresses was asked for. */
function hereOf(request: FastifyRequest): string {
  const { merchant, id } = request.params as Address['Params']
  return `/pay/${encodeURIComponent(merchant.toLowerCase())}/${encodeURIComponent(id)}`
}

function addressOf({ publicUrl }: PayApp, request: FastifyRequest): string {
  return `${publicUrl}${hereOf(request)}`
}

function sendUnknown(app: PayApp, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  return sendPage(reply, 404, noticePage(settingOf(app, request), { kind: 'sorry', notice: words.unknown }))
}
