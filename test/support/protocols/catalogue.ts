import type { CatalogueFile } from '../../../src/domain/catalogue/file/file-schema.ts'
import { readCatalogueFile } from '../../../src/domain/catalogue/file/read-catalogue-file.ts'
import { sandboxCatalogue } from '../../../src/domain/catalogue/file/sandbox-catalogue.ts'
import type { Catalogue } from '../../../src/domain/catalogue/model/catalogue.ts'
import { parseUuid, type Uuid } from '../../../src/domain/catalogue/model/uuid.ts'
import { type CatalogueFacts, factsOf } from '../../../src/domain/catalogue/pricing/facts.ts'
import { keysOfOrder, type OrderItem, type OrderRequest } from '../../../src/domain/catalogue/pricing/order-request.ts'
import { priceOrder } from '../../../src/domain/catalogue/pricing/price-order.ts'
import type { PricedOrder } from '../../../src/domain/catalogue/pricing/priced-order.ts'
import type { CatalogueRefusal } from '../../../src/domain/catalogue/pricing/refusal.ts'
import { assert } from '../../../src/kernel/assert.ts'
import { ISK } from '../../../src/kernel/currency.ts'
import type { Instant } from '../../../src/kernel/instant.ts'
import type { Result } from '../../../src/kernel/result.ts'
import { someTime } from '../payments/factories.ts'

export type FileProduct = NonNullable<CatalogueFile['products']>[number]
export type FileRule = NonNullable<CatalogueFile['discountRules']>[number]
export type FileInstance = NonNullable<CatalogueFile['instances']>[number]
export type FileCoupon = NonNullable<CatalogueFile['coupons']>[number]

/** The first of many: `aUuid(2)` ends in 2. */
export function aUuid(number = 1): Uuid {
  const uuid = parseUuid(`00000000-0000-4000-8000-${String(number).padStart(12, '0')}`)
  assert(uuid !== undefined, 'a number of at most twelve digits')
  return uuid
}

export function aFile(overrides: Partial<CatalogueFile> = {}): CatalogueFile {
  return { organization: { uuid: aUuid(1), title: 'Bókabúð', currency: 'ISK' }, ...overrides }
}

/** A product of 1000 kr, whose uuid is `aUuid(100)` unless told otherwise. */
export function aProduct(overrides: Partial<FileProduct> = {}): FileProduct {
  return { uuid: aUuid(100), title: 'Book', price: 1000, ...overrides }
}

/** A card instance in krónur of the sandbox's acquirer. */
export function anInstance(overrides: Partial<FileInstance> = {}): FileInstance {
  const namespace = 'valitor_greidslugatt'
  return { uuid: aUuid(30), title: 'Cards', namespace, currency: 'ISK', acquirer: 'sandbox', ...overrides }
}

/** All that an instance of the acquirer `valitor_greidslugatt` needs. */
export const valitorCredentials = {
  endpoint: 'https://gateway.example/greidslugatt.asmx',
  username: 'shop',
  password: 'pass word',
  posId: '5',
  currency: 'ISK',
}

/** A product rule of 10 % on everything. */
export function aRule(overrides: Partial<FileRule> = {}): FileRule {
  const amounts = overrides.amount === undefined ? { percent: 10 } : {}
  return { machineName: 'discount_a', adminTitle: 'A', name: 'A for you', type: 'product', ...amounts, ...overrides }
}

export function catalogueOf(file: CatalogueFile): Catalogue {
  const result = readCatalogueFile(file)
  assert(result.ok, `a file without problems: ${result.ok ? '' : JSON.stringify(result.reason)}`)
  return result.value
}

export function anItem(overrides: Partial<OrderItem> = {}): OrderItem {
  return {
    uuid: aUuid(100),
    quantity: 1,
    discountPercent: null,
    startsAtMs: null,
    endsAtMs: null,
    variations: [],
    ...overrides,
  }
}

/** An order of one book. */
export function anOrder(overrides: Partial<OrderRequest> = {}): OrderRequest {
  return {
    amount: 1000n,
    currency: ISK,
    items: [anItem()],
    deliveryServiceUuid: null,
    deliveryServicePrice: null,
    coupon: null,
    location: null,
    unit: null,
    deliveryTime: null,
    discounts: [],
    isPos: false,
    user: null,
    tags: [],
    ...overrides,
  }
}

/** The contract's advanced example as the protocol reads it. */
export function theAdvancedExample(overrides: Partial<OrderRequest> = {}): OrderRequest {
  return anOrder({
    deliveryServiceUuid: 'e25abb40-6ac5-11ea-b6ac-098bba9d8176',
    deliveryServicePrice: { amount: 10n, currency: 'ISK' },
    items: [
      {
        uuid: '18f2d14e-2d1d-4e5f-9a3c-e174a92f6ca1',
        quantity: 1,
        discountPercent: 0,
        startsAtMs: 0,
        endsAtMs: 0,
        variations: ['6479707c-31b3-47c2-b39f-d7084466daf4', '4bba38e6-d3de-4959-b2c0-7b94331ec759'],
      },
    ],
    ...overrides,
  })
}

/** Prices an order by a file's catalogue of which nothing is sold yet; `facts` are laid over what the file says. */
export function priceBy(
  file: CatalogueFile,
  order: Partial<OrderRequest> = {},
  { now = someTime, facts = {} }: { now?: Instant; facts?: Partial<CatalogueFacts> } = {},
): Result<PricedOrder, CatalogueRefusal> {
  const request = anOrder(order)
  return priceOrder({ ...factsOf(catalogueOf(file), keysOfOrder(request)), ...facts }, request, now)
}

/** What the catalogue says an order costs, whatever its amount says. */
export function computedTotal(
  file: CatalogueFile,
  order: Partial<OrderRequest> = {},
  options: { now?: Instant } = {},
): bigint {
  const result = priceBy(file, { ...order, amount: -1n }, options)
  assert(!result.ok && result.reason.reason === 'amount_mismatch', 'only the amount is wrong')
  return result.reason.computed.minor
}

export const sandboxFacts = (request: OrderRequest): CatalogueFacts =>
  factsOf(catalogueOf(sandboxCatalogue), keysOfOrder(request))
