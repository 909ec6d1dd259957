import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { ChainSettings, WalletRefusal } from '../../../app/chain/chain-settings.ts'
import type { WriteOnce } from '../../../app/shared/write-once.ts'
import { type ChainId, coin, parseChainId } from '../../../domain/chain/address.ts'
import type { Chain } from '../../../domain/chain/chain.ts'
import { explainTermsRefusal } from '../../../domain/chain/chain-terms.ts'
import { ok, type Result, refuse } from '../../../kernel/result.ts'
import { answer, answering } from '../../shared/handler.ts'
import { invalid, notFound, type Refusal, refusal } from '../../shared/refusal.ts'
import { byKey } from '../auth.ts'
import { readFields } from '../input.ts'
import { registerWrite } from '../register-write.ts'
import * as schemas from './schemas.ts'
import { readTermsChange, termNames, termsView } from './terms.ts'

/** How a merchant is paid on chains: chains, terms, receiving addresses. */
export function registerChainSettings(scope: FastifyInstance, settings: ChainSettings, once: WriteOnce): void {
  scope.get(
    '/tercet/chains',
    schemas.listChains,
    answering(async (request) => {
      const [chains, wallets] = await Promise.all([settings.chains(), settings.wallets(request.tercetMerchantId)])
      const current = new Map(wallets.filter(({ isCurrent }) => isCurrent).map((each) => [each.chainId, each.address]))
      return answer({ chains: chains.map((chain) => ({ ...chainView(chain), wallet: current.get(chain.id) ?? null })) })
    }),
  )
  scope.get(
    '/tercet/chains/terms',
    schemas.readTerms,
    answering(async (request) => answer(termsView(await settings.terms(request.tercetMerchantId)))),
  )
  registerWrite(scope, { method: 'PATCH', url: '/tercet/chains/terms', ...schemas.changeTerms }, once, (request) => {
    const fields = readFields(request, termNames)
    if (!fields.ok) return fields
    const change = readTermsChange(fields.value)
    if (!change.ok) return change
    return ok(async (client) => {
      const changed = await settings.changeTerms(request.tercetMerchantId, change.value, byKey(request), client)
      return changed.ok ? answer(termsView(changed.value)) : refuse(invalid(explainTermsRefusal(changed.reason)))
    })
  })
  registerWallets(scope, settings, once)
}

function registerWallets(scope: FastifyInstance, settings: ChainSettings, once: WriteOnce): void {
  const path = '/tercet/wallets'
  scope.get(
    path,
    schemas.listWallets,
    answering(async (request) => {
      const wallets = await settings.wallets(request.tercetMerchantId)
      return answer({
        wallets: wallets.map(({ chainId, address, isCurrent }) => ({ chainId, address, current: isCurrent })),
      })
    }),
  )
  registerWrite(scope, { method: 'POST', url: path, ...schemas.setWallet }, once, (request) => {
    const fields = readFields(request, ['chainId', 'address'])
    if (!fields.ok) return fields
    const { chainId, address } = fields.value
    const chain = typeof chainId === 'number' ? parseChainId(chainId) : undefined
    if (chain === undefined) return refuse(invalid('The field chainId must be the number of a chain, like 321.'))
    if (typeof address !== 'string') return refuse(invalid('The field address must be a string: 0x and 40 hex digits.'))
    const wallet = { chainId: chain, address }
    return ok(async (client) => {
      const set = await settings.setWallet(request.tercetMerchantId, wallet, byKey(request), client)
      return set.ok ? answer({ chainId: chain, address: set.value, current: true }) : refuse(refusals[set.reason])
    })
  })
  registerWrite(scope, { method: 'DELETE', url: `${path}/:id`, ...schemas.stopWallet }, once, (request) => {
    const chainId = pathChain(request)
    if (!chainId.ok) return chainId
    const wallet = { chainId: chainId.value, address: null }
    return ok(async (client) => {
      const stopped = await settings.setWallet(request.tercetMerchantId, wallet, byKey(request), client)
      return stopped.ok ? ok({ status: 204 }) : refuse(notFound('chain'))
    })
  })
}

const refusals: Record<WalletRefusal, Refusal> = {
  unknown_chain: invalid('That chain is not set up on this server. GET /tercet/chains lists those that are.'),
  not_an_address: invalid('The field address is not an address, or a character of it was mistyped.'),
  taken: refusal(
    409,
    'wallet_taken',
    'Another merchant is paid at that address: the same amount could not be told apart.',
  ),
}

function pathChain(request: FastifyRequest): Result<ChainId, Refusal> {
  const { id } = request.params as { id: string }
  const chainId = /^\d{1,15}$/.test(id) ? parseChainId(Number(id)) : undefined
  return chainId === undefined ? refuse(notFound('chain')) : ok(chainId)
}

function chainView({
  id,
  name,
  coin: symbol,
  explorerUrl,
  tokens,
  confirmations,
  hasFinality,
  isLocal,
}: Chain): object {
  return {
    ...{ chainId: id, name, coin: symbol, explorerUrl },
    tokens: tokens.map((token) => ({
      symbol: token.symbol,
      address: token.address === coin ? null : token.address,
      decimals: token.decimals,
    })),
    ...{ confirmations, hasFinality, local: isLocal },
  }
}
