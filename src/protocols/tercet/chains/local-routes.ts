import type { FastifyInstance } from 'fastify'
import type { LocalChains, LocalChainView, LocalPayRefusal } from '../../../app/chain/local-chains.ts'
import { keptAfterwards, type WriteOnce } from '../../../app/shared/write-once.ts'
import { coin, parseChainId } from '../../../domain/chain/address.ts'
import { unreachable } from '../../../kernel/assert.ts'
import type { PaymentId } from '../../../kernel/ids.ts'
import { largestUnits } from '../../../kernel/token-amount.ts'
import { invalid, notFound, Refused } from '../errors.ts'
import { readFields } from '../input.ts'
import { registerWrite } from '../register-write.ts'
import { listLocalChains, payOnChain } from './schemas.ts'

/** The sandbox's chains, and its shopper's wallet without a browser. Not registered in live mode. */
export function registerLocalChains(
  scope: FastifyInstance,
  chains: LocalChains,
  paymentIdOf: (text: string) => PaymentId | undefined,
  once: WriteOnce,
): void {
  scope.get('/sandbox/chains', listLocalChains, async () => chains.list().map(chainView))
  const pay = { method: 'POST', url: '/sandbox/payments/:id/pay', ...payOnChain } as const
  registerWrite(scope, pay, keptAfterwards(once), (request) => {
    const fields = readFields(request, ['chainId', 'token', 'units'])
    const chainId = typeof fields.chainId === 'number' ? parseChainId(fields.chainId) : undefined
    if (chainId === undefined) throw invalid('The field chainId must be the number of a local chain, like 321.')
    const { token } = fields
    if (token !== undefined && typeof token !== 'string')
      throw invalid('The field token must be the symbol of a token.')
    const paymentId = paymentIdOf((request.params as { id: string }).id)
    if (!paymentId) throw notFound('payment')
    const units = readUnits(fields.units)
    return async () => {
      const paid = await chains.pay(request.tercetMerchantId, paymentId, { chainId, token, units })
      return paid.ok ? { status: 200, body: paid.value } : refused(paid.reason)
    }
  })
}

/** The chain's own coin is named by the chain: its address is none that a wallet could add. */
function chainView({ chainId, url, tokens, account }: LocalChainView): object {
  const contracts = tokens.filter(({ address }) => address !== coin)
  return {
    chainId,
    rpcUrl: url,
    tokens: contracts.map(({ symbol, address, decimals }) => ({ symbol, address, decimals })),
    account,
  }
}

function readUnits(value: unknown): bigint | undefined {
  if (value === undefined) return undefined
  const units = typeof value === 'string' && /^[1-9]\d{0,77}$/.test(value) ? BigInt(value) : undefined
  if (units !== undefined && units <= largestUnits) return units
  throw invalid('The field units must be a whole number of the smallest unit, as a text.')
}

function refused(refusal: LocalPayRefusal): Refused {
  switch (refusal.reason) {
    case 'unknown_payment':
      return notFound('payment')
    case 'unknown_chain':
      return new Refused(
        409,
        'chain_not_running',
        'No such local chain is running. GET /sandbox/chains lists those that are.',
      )
    case 'unknown_token':
      return invalid('There is no such token on that chain.')
    case 'not_offered':
      return new Refused(409, 'not_offered', 'The merchant does not take that token on that chain.')
    case 'not_open':
      return new Refused(409, 'payment_not_open', 'The payment is not waiting to be paid.')
    case 'no_free_amount':
    case 'no_price':
    case 'price_in_doubt':
      return new Refused(409, refusal.reason, 'There is no exact amount to be asked for in that token now.')
    case 'not_sent':
      return new Refused(409, 'not_sent', `The chain refused the transaction: ${refusal.message.slice(0, 200)}`)
    default:
      return unreachable(refusal)
  }
}
