import type pg from 'pg'
import { hashKey } from '../app/hash-key.ts'
import type { Sealer } from '../app/seal.ts'
import { insertApiKey } from '../db/api-keys.ts'
import { insertMerchant, listFixtureMerchants, type NewMerchant } from '../db/merchants.ts'
import { inTransaction } from '../db/transaction.ts'
import type { MerchantId } from '../kernel/ids.ts'

/** The sandbox's merchants and keys, the same everywhere and for ever (DESIGN section 1). Public: never in live mode. */
export const scalapayMerchantKey = 'qhtfs87hjnc12kkos'
export const scalapayDeviceKey = 'testdeviceapikey'
export const scalapayWidgetToken = '8KDS3SPEL'
export const secondScalapayMerchantKey = 'sp_test_second_merchant'

const scalapayTerms = {
  currency: 'EUR',
  feePpm: 50_000,
  feeTaxPpm: 220_000,
  products: ['pay-in-3', 'pay-in-4', 'later'].map((product) => ({ product, minimum: 500n, maximum: 200_000n })),
  maximumOrderExpiryMs: 7 * 86_400_000,
  expiryWarningLeadMs: 86_400_000,
  isFixture: true,
} satisfies Partial<NewMerchant>

const merchants: readonly (NewMerchant & { keys: readonly { key: string; kind: string }[] })[] = [
  {
    ...scalapayTerms,
    name: 'Sandbox Shop',
    prefix: 'SHOP',
    widgetToken: scalapayWidgetToken,
    keys: [
      { key: scalapayMerchantKey, kind: 'merchant' },
      { key: scalapayDeviceKey, kind: 'device' },
    ],
  },
  {
    ...scalapayTerms,
    name: 'Second Sandbox Shop',
    prefix: 'SHP2',
    widgetToken: null,
    keys: [{ key: secondScalapayMerchantKey, kind: 'merchant' }],
  },
]

/** Adds what is missing; twenty processes may do so at once. */
export async function addFixtures(pool: pg.Pool, sealer: Sealer): Promise<void> {
  await inTransaction(
    pool,
    async (client) => {
      const present = await listFixtureMerchants(client)
      for (const merchant of merchants.filter((each) => !present.includes(each.name))) {
        const merchantId = await insertMerchant(client, merchant)
        for (const { key, kind } of merchant.keys) await addKey(client, sealer, merchantId, key, kind)
      }
    },
    'tercet fixtures',
  )
}

async function addKey(
  client: pg.PoolClient,
  sealer: Sealer,
  merchantId: MerchantId,
  key: string,
  kind: string,
): Promise<void> {
  await insertApiKey(client, {
    hash: hashKey(key),
    id: `key_sandbox_${key.slice(0, 4)}${key.slice(-4)}`,
    merchantId,
    kind,
    protocol: 'scalapay',
    last4: key.slice(-4),
    sealed: kind === 'merchant' ? sealer.seal(key) : null,
  })
}
