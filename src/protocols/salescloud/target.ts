import { timingSafeEqual } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import type { App } from '../../app/app.ts'
import { hashKey } from '../../app/merchant/hash-key.ts'
import type { InstanceAddress } from '../../app/organization/instance-addresses.ts'
import { parseUuid } from '../../domain/catalogue/model/uuid.ts'
import { bearerOf } from '../../http/request/bearer-key.ts'
import { clientAddress, countedAs, isAllowed } from '../../http/request/client-address.ts'
import { ok, refuse } from '../../kernel/result.ts'
import { admit } from '../shared/admit.ts'
import { sendAnswer, unknownAddress } from './payments/answer.ts'

/** Where a request goes and where it comes from. */
export type Target = {
  readonly address: InstanceAddress
  /** what limits count the caller by */
  readonly client: string
}

declare module 'fastify' {
  interface FastifyRequest {
    /** set before any handler of the payment service runs */
    salescloudTarget: Target
  }
}

/**
 * Lets a request through whose address is right, before its body is read. Everything else gets one and the same 404: a wrong
 * version, a malformed, unknown, foreign or disabled uuid, a caller outside the allow-list, a missing or wrong key.
 */
export function findTarget(app: App): ReturnType<typeof admit> {
  return admit({
    find: async (request) => {
      const target = await targetOf(app, request)
      return target ? ok(target) : refuse('unknown')
    },
    keep: (request, target) => {
      request.salescloudTarget = target
      request.servedMerchant = target.address.merchant.id
    },
    refuse: (_request, reply) => sendAnswer(reply, unknownAddress),
  })
}

async function targetOf({ organizations, isBehindProxy }: App, request: FastifyRequest): Promise<Target | undefined> {
  const { version, ...uuids } = request.params as Record<'version' | 'organization' | 'channel' | 'instance', string>
  const [organization, channel, instance] = [uuids.organization, uuids.channel, uuids.instance].map(parseUuid)
  if (version !== '1' || !organization || !channel || !instance) return undefined
  const address = await organizations.findAddress({ organization, channel, instance })
  const caller = clientAddress(request, isBehindProxy)
  if (!address || !isAllowed(address.instance.ipAllowList, caller)) return undefined
  if (!holdsKey(request, address.instance.bearerKeyHash)) return undefined
  return { address, client: countedAs(caller) }
}

/** An instance without a key asks for none, and a key that is shown all the same is not looked at. */
function holdsKey(request: FastifyRequest, wanted: Buffer | null): boolean {
  if (wanted === null) return true
  const shown = bearerOf(request) ?? ''
  return timingSafeEqual(hashKey(shown), wanted)
}
