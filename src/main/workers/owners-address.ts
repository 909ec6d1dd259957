import { isBelow, pathOfTarget } from '../../http/request/request-target.ts'

const portalSandbox = /^\/portal\/api\/merchants\/[^/?#]+\/sandbox(?:[/?#]|$)/

/** Whether a request's target stands on what only the owner of the sandbox's acquirer, clock and chains has. */
export function isOwnersAddress(target: string): boolean {
  return isBelow('/sandbox/', target) || isBelow('/pay/', target) || portalSandbox.test(pathOfTarget(target))
}
