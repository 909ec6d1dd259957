import type { IncomingMessage } from 'node:http'
import { isCellName } from '../../app/cell/cell-name.ts'
import { hashKey } from '../../app/merchant/hash-key.ts'
import type { CellName } from '../../db/cell/cell-names.ts'
import { bearerOf } from '../../http/request/bearer-key.ts'
import { prefixLength } from '../../kernel/ids.ts'

export type RequestHead = Pick<IncomingMessage, 'url' | 'headers'>

const uuid = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i
const paymentId = /^[A-Z0-9]{12}$/
const widgetToken = /^[A-Z0-9]{9}$/
const merchantId = /^[1-9]\d{0,9}$/

/** No address of ours is longer; what is, leads nowhere in any cell. */
const mostParts = 16

/**
 * The names in a request's head that could lead to its merchant, the one that decides first: the key it shows, then what its address
 * is made of. Every API's requests carry one of these, so that nothing here knows an API.
 */
export function namesOfRequest({ url = '', headers }: RequestHead): CellName[] {
  const key = bearerOf({ headers })
  const shown: CellName[] = key === undefined ? [] : [keyName(key)]
  const parts = url.split(/[/?&=#]/, mostParts).filter((part) => part !== '')
  return [...shown, ...parts.flatMap((part, index) => namesOfPart(part, parts[index - 1]))]
}

function namesOfPart(part: string, before: string | undefined): CellName[] {
  if (uuid.test(part)) return [{ kind: 'organization', name: part.toLowerCase() }, keyName(part)]
  if (paymentId.test(part)) return [{ kind: 'prefix', name: part.slice(0, prefixLength) }]
  if (widgetToken.test(part)) return [{ kind: 'widget', name: part }]
  const isMerchant = merchantId.test(part) && (before === 'merchants' || before === 'pay')
  return isMerchant ? [{ kind: 'merchant', name: part }] : []
}

function keyName(key: string): CellName {
  return { kind: 'key', name: hashKey(key).toString('hex') }
}

/** The cell that a visitor of pages without a merchant's name in their address asked for, or was in last. */
export function cellAskedFor({ url = '', headers }: RequestHead): string | undefined {
  const asked = /[?&]cell=([^&#]*)/.exec(url)?.[1]
  const kept = /(?:^|;\s*)tercet_cell=([^;]*)/.exec(headers.cookie ?? '')?.[1]
  return [asked, kept].find((name) => name !== undefined && isCellName(name))
}
