import { randomUUID } from 'node:crypto'
import type pg from 'pg'
import { importCatalogue } from '../app/catalogue/import-catalogue.ts'
import { hashKey } from '../app/merchant/hash-key.ts'
import type { Sealer } from '../app/shared/seal.ts'
import { demoOwner } from '../app/user/demo-owner.ts'
import { findOrganizationOwner } from '../db/catalogue/catalogue-address.ts'
import { insertApiKey } from '../db/merchant/api-keys.ts'
import {
  findMerchantOfPayment,
  insertMerchant,
  listFixtureMerchants,
  type NewMerchant,
} from '../db/merchant/merchants.ts'
import { saveShopSecret } from '../db/shop/shop-secrets.ts'
import { findStaffByEmail, insertStaff, putMembership } from '../db/user/staff.ts'
import { inTransaction } from '../db/wire/transaction.ts'
import { sandboxCatalogue } from '../domain/catalogue/file/sandbox-catalogue.ts'
import { parseUuid } from '../domain/catalogue/model/uuid.ts'
import { instalmentProducts } from '../domain/instalments/products.ts'
import type { Protocol } from '../domain/payment/payment.ts'
import type { UserId } from '../domain/user/user.ts'
import { assert } from '../kernel/assert.ts'
import { systemClock } from '../kernel/clock.ts'
import { type MerchantId, newPaymentId } from '../kernel/ids.ts'
import { profiles } from '../protocols/profiles.ts'
import { addChainFixtures } from './chains/chain-fixtures.ts'
import { addTestShopper } from './shoppers/fixture-shopper.ts'

/** The sandbox's merchants and keys, the same everywhere and for ever. Public: never in live mode. */
export const scalapayMerchantKey = 'qhtfs87hjnc12kkos'
export const scalapayDeviceKey = 'testdeviceapikey'
const scalapayWidgetToken = '8KDS3SPEL'
export const secondScalapayMerchantKey = 'sp_test_second_merchant'
export const salescloudOrganizationKey = 'sc_test_organization_key'
export const kupayToken = 'kp_test_7Q2m9XcV4bN8sLr1'
export const kupayShopKey = '7d1f3a52-6c0e-4b7a-9a54-0d8f2f3b9c11'
export const kupayShopifySecret = 'shpss_test_2b7d41f09c6e4a58'

const scalapayTerms = {
  currency: 'EUR',
  feePpm: 50_000,
  feeTaxPpm: 220_000,
  products: instalmentProducts.map((product) => ({ product, minimum: 500n, maximum: 200_000n })),
  maximumOrderExpiryMs: 7 * 86_400_000,
  expiryWarningLeadMs: 86_400_000,
  timeZone: 'Europe/Rome',
  isFixture: true,
} satisfies Partial<NewMerchant>

/** The organization's own money, without a fee. No product: a payment instance is agreement enough. */
const salescloudMerchant = {
  name: 'Kaffihúsið Tercet',
  prefix: 'SCLD',
  currency: 'ISK',
  feePpm: 0,
  feeTaxPpm: 0,
  products: [],
  maximumOrderExpiryMs: 7 * 86_400_000,
  expiryWarningLeadMs: 86_400_000,
  timeZone: 'Atlantic/Reykjavik',
  widgetToken: null,
  isFixture: true,
} satisfies NewMerchant

/** Paid straight into its own wallet, in any currency: nobody collects anything for it, or takes a fee. */
const kupayMerchant = {
  name: 'Sandbox Crypto Shop',
  prefix: 'KUPY',
  currency: 'USD',
  feePpm: 0,
  feeTaxPpm: 0,
  products: [],
  maximumOrderExpiryMs: 7 * 86_400_000,
  expiryWarningLeadMs: 86_400_000,
  timeZone: 'Europe/Amsterdam',
  widgetToken: null,
  isFixture: true,
} satisfies NewMerchant

type Key = { readonly key: string; readonly kind: string; readonly protocol: Protocol }

