import { Type } from 'typebox'
import type { ClockRefusal } from '../../../../app/sandbox/clock-mover.ts'
import { acquirerFaults } from '../../../../app/sandbox/staff-sandbox.ts'
import { isoOf } from '../../../../kernel/instant.ts'
import type { PortalApp } from '../../portal-app.ts'
import { Refused, route } from '../route.ts'
import { done, ofMerchant } from '../shapes.ts'

const use = { to: 'merchant', permission: 'use_sandbox' } as const
const now = Type.Object({ now: Type.String() })

const clockSentences: Readonly<Record<ClockRefusal, string>> = {
  in_the_past: 'The clock only moves forward.',
  too_far: 'The clock cannot be moved that far.',
}

/** Ten years: further than any plan of an order reaches. */
const furthestSeconds = 315_360_000

/** The sandbox's levers. In live mode there is no sandbox, and these answer as unknown. */
export function sandboxRoutes(app: PortalApp) {
  const sandboxOf = () => {
    const { sandbox } = app.developers
    if (!sandbox) throw new Refused(404, 'no_sandbox', 'There is no sandbox in live mode.')
    return sandbox
  }
  return [
    route({
      method: 'GET',
      url: '/merchants/{merchant}/sandbox',
      access: use,
      summary: 'The time of the sandbox, its test cards and its local chains',
      schemas: {
        params: ofMerchant,
        answer: Type.Object({
          now: Type.String(),
          cards: Type.Array(Type.Object({ number: Type.String(), outcome: Type.String() })),
          chains: Type.Array(
            Type.Object({
              chainId: Type.Integer(),
              rpcUrl: Type.Union([Type.String(), Type.Null()]),
              account: Type.String(),
              tokens: Type.Array(
                Type.Object({ symbol: Type.String(), address: Type.String(), decimals: Type.Integer() }),
              ),
            }),
          ),
          faults: Type.Array(Type.Enum([...acquirerFaults])),
        }),
      },
      handle: async () => {
        const sandbox = sandboxOf()
        return {
          now: isoOf(sandbox.now()),
          cards: sandbox.cards.map(([number, outcome]) => ({ number, outcome })),
          chains: sandbox.chains().map(({ chainId, url, account, tokens }) => ({
            chainId,
            rpcUrl: url,
            account,
            tokens: tokens.map(({ symbol, address, decimals }) => ({ symbol, address, decimals })),
          })),
          faults: [...acquirerFaults],
        }
      },
    }),
    route({
      method: 'POST',
      url: '/merchants/{merchant}/sandbox/clock',
      access: use,
      summary: 'Move the clock of the sandbox forward; answers when everything that fell due has happened',
      schemas: {
        params: ofMerchant,
        body: Type.Object({ advanceSeconds: Type.Integer({ minimum: 1, maximum: furthestSeconds }) }),
        answer: now,
      },
      handle: async ({ body, caller: { merchantId, by } }) => {
        const moved = await sandboxOf().advance(merchantId, body.advanceSeconds, by)
        if (!moved.ok) throw new Refused(409, moved.reason, clockSentences[moved.reason])
        return { now: isoOf(moved.value) }
      },
    }),
    route({
      method: 'PUT',
      url: '/merchants/{merchant}/sandbox/faults',
      access: use,
      summary: 'Let the acquirer simulator fail, as often as told',
      schemas: {
        params: ofMerchant,
        body: Type.Object({
          fault: Type.Enum([...acquirerFaults]),
          count: Type.Integer({ minimum: 1, maximum: 1_000 }),
        }),
        answer: done,
      },
      handle: async ({ body, caller: { merchantId, by } }) => {
        if (!(await sandboxOf().orderFaults(merchantId, body.fault, body.count, by)))
          throw new Refused(
            409,
            'no_simulator',
            'No acquirer simulator runs beside this server. It is started with an embedded database.',
          )
        return { ok: true as const }
      },
    }),
    route({
      method: 'GET',
      url: '/merchants/{merchant}/sandbox/messages',
      access: use,
      summary: 'E-mails and text messages as their shoppers see them, newest first',
      schemas: {
        params: ofMerchant,
        answer: Type.Object({
          messages: Type.Array(
            Type.Object({
              id: Type.String(),
              channel: Type.String(),
              recipient: Type.String(),
              subject: Type.String(),
              text: Type.String(),
              state: Type.String(),
              createdAt: Type.String(),
            }),
          ),
        }),
      },
      handle: async ({ caller: { merchantId } }) => ({
        messages: (await sandboxOf().messages(merchantId)).map((message) => ({
          id: message.id,
          channel: message.channel,
          recipient: message.recipient,
          subject: message.channel === 'email' ? message.subject : '',
          text: message.text,
          state: message.state,
          createdAt: isoOf(message.createdAt),
        })),
      }),
    }),
  ] as const
}
