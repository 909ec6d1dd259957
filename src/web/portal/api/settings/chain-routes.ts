import { Type } from 'typebox'
import type { WalletRefusal } from '../../../../app/chain/chain-settings.ts'
import { parseChainId } from '../../../../domain/chain/address.ts'
import { type ChainTerms, explainTermsRefusal } from '../../../../domain/chain/chain-terms.ts'
import type { PortalApp } from '../../portal-app.ts'
import { Refused, route } from '../route.ts'
import { done, merchant, ofMerchant } from '../shapes.ts'

const change = { to: 'merchant', permission: 'change_wallets', stepUp: true } as const

const terms = {
  chains: Type.Array(Type.Integer(), { maxItems: 100 }),
  tokens: Type.Array(Type.String({ maxLength: 20 }), { maxItems: 100 }),
  tolerancePpm: Type.Integer(),
  spreadPpm: Type.Integer(),
  quoteMs: Type.Integer(),
  watchMs: Type.Integer(),
}

/** Where and how a shop is paid on chains. Addresses redirect money, so their changes want a fresh proof of who presses. */
export function chainRoutes(app: PortalApp) {
  const { settings } = app.chains
  return [
    route({
      method: 'GET',
      url: '/merchants/{merchant}/chains',
      access: { to: 'merchant', permission: 'view_transfers' },
      summary: 'Chains, the wallet that is paid on each, and on what terms',
      schemas: {
        params: ofMerchant,
        answer: Type.Object({
          chains: Type.Array(
            Type.Object({
              chainId: Type.Integer(),
              name: Type.String(),
              isLocal: Type.Boolean(),
              confirmations: Type.Integer(),
              tokens: Type.Array(Type.String()),
              wallet: Type.Union([Type.String(), Type.Null()]),
              formerWallets: Type.Array(Type.String()),
            }),
          ),
          terms: Type.Object(terms),
        }),
      },
      handle: async ({ caller: { merchantId } }) => {
        const [chains, wallets, current] = await Promise.all([
          settings.chains(),
          settings.wallets(merchantId),
          settings.terms(merchantId),
        ])
        const { chains: taken, tokens, tolerancePpm, spreadPpm, quoteMs, watchMs } = current
        return {
          chains: chains.map((chain) => {
            const own = wallets.filter(({ chainId }) => chainId === chain.id)
            return {
              ...{ chainId: chain.id, name: chain.name, isLocal: chain.isLocal, confirmations: chain.confirmations },
              tokens: chain.tokens.map(({ symbol }) => symbol),
              wallet: own.find(({ isCurrent }) => isCurrent)?.address ?? null,
              formerWallets: own.filter(({ isCurrent }) => !isCurrent).map(({ address }) => address),
            }
          }),
          terms: { chains: [...taken], tokens: [...tokens], tolerancePpm, spreadPpm, quoteMs, watchMs },
        }
      },
    }),
    route({
      method: 'PUT',
      url: '/merchants/{merchant}/wallets/{chain}',
      access: change,
      summary: 'Be paid at another address of a chain, or not there any more',
      schemas: {
        params: Type.Object({
          merchant,
          chain: Type.String({ pattern: '^[0-9]{1,15}$' }),
        }),
        // Null first: where a text comes first, null is taken for an empty one.
        body: Type.Object({ address: Type.Union([Type.Null(), Type.String({ maxLength: 64 })]) }),
        answer: done,
      },
      handle: async ({ params, body, caller: { merchantId, by } }) => {
        const chainId = parseChainId(Number(params.chain))
        if (chainId === undefined) throw refusals.unknown_chain
        const address = body.address === null ? null : body.address.trim()
        const set = await settings.setWallet(merchantId, { chainId, address }, by)
        if (!set.ok) throw refusals[set.reason]
        return { ok: true as const }
      },
    }),
    route({
      method: 'PUT',
      url: '/merchants/{merchant}/chain-terms',
      access: change,
      summary: 'Change the terms that payments on chains are taken on',
      schemas: { params: ofMerchant, body: Type.Partial(Type.Object(terms)), answer: done },
      handle: async ({ body, caller: { merchantId, by } }) => {
        const { chains, tokens, tolerancePpm, spreadPpm, quoteMs, watchMs } = body
        const given = { chains, tokens, tolerancePpm, spreadPpm, quoteMs, watchMs }
        const named = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined))
        const changed = await settings.changeTerms(merchantId, named as Partial<ChainTerms>, by)
        if (!changed.ok) throw new Refused(422, changed.reason, explainTermsRefusal(changed.reason))
        return { ok: true as const }
      },
    }),
  ] as const
}

const refusals: Readonly<Record<WalletRefusal, Refused>> = {
  unknown_chain: new Refused(404, 'chain_not_set_up', 'This chain is not set up on this server.'),
  not_an_address: new Refused(422, 'not_an_address', 'This is not an address, or a character of it was mistyped.'),
  taken: new Refused(
    409,
    'wallet_taken',
    'Another shop is paid at this address: the same amount could not be told apart. Use one of your own.',
  ),
}
