import type pg from 'pg'
import { findPaymentAddress, type PaymentAddress } from '../../db/catalogue/catalogue-address.ts'
import { findMerchant } from '../../db/merchant/merchants.ts'
import type { Uuid } from '../../domain/catalogue/model/uuid.ts'
import type { MerchantTerms } from '../../domain/merchant/terms.ts'
import { outageAsUnavailable } from '../shared/outage.ts'

/** Where a payment request goes, and whose it is. */
export type InstanceAddress = PaymentAddress & { readonly merchant: MerchantTerms }

export type AddressPath = { readonly organization: Uuid; readonly channel: Uuid; readonly instance: Uuid }

export type FindAddress = (path: AddressPath) => Promise<InstanceAddress | undefined>

/** A disabled instance stops within this, while thousands of requests a second cost four lookups. */
const rememberMs = 250

/** Bounds the memory that requests with ever new uuids could take. */
const mostRemembered = 10_000

type Remembered = { readonly found: Promise<InstanceAddress | undefined>; readonly until: number }

/**
 * Looks an address up, and remembers what was found as well as what was not: the second question takes the same time for
 * both. Rejects with `Unavailable` when the database is away, which is not remembered.
 */
export function createFindAddress(pool: pg.Pool): FindAddress {
  const remembered = new Map<string, Remembered>()
  return (path) => {
    const key = `${path.organization}/${path.channel}/${path.instance}`
    const known = remembered.get(key)
    if (known && known.until > performance.now()) return known.found
    const found = lookUp(pool, path)
    found.catch(() => remembered.delete(key))
    if (remembered.size >= mostRemembered) remembered.clear()
    remembered.set(key, { found, until: performance.now() + rememberMs })
    return found
  }
}

async function lookUp(pool: pg.Pool, path: AddressPath): Promise<InstanceAddress | undefined> {
  const address = await outageAsUnavailable(findPaymentAddress(pool, path))
  const merchant = address && (await outageAsUnavailable(findMerchant(pool, address.merchantId)))
  return address && merchant && { ...address, merchant }
}
