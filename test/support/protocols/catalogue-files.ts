import fc from 'fast-check'
import type { CatalogueFile } from '../../../src/domain/catalogue/file/file-schema.ts'
import { aUuid, valitorCredentials } from './catalogue.ts'

type Entry<Key extends keyof CatalogueFile> = NonNullable<CatalogueFile[Key]> extends readonly (infer T)[] ? T : never

/** Present or left out, as a file may. */
const some = <T>(arbitrary: fc.Arbitrary<T>) => ({ arbitrary, isOptional: true }) as const
const must = <T>(arbitrary: fc.Arbitrary<T>) => ({ arbitrary, isOptional: false }) as const

type Field = { readonly arbitrary: fc.Arbitrary<unknown>; readonly isOptional: boolean }

/** An object of these fields, any subset of the optional ones left out. */
function entity<T>(fields: { readonly [Key in keyof T]-?: Field }): fc.Arbitrary<T> {
  const entries = Object.entries<Field>(fields)
  const model = Object.fromEntries(entries.map(([name, { arbitrary }]) => [name, arbitrary]))
  const requiredKeys = entries.filter(([, { isOptional }]) => !isOptional).map(([name]) => name)
  return fc.record(model, { requiredKeys, noNullPrototype: true }) as fc.Arbitrary<T>
}

const text = (maxLength: number) =>
  fc
    .string({ unit: 'binary', minLength: 1, maxLength })
    .map((each) => each.replaceAll('\0', ' ').slice(0, maxLength).toWellFormed())
const title = text(12)
const word = text(8)
const words = fc.array(word, { maxLength: 3 })
const price = fc.oneof(fc.integer({ min: 0, max: 5_000 }), fc.constant(1_000_000_000_000))
const count = fc.integer({ min: 0, max: 1_000_000 })
const rate = fc.integer({ min: 1, max: 1_000_000 })
const flag = some(fc.boolean())
const percent = fc.integer({ min: 0, max: 10_000 }).map((hundredths) => hundredths / 100)
const nullable = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null })
const time = fc
  .record({
    ms: fc.integer({ min: Date.parse('0001-01-02'), max: Date.parse('9999-12-30') }),
    hours: fc.integer({ min: -14, max: 14 }),
  })
  .map(({ ms, hours }) => withOffset(ms, hours))

/** The same moment on a clock that many hours ahead of UTC. */
function withOffset(ms: number, hours: number): string {
  const local = new Date(ms + hours * 3_600_000).toISOString().slice(0, -1)
  return `${local}${hours < 0 ? '-' : '+'}${String(Math.abs(hours)).padStart(2, '0')}:00`
}

const either = { percent: some(percent), amount: some(price) }

/** Exactly one of the two is kept. */
function oneValue<T extends { percent?: number; amount?: number }>(discount: T): T {
  const { percent: share, amount, ...rest } = discount
  return { ...rest, ...(share === undefined ? { amount: amount ?? 7 } : { percent: share }) } as T
}

const range = entity<{ minimum?: number; maximum?: number | null }>({
  minimum: some(fc.integer({ min: 0, max: 5 })),
  maximum: some(nullable(fc.integer({ min: 5, max: 9 }))),
})

/** Catalogues of every kind of entity, at most three of each. */
export function catalogueFiles(): fc.Arbitrary<CatalogueFile> {
  const uuid = (number: number) => must(fc.constant(aUuid(number)))
  /** The same number names the same entity in whatever list it is. */
  const several = <T>(make: (index: number) => fc.Arbitrary<T>) =>
    fc.subarray([0, 1, 2]).chain((indices) => fc.tuple(...indices.map(make)) as fc.Arbitrary<T[]>)

  const products = several((index) => product(100 + index * 10))
  const locations = several((index) =>
    entity<Entry<'locations'>>({ uuid: uuid(10 + index), title: must(title), enabled: flag }),
  )
  return fc
    .record({
      organization: entity<CatalogueFile['organization']>({
        uuid: uuid(0),
        title: must(title),
        currency: must(fc.constant('ISK')),
        timeZone: some(fc.constantFrom('Atlantic/Reykjavik', 'Europe/Copenhagen')),
        enabled: flag,
      }),
      channels: several((index) =>
        entity<Entry<'channels'>>({ uuid: uuid(20 + index), title: must(title), pos: flag, enabled: flag }),
      ),
      instances: several((index) => instance(30 + index)),
      locations,
      deliveryServices: several((index) =>
        entity<Entry<'deliveryServices'>>({
          uuid: uuid(50 + index),
          title: must(title),
          price: must(price),
          enabled: flag,
        }),
      ),
      coupons: several((index) => coupon(60 + index)),
      products,
    })
    .chain((file) =>
      fc
        .record({
          units: several((index) => unit(40 + index, file.locations)),
          discountRules: several((index) => rule(`rule_${index}`, file.products)),
        })
        .map((more) => ({ ...file, ...more })),
    )
}

