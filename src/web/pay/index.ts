import type { FastifyInstance } from 'fastify'
import encodeQr from 'qr'
import { parseAddress, parseChainId, parseHash } from '../../domain/chain/address.ts'
import { dueUnits } from '../../domain/chain/open-amount.ts'
import { refuseOtherMethods } from '../../http/refuse-other-methods.ts'
import type { Part } from '../../http/server.ts'
import { forEver, sendBuilt, sendNotBuilt } from '../shared/build/send-built.ts'
import { createEventStreams, sendStream } from '../shared/event-streams.ts'
import { wishNamed } from '../shared/payment-choice.ts'
import { preparePages, sendWrongMethod } from '../shared/send.ts'
import { rootOf } from '../shared/setting.ts'
import { payBundle } from './bundle.ts'
import { allows, findPayment, type PayPath, pathOf } from './find-payment.ts'
import type { PayApp } from './pay-app.ts'
import { preparedTransaction } from './prepared-transaction.ts'
import { uriOf } from './send-part.ts'
import { sendUnknown, showPayment } from './show-payment.ts'
import { payStyle } from './style.ts'

/** Where a shopper pays from a wallet (kupay.md 11): server-rendered, complete without script. */
export function pay(app: PayApp): Part<unknown> {
  return { name: 'pay', register: (scope) => register(scope, app) }
}

type Address = {
  Params: PayPath
  Querystring: { choose?: string; units?: string }
  Body: { choice?: string; chain?: string; transaction?: string; account?: string } | undefined
}

const hidden = { schema: { hide: true } }
const path = '/pay/:merchant/:id'

async function register(scope: FastifyInstance, app: PayApp): Promise<void> {
  await preparePages(scope, app, { bodyLimit: 1_024 })
  const refuseTheRest = refuseOtherMethods(scope, (request, reply, allowed) =>
    sendWrongMethod(app, request, reply, allowed),
  )
  addPages(scope, app)
  addCodes(scope, app)
  addCalls(scope, app)
  addFiles(scope, app)
  refuseTheRest()
}

/** The page, and what its forms do. */
function addPages(scope: FastifyInstance, app: PayApp): void {
  const root = rootOf(app.publicUrl)
  scope.get<Address>(path, hidden, async (request, reply) => {
    const found = await findPayment(app, request.params)
    return found
      ? await showPayment(app, found, request, reply, { wantsChoice: request.query.choose === '1' })
      : sendUnknown(app, request, reply)
  })
  scope.post<Address>(path, hidden, async (request, reply) => {
    const found = await findPayment(app, request.params)
    if (!found) return sendUnknown(app, request, reply)
    const wish = wishNamed(request.body?.choice ?? '')
    const isAllowed = wish && allows(found.links, wish.chainId, wish.token)
    const asked = isAllowed ? await app.chains.ask(found.stored.payment, wish) : undefined
    if (asked?.ok) return reply.redirect(`${root}${pathOf(request.params)}`, 303)
    const problem = asked?.reason.reason ?? 'not_offered'
    return await showPayment(app, found, request, reply, { wantsChoice: true, problem })
  })
  scope.post<Address>(`${path}/demo`, hidden, async (request, reply) => {
    const found = app.wallet && (await findPayment(app, request.params))
    if (!app.wallet || !found) return sendUnknown(app, request, reply)
    const [chain = '', token] = (request.body?.choice ?? '').split('/')
    const chainId = parseChainId(Number(chain))
    const paid = chainId && (await app.wallet.pay(found.merchant.id, found.stored.payment.id, { chainId, token }))
    if (paid?.ok) return reply.redirect(`${root}${pathOf(request.params)}`, 303)
    return await showPayment(app, found, request, reply, { wantsChoice: true, problem: 'not_sent' })
  })
}

