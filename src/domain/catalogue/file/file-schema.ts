import Type, { type Static, type TProperties, type TSchema } from 'typebox'
import { machineNamePattern, mostOfKind } from '../model/kinds.ts'

/**
 * The shape of a catalogue file (docs/protocols/salescloud-catalogue.md). Unknown words are refused, so that a misspelt
 * one is not silently without effect. Lists are bounded: what one order loads, one request can cause.
 */
const strict = <T extends TProperties>(properties: T) => Type.Object(properties, { additionalProperties: false })
const optional = <T extends TSchema>(schema: T) => Type.Optional(schema)
const list = <T extends TSchema>(schema: T, maxItems: number) => Type.Array(schema, { maxItems })

/** What a text must be, in words instead of its regular expression. */
export const wordsOfPattern = new Map<string, string>()
function patterned(pattern: string, words: string) {
  wordsOfPattern.set(pattern, words)
  return Type.String({ pattern })
}

const uuid = patterned('^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$', 'must be a uuid')
const title = Type.String({ minLength: 1, maxLength: 200 })
const word = Type.String({ minLength: 1, maxLength: 100 })
const words = list(word, 100)
const time = patterned(
  '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d(:\\d\\d(\\.\\d{1,3})?)?(Z|[+-]\\d\\d:\\d\\d)$',
  'must be a time with Z or an offset: 2030-05-04T20:00:00Z',
)
const currency = patterned('^[A-Z]{3}$', 'must be an ISO 4217 code: ISK')
const nameWords = 'must begin with a to z and go on with at most 63 of a to z, 0 to 9'
const price = Type.Integer({ minimum: 0, maximum: 1_000_000_000_000 })
const priceChange = Type.Integer({ minimum: -1_000_000_000_000, maximum: 1_000_000_000_000 })
const percent = Type.Number({ minimum: 0, maximum: 100 })
const count = Type.Integer({ minimum: 0, maximum: 1_000_000 })
const rate = Type.Integer({ minimum: 1, maximum: 1_000_000 })
/** One type of two names rather than a union, of which a wrong value would be told every branch. */
const nullable = <T extends TSchema & { type: string }>(schema: T) =>
  Type.Unsafe<Static<T> | null>({ ...schema, type: [schema.type, 'null'] })

const organization = strict({
  uuid,
  title,
  currency,
  timeZone: optional(word),
  enabled: optional(Type.Boolean()),
})

const channel = strict({ uuid, title, pos: optional(Type.Boolean()), enabled: optional(Type.Boolean()) })

const instance = strict({
  uuid,
  title,
  namespace: patterned(machineNamePattern, `${nameWords} and _`),
  currency,
  acquirer: patterned('^[a-z][a-z0-9_-]{0,63}$', `${nameWords}, _ and -`),
  credentials: optional(Type.Record(word, Type.String({ maxLength: 4_000 }))),
  bearerKeySha256: optional(nullable(patterned('^[0-9a-f]{64}$', 'must be a SHA-256: 64 of 0 to 9, a to f'))),
  ipAllowList: optional(words),
  rateLimits: optional(
    strict({
      requestsPerMinute: optional(rate),
      requestsPerMinutePerAddress: optional(rate),
      declinesPerHourPerAddress: optional(rate),
    }),
  ),
  enabled: optional(Type.Boolean()),
})

const location = strict({ uuid, title, enabled: optional(Type.Boolean()) })
const unit = strict({ uuid, title, location: optional(nullable(uuid)), enabled: optional(Type.Boolean()) })
const deliveryService = strict({ uuid, title, price, enabled: optional(Type.Boolean()) })

const coupon = strict({
  uuid,
  title,
  percent: optional(percent),
  amount: optional(price),
  validFrom: optional(nullable(time)),
  validUntil: optional(nullable(time)),
  minimum: optional(price),
  usageLimit: optional(nullable(count)),
  enabled: optional(Type.Boolean()),
})

const quantity = strict({ minimum: optional(count), maximum: optional(nullable(count)) })

const conditions = strict({
  users: optional(list(word, 1_000)),
  products: optional(list(uuid, 100)),
  productTypes: optional(words),
  attributes: optional(words),
  isPos: optional(Type.Boolean()),
  daysOfWeek: optional(list(Type.Integer({ minimum: 1, maximum: 7 }), 7)),
  itemTitle: optional(title),
  threeForTwo: optional(Type.Boolean()),
  orderTags: optional(words),
  hours: optional(
    strict({ from: Type.Integer({ minimum: 0, maximum: 23 }), to: Type.Integer({ minimum: 1, maximum: 24 }) }),
  ),
  departments: optional(words),
  categories: optional(words),
  quantity: optional(quantity),
  unitQuantity: optional(quantity),
})

const discountRule = strict({
  machineName: patterned(machineNamePattern, `${nameWords} and _`),
  adminTitle: title,
  name: title,
  sortOrder: optional(Type.Integer({ minimum: -1_000_000, maximum: 1_000_000 })),
  type: patterned('^(product|order)$', 'must be product or order'),
  percent: optional(percent),
  amount: optional(price),
  compatibleWithOthers: optional(Type.Boolean()),
  conditions: optional(conditions),
  enabled: optional(Type.Boolean()),
})

const product = strict({
  uuid,
  title,
  price,
  type: optional(nullable(word)),
  department: optional(nullable(word)),
  categories: optional(words),
  attributes: optional(words),
  variationTypes: optional(list(strict({ name: word, required: optional(Type.Boolean()) }), 20)),
  variations: optional(list(strict({ uuid, type: word, title, priceChange: optional(priceChange) }), 200)),
  event: optional(
    strict({ starts: list(strict({ startsAt: time, endsAt: optional(nullable(time)), capacity: count }), 2_000) }),
  ),
  enabled: optional(Type.Boolean()),
})

export const catalogueFileSchema = strict({
  organization,
  channels: optional(list(channel, mostOfKind.channels)),
  instances: optional(list(instance, mostOfKind.instances)),
  locations: optional(list(location, mostOfKind.locations)),
  units: optional(list(unit, mostOfKind.units)),
  deliveryServices: optional(list(deliveryService, mostOfKind.deliveryServices)),
  coupons: optional(list(coupon, mostOfKind.coupons)),
  discountRules: optional(list(discountRule, mostOfKind.discountRules)),
  products: optional(list(product, mostOfKind.products)),
})

export type CatalogueFile = Static<typeof catalogueFileSchema>
