import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Language } from '../../kernel/language.ts'
import { contentPolicy } from '../shared/content-policy.ts'
import { type Html, html } from '../shared/html.ts'
import { layout } from '../shared/layout.ts'
import { merchantBrand } from '../shared/merchant-brand.ts'
import { noticePage } from '../shared/notice-page.ts'
import { sendPage } from '../shared/send.ts'
import { settingOf } from '../shared/setting.ts'
import { payBundle } from './bundle.ts'
import { closedContent } from './closed-page.ts'
import { allows, type Found, type PayPath, pathOf } from './find-payment.ts'
import { openContent } from './open-page.ts'
import type { PayApp } from './pay-app.ts'
import type { PayView } from './pay-view.ts'
import { type Stage, stageOf } from './stage.ts'
import { payStyle } from './style.ts'
import { type PayWords, payWords } from './words/index.ts'

export type Shown = {
  /** the payer wants another token */
  readonly wantsChoice: boolean
  /** what was refused, of the words for it */
  readonly problem?: keyof PayWords['refused'] | undefined
}

/** Sends the payment's page as it is now. */
export async function showPayment(
  app: PayApp,
  found: Found,
  request: FastifyRequest,
  reply: FastifyReply,
  { wantsChoice, problem }: Shown,
): Promise<FastifyReply> {
  const brand = await app.merchants.brand(found.merchant.id)
  const view = await viewOf(app, found, request, { wantsChoice, problem, language: brand.language })
  const { stage, setting, words, shop, version } = view
  const content = isOpen(stage)
    ? { title: words.title(shop), main: openContent(view, stage) }
    : closedContent(view, stage)
  const script = app.build.find(payBundle)?.entries.pay?.name
  reply.header('content-security-policy', contentPolicy(undefined, { isLive: true }))
  const main = version === undefined ? content.main : live(view, content.main)
  const look = merchantBrand(setting.root, found.merchant, brand)
  const page = layout(setting, { title: content.title, main, head: headOf(view, script), ...look })
  return sendPage(reply, problem === undefined ? 200 : 409, page)
}

async function viewOf(
  app: PayApp,
  { merchant, stored: found, links }: Found,
  request: FastifyRequest,
  { wantsChoice, problem, language }: Shown & { readonly language: Language | null },
): Promise<PayView> {
  const key = { merchantId: merchant.id, paymentId: found.payment.id }
  // Before all that is shown, the payment included: a page that is newer than it says is looked at once more, an older one would never be.
  const version = await app.changes.version(key)
  const [stored, state, offered] = await Promise.all([
    app.payments.find(merchant.id, key.paymentId),
    app.chains.state(merchant.id, key.paymentId),
    app.chains.choices(merchant.id),
  ])
  const choices = offered.filter(({ chain, token }) => allows(links, chain.id, token.address))
  const { payment } = stored ?? found
  const now = app.clock.now()
  const here = pathOf(request.params as PayPath)
  const setting = { ...settingOf(app, request, language ?? undefined), here }
  const words = payWords[setting.language]
  const stage = stageOf({ payment, state, choices, now, wantsChoice })
  const mayChange = stage.kind !== 'paid' && stage.kind !== 'cancelled' && !wantsChoice
  return {
    ...{ setting, words, payment, links, choices, stage, now },
    own: `${setting.root}${here}`,
    pageUrl: `${app.publicUrl}${here}`,
    shop: merchant.name,
    strays: state.strays,
    genesis: new Map((app.wallet?.list() ?? []).map(({ chainId, genesis }) => [chainId, genesis])),
    problem: problem && words.refused[problem],
    version: mayChange ? version : undefined,
  }
}

function isOpen(stage: Stage): stage is Parameters<typeof openContent>[1] {
  return stage.kind === 'choosing' || stage.kind === 'waiting' || stage.kind === 'partial'
}

/** Whatever the script needs: where it hears of changes, and what it says. */
function live({ own, version, words, stage }: PayView, main: Html): Html {
  return html`<div data-live="${stage.kind}" data-version="${version}" data-own="${own}" data-words="${JSON.stringify(words.script)}">${main}</div>`
}

/**
 * Without script, a page that asks for an amount does not move while it is read (WCAG 2.2.1): it has a link that looks again. One that only
 * waits for the network looks again by itself.
 */
function headOf({ setting, stage }: PayView, script: string | undefined): Html {
  return html`
<link rel="stylesheet" href="${setting.root}${payStyle.path}">${
    stage.kind === 'confirming' &&
    html`
<noscript><meta http-equiv="refresh" content="5"></noscript>`
  }${
    script !== undefined &&
    html`
<script type="module" src="${setting.root}/assets/pay/${script}"></script>`
  }`
}

/** A payment that is not there: of another merchant, of no merchant, or not paid from a wallet. */
export function sendUnknown(app: PayApp, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const setting = settingOf(app, request)
  return sendPage(
    reply,
    404,
    noticePage(setting, { kind: 'sorry', notice: payWords[setting.language].notices.unknown }),
  )
}
