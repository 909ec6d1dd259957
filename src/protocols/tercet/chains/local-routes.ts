import type { FastifyInstance } from 'fastify'
import type { LocalChains, LocalChainView, LocalPayRefusal, LocalPayWish } from '../../../app/chain/local-chains.ts'
import { keptAfterwards, type WriteOnce } from '../../../app/shared/write-once.ts'
import { coin, parseChainId } from '../../../domain/chain/address.ts'
import { unreachable } from '../../../kernel/assert.ts'
import type { PaymentId } from '../../../kernel/ids.ts'
import { allOf, ok, type Result, refuse } from '../../../kernel/result.ts'
import { largestUnits, type TokenAmount, tokenAmount } from '../../../kernel/token-amount.ts'
import type { JsonObject } from '../../shared/body.ts'
import { answer, answering } from '../../shared/handler.ts'
import { invalid, notFound, type Refusal, refusal } from '../../shared/refusal.ts'
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
  scope.get(
    '/sandbox/chains',
    listLocalChains,
    answering(async () => answer(chains.list().map(chainView))),
  )
  const pay = { method: 'POST', url: '/sandbox/payments/:id/pay', ...payOnChain } as const
  registerWrite(scope, pay, keptAfterwards(once), (request) => {
    const fields = readFields(request, ['chainId', 'token', 'units'])
    if (!fields.ok) return fields
    const payment = paymentIdOf((request.params as { id: string }).id)
    const asked = allOf({
      where: readWhere(fields.value),
      payment: payment ? ok(payment) : refuse(notFound('payment')),
      units: readUnits(fields.value.units),
    })
    if (!asked.ok) return asked
    const wish = { ...asked.value.where, units: asked.value.units }
    return ok(async () => {
      const paid = await chains.pay(request.tercetMerchantId, asked.value.payment, wish)
      return paid.ok ? answer(paid.value) : refuse(refused(paid.reason))
    })
  })
}

function readWhere({ chainId, token }: JsonObject): Result<Pick<LocalPayWish, 'chainId' | 'token'>, Refusal> {
  const chain = typeof chainId === 'number' ? parseChainId(chainId) : undefined
  if (chain === undefined) return refuse(invalid('The field chainId must be the number of a local chain, like 321.'))
  if (token !== undefined && typeof token !== 'string')
    return refuse(invalid('The field token must be the symbol of a token.'))
  return ok({ chainId: chain, token })
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

function readUnits(value: unknown): Result<TokenAmount | undefined, Refusal> {
  if (value === undefined) return ok(undefined)
  const units = typeof value === 'string' && /^[1-9]\d{0,77}$/.test(value) ? tokenAmount(BigInt(value)) : undefined
  if (units !== undefined && units <= largestUnits) return ok(units)
  return refuse(invalid('The field units must be a whole number of the smallest unit, as a string.'))
}

function refused(reason: LocalPayRefusal): Refusal {
  switch (reason.reason) {
    case 'unknown_payment':
      return notFound('payment')
    case 'unknown_chain':
      return refusal(
        409,
        'chain_not_running',
        'No such local chain is running. GET /sandbox/chains lists those that are.',
      )
    case 'unknown_token':
      return invalid('There is no such token on that chain.')
    case 'not_offered':
      return refusal(409, 'not_offered', 'The merchant does not take that token on that chain.')
    case 'not_open':
      return refusal(409, 'payment_not_open', 'The payment is not waiting to be paid.')
    case 'no_free_amount':
    case 'no_price':
    case 'price_in_doubt':
      return refusal(409, reason.reason, 'There is no exact amount to be asked for in that token now.')
    case 'not_sent':
      return refusal(409, 'not_sent', `The chain refused the transaction: ${reason.message.slice(0, 200)}`)
    default:
      return unreachable(reason)
  }
}
