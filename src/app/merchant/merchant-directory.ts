import type pg from 'pg'
import { findBrand } from '../../db/merchant/brands.ts'
import {
  findKeyOwner,
  findMerchantByPrefix,
  findMerchantByWidgetToken,
  findMerchantsByPrefix,
} from '../../db/merchant/merchants.ts'
import type { Brand } from '../../domain/merchant/brand.ts'
import { type MerchantId, prefixLength } from '../../kernel/ids.ts'
import type { Credentials, KeyKind, MerchantDirectory } from '../app.ts'
import { gatherReads } from '../shared/gather.ts'
import { outageAsUnavailable } from '../shared/outage.ts'
import { hashKey } from './hash-key.ts'

/** A revoked key or a changed limit takes effect within this. Ten thousand requests a second cost one query for it. */
const rememberMs = 1_000

/** Bounds the memory that requests with ever new keys could take; only keys that exist are remembered. */
const mostRemembered = 10_000

type Remembered = { readonly credentials: Credentials; readonly until: number }

/** `onKeyUsed` is told the id of a key that is in use, about once a second for each. */
export function createMerchantDirectory(
  pool: pg.Pool,
  { onKeyUsed = () => undefined }: { readonly onKeyUsed?: (keyId: string) => void } = {},
): MerchantDirectory {
  const remembered = new Map<string, Remembered>()
  const termsOf = gatherReads(String, (prefixes: readonly string[]) => findMerchantsByPrefix(pool, prefixes))
  const brands = new Map<MerchantId, { readonly brand: Promise<Brand>; readonly until: number }>()

  async function lookUp(key: string): Promise<Credentials | undefined> {
    // From before the question: what was true then is not believed for longer, however late its answer is.
    const until = performance.now() + rememberMs
    const owner = await outageAsUnavailable(findKeyOwner(pool, hashKey(key)))
    if (!owner) {
      remembered.delete(key)
      return undefined
    }
    const credentials: Credentials = { ...owner, kind: owner.kind as KeyKind }
    onKeyUsed(owner.keyId)
    if (remembered.size >= mostRemembered) remembered.clear()
    remembered.set(key, { credentials, until })
    return credentials
  }

  return {
    byKey: (key) => {
      const known = remembered.get(key)
      return known && known.until > performance.now() ? Promise.resolve(known.credentials) : lookUp(key)
    },
    byPaymentId: (id) => outageAsUnavailable(termsOf(id.slice(0, prefixLength)).then((terms) => terms?.())),
    byPrefix: async (prefix) =>
      /^[a-z0-9]{4}$/i.test(prefix)
        ? await outageAsUnavailable(findMerchantByPrefix(pool, prefix.toUpperCase()))
        : undefined,
    byWidgetToken: (token) => outageAsUnavailable(findMerchantByWidgetToken(pool, token)),
    brand: async (id) => {
      const known = brands.get(id)
      if (known && known.until > performance.now()) return await known.brand
      const brand = outageAsUnavailable(findBrand(pool, id))
      if (brands.size >= mostRemembered) brands.clear()
      brands.set(id, { brand, until: performance.now() + rememberMs })
      // What failed is asked again at once.
      brand.catch(() => brands.delete(id))
      return await brand
    },
  }
}