/** Codes for cameras: the payment itself, for a wallet, and the page, for a phone. */
function addCodes(scope: FastifyInstance, app: PayApp): void {
  const svg = (text: string): string => onWhite(encodeQr(text, 'svg', { border: 4 }))
  scope.get<Address>(`${path}/qr/page`, hidden, async (request, reply) => {
    const found = await findPayment(app, request.params)
    if (!found) return sendUnknown(app, request, reply)
    return reply.header('content-type', 'image/svg+xml').send(svg(`${app.publicUrl}${pathOf(request.params)}`))
  })
  scope.get<Address>(`${path}/qr/:number/:units`, hidden, async (request, reply) => {
    const amount = await amountOf(app, request.params)
    if (!amount) return sendUnknown(app, request, reply)
    return reply.header('content-type', 'image/svg+xml').send(svg(uriOf(amount)))
  })
}

/** Cameras want dark on light, whatever scheme the page is shown in. */
function onWhite(svg: string): string {
  return svg.replace(/<svg[^>]*>/, '$&<rect width="100%" height="100%" fill="#fff"/>')
}

/**
 * A page without a stream asks by itself now and then, so that nobody is turned away by these bounds. Of one payment: a shopper's devices, and a few people
 * who look over the shoulder.
 */
const streamLimits = { most: 2_000, mostOfOne: 10, beatMs: 15_000, longestMs: 600_000 }

/** What the page's script asks. */
function addCalls(scope: FastifyInstance, app: PayApp): void {
  const streams = createEventStreams(streamLimits)
  scope.addHook('preClose', async () => streams.close())
  scope.get<Address>(`${path}/events`, hidden, async (request, reply) => {
    const found = await findPayment(app, request.params)
    if (!found) return sendUnknown(app, request, reply)
    const key = { merchantId: found.merchant.id, paymentId: found.stored.payment.id }
    const stream = streams.open(key.paymentId, ({ say }) =>
      app.changes.watch(key, (version) => say(`data: ${version}\n\n`)),
    )
    return stream ? sendStream(reply, stream) : reply.code(503).header('retry-after', '5').send()
  })
  // What is due may have changed, or the price may have ended, since the button was drawn: then there is nothing to sign.
  scope.get<Address>(`${path}/transaction/:number`, hidden, async (request, reply) => {
    const found = await findPayment(app, request.params)
    if (!found) return sendUnknown(app, request, reply)
    const amount = await amountOf(app, request.params)
    const isOpen = amount?.closedAt === null && (amount.expiresAt > app.clock.now() || amount.received > 0n)
    const isAsShown = amount !== undefined && String(dueUnits(amount)) === request.query.units
    if (!amount || !isOpen || !isAsShown || found.stored.payment.state !== 'created') return reply.code(409).send({})
    return reply.send(preparedTransaction(amount))
  })
  // Never believed alone (decision 0030): it helps where the amount does not decide.
  scope.post<Address>(`${path}/hint`, hidden, async (request, reply) => {
    const found = await findPayment(app, request.params)
    if (!found) return sendUnknown(app, request, reply)
    const { chain = '', transaction = '', account = '' } = request.body ?? {}
    const [chainId, hash, payer] = [parseChainId(Number(chain)), parseHash(transaction), parseAddress(account)]
    if (!chainId || !payer || (transaction !== '' && !hash)) return reply.code(400).send({})
    const key = { merchantId: found.merchant.id, paymentId: found.stored.payment.id }
    await app.chains.tell({ ...key, chainId, transaction: hash ?? null, payer })
    return reply.code(204).send()
  })
}

async function amountOf(app: PayApp, params: PayPath) {
  const found = await findPayment(app, params)
  if (!found) return undefined
  const { amounts } = await app.chains.state(found.merchant.id, found.stored.payment.id)
  return amounts.find(({ number }) => String(number) === params.number)
}

/** The script and the style sheet. Their names change with their content. */
function addFiles(scope: FastifyInstance, app: PayApp): void {
  scope.get(payStyle.path, hidden, (_request, reply) =>
    reply.headers({ 'content-type': payStyle.type, 'cache-control': forEver }).removeHeader('vary').send(payStyle.text),
  )
  scope.get<{ Params: { file: string } }>('/assets/pay/:file', hidden, (request, reply) => {
    const bundle = app.build.find(payBundle)
    const file = bundle?.files.get(request.params.file)
    if (!bundle) return sendNotBuilt(request, reply)
    return file ? sendBuilt(request, reply, file, forEver) : reply.callNotFound()
  })
}