const merchants: readonly (NewMerchant & { keys: readonly Key[] })[] = [
  {
    ...scalapayTerms,
    name: 'Sandbox Shop',
    prefix: 'SHOP',
    widgetToken: scalapayWidgetToken,
    keys: [
      { key: scalapayMerchantKey, kind: 'merchant', protocol: 'scalapay' },
      { key: scalapayDeviceKey, kind: 'device', protocol: 'scalapay' },
    ],
  },
  {
    ...scalapayTerms,
    name: 'Second Sandbox Shop',
    prefix: 'SHP2',
    widgetToken: null,
    keys: [{ key: secondScalapayMerchantKey, kind: 'merchant', protocol: 'scalapay' }],
  },
  {
    ...kupayMerchant,
    keys: [
      { key: kupayToken, kind: 'token', protocol: 'kupay' },
      { key: kupayShopKey, kind: 'api_key', protocol: 'kupay' },
    ],
  },
  { ...salescloudMerchant, keys: [{ key: salescloudOrganizationKey, kind: 'admin', protocol: 'salescloud' }] },
]

/** Adds what is missing; twenty processes may do so at once. */
export async function addFixtures(pool: pg.Pool, sealer: Sealer): Promise<void> {
  await inTransaction(
    pool,
    async (client) => {
      const present = await listFixtureMerchants(client)
      for (const merchant of merchants.filter((each) => !present.includes(each.name))) {
        const merchantId = await insertMerchant(client, merchant)
        for (const key of merchant.keys) await addKey(client, sealer, merchantId, key)
        if (merchant.prefix !== kupayMerchant.prefix) continue
        await addChainFixtures(client, merchantId)
        await saveShopSecret(client, merchantId, sealer.seal(kupayShopifySecret), systemClock.now())
      }
      await addTestShopper(client, sealer)
    },
    'tercet fixtures',
  )
  await addCatalogue(pool, sealer)
  await addDemoOwner(pool)
}

/**
 * What the sandbox sells, once: what its user changes later stays. A load test and a whole test suite come from one
 * address, so that the brakes against card testing are off.
 */
async function addCatalogue(pool: pg.Pool, sealer: Sealer): Promise<void> {
  const organization = parseUuid(sandboxCatalogue.organization.uuid)
  const merchant = await findMerchantOfPayment(pool, newPaymentId(salescloudMerchant.prefix))
  assert(organization && merchant, 'the sandbox organization has a uuid, and its merchant was just added')
  if (await findOrganizationOwner(pool, organization)) return
  const most = 1_000_000
  const rateLimits = { requestsPerMinute: most, requestsPerMinutePerAddress: most, declinesPerHourPerAddress: most }
  const instances = (sandboxCatalogue.instances ?? []).map((instance) => ({ ...instance, rateLimits }))
  const text = JSON.stringify({ ...sandboxCatalogue, instances })
  const imported = await importCatalogue(pool, { text, merchantId: merchant.id, seal: sealer.seal })
  assert(imported.ok, 'the sandbox catalogue is a right one')
}

/** Somebody who may look at everything, with one press and without a password. */
async function addDemoOwner(pool: pg.Pool): Promise<void> {
  await inTransaction(pool, async (client) => {
    const at = systemClock.now()
    const userId = randomUUID() as UserId
    await insertStaff(client, { ...demoOwner, userId, language: 'en', passwordHash: null, isFixture: true, at })
    const owner = await findStaffByEmail(client, demoOwner.email)
    assert(owner, 'the demo owner was just added')
    for (const { prefix } of merchants) {
      const merchant = await findMerchantOfPayment(client, newPaymentId(prefix))
      if (merchant) await putMembership(client, { merchantId: merchant.id, userId: owner.userId, role: 'owner', at })
    }
  })
}

async function addKey(
  client: pg.PoolClient,
  sealer: Sealer,
  merchantId: MerchantId,
  { key, kind, protocol }: Key,
): Promise<void> {
  await insertApiKey(client, {
    hash: hashKey(key),
    id: `key_sandbox_${key.slice(0, 4)}${key.slice(-4)}`,
    merchantId,
    kind,
    protocol,
    last4: key.slice(-4),
    sealed: profiles.get(protocol)?.keys.signing === kind ? sealer.seal(key) : null,
  })
}