function instance(number: number): fc.Arbitrary<Entry<'instances'>> {
  return entity<Entry<'instances'>>({
    uuid: must(fc.constant(aUuid(number))),
    title: must(title),
    namespace: must(fc.constant('valitor_greidslugatt')),
    currency: must(fc.constantFrom('ISK', 'EUR')),
    acquirer: must(fc.constantFrom('sandbox', 'valitor_greidslugatt')),
    credentials: some(fc.constant({ ...valitorCredentials, password: 'canary-4711' })),
    bearerKeySha256: some(nullable(fc.constant('ab'.repeat(32)))),
    ipAllowList: some(fc.subarray(['192.0.2.0/24', '2001:db8::/32'])),
    rateLimits: some(
      entity<NonNullable<Entry<'instances'>['rateLimits']>>({
        requestsPerMinute: some(rate),
        requestsPerMinutePerAddress: some(rate),
        declinesPerHourPerAddress: some(rate),
      }),
    ),
    enabled: flag,
  }).map(withItsCredentials)
}

/** The sandbox's acquirer has none; the other one's are of the instance's currency, and only what is not enabled may lack them. */
function withItsCredentials({ credentials, ...rest }: Entry<'instances'>): Entry<'instances'> {
  if (rest.acquirer === 'sandbox') return rest
  if (credentials) return { ...rest, credentials: { ...credentials, currency: rest.currency } }
  return { ...rest, enabled: false }
}

function unit(number: number, locations: readonly { uuid: string }[]): fc.Arbitrary<Entry<'units'>> {
  return entity<Entry<'units'>>({
    uuid: must(fc.constant(aUuid(number))),
    title: must(title),
    location: some(fc.constantFrom(null, ...locations.map((location) => location.uuid.toUpperCase()))),
    enabled: flag,
  })
}

function coupon(number: number): fc.Arbitrary<Entry<'coupons'>> {
  return entity<Entry<'coupons'>>({
    ...either,
    uuid: must(fc.constant(aUuid(number))),
    title: must(title),
    validFrom: some(nullable(time)),
    validUntil: some(nullable(time)),
    minimum: some(price),
    usageLimit: some(nullable(count)),
    enabled: flag,
  })
    .map(oneValue)
    .map(({ validFrom, validUntil, ...rest }) => {
      const isWindow = validFrom && validUntil && Date.parse(validFrom) >= Date.parse(validUntil)
      return { ...rest, ...(validFrom !== undefined && { validFrom }), ...(!isWindow && validUntil && { validUntil }) }
    })
}

function rule(machineName: string, products: readonly { uuid: string }[]): fc.Arbitrary<Entry<'discountRules'>> {
  return entity<Entry<'discountRules'>>({
    ...either,
    machineName: must(fc.constant(machineName)),
    adminTitle: must(title),
    name: must(title),
    sortOrder: some(fc.integer({ min: -1_000_000, max: 1_000_000 })),
    type: must(fc.constant('product')),
    compatibleWithOthers: flag,
    conditions: some(
      entity<NonNullable<Entry<'discountRules'>['conditions']>>({
        users: some(words),
        products: some(fc.subarray(products.map((product) => product.uuid))),
        productTypes: some(words),
        attributes: some(words),
        isPos: flag,
        daysOfWeek: some(fc.subarray([1, 5, 7])),
        itemTitle: some(title),
        threeForTwo: flag,
        orderTags: some(words),
        hours: some(
          fc.record(
            { from: fc.integer({ min: 0, max: 11 }), to: fc.integer({ min: 12, max: 24 }) },
            { noNullPrototype: true },
          ),
        ),
        departments: some(words),
        categories: some(words),
        quantity: some(range),
        unitQuantity: some(range),
      }),
    ),
    enabled: flag,
  }).map(oneValue)
}

function product(number: number): fc.Arbitrary<Entry<'products'>> {
  const starts = fc.uniqueArray(fc.integer({ min: 1, max: 8_000_000_000_000 }), { maxLength: 3 }).map((times) =>
    times.map((ms, index) => ({
      startsAt: new Date(ms).toISOString(),
      capacity: index * 3,
      ...(index === 1 && { endsAt: new Date(ms + 1).toISOString() }),
    })),
  )
  const variations = fc.array(fc.integer({ min: -100, max: 100 }), { maxLength: 3 }).map((changes) =>
    changes.map((priceChange, index) => ({
      uuid: aUuid(number + 1 + index),
      type: index === 0 ? 'Size' : 'Milk',
      title: `V${index}`,
      ...(priceChange !== 0 && { priceChange }),
    })),
  )
  return entity<Entry<'products'>>({
    uuid: must(fc.constant(aUuid(number))),
    title: must(title),
    price: must(fc.integer({ min: 200, max: 1_000_000_000_000 })),
    type: some(nullable(word)),
    department: some(nullable(word)),
    categories: some(words),
    attributes: some(words),
    variationTypes: must(fc.constant([{ name: 'Size' }, { name: 'Milk', required: false }])),
    variations: some(variations),
    event: some(fc.record({ starts }, { noNullPrototype: true })),
    enabled: flag,
  })
}
