import { isTimeZone } from '../../../kernel/calendar-date.ts'
import { currencyOf } from '../../../kernel/currency.ts'
import { instanceNamespaces } from '../model/namespaces.ts'
import { isNetwork } from '../model/network.ts'
import type { References } from '../model/references.ts'
import { percentHundredths } from '../pricing/percent.ts'
import { checkProducts } from './check-file-products.ts'
import { type FileProblem, repeated } from './file-problem.ts'
import type { CatalogueFile } from './file-schema.ts'
import { readFileTime } from './file-time.ts'

/**
 * What the schema cannot say: uniqueness, references, windows, currencies, texts that no database keeps. What a part refers
 * to must be in the file, or in `stored`.
 */
export function checkCatalogueFile(file: CatalogueFile, stored?: References): readonly FileProblem[] {
  return [
    ...checkTexts(file, ''),
    ...checkOrganization(file),
    ...checkInstances(file),
    ...checkUniqueUuids(file),
    ...checkUnits(file, stored),
    ...checkCoupons(file),
    ...checkRules(file, stored),
    ...checkProducts(file),
  ]
}

/** NUL characters and lone surrogates cannot be stored as text. The file's nesting was bounded by its schema. */
function checkTexts(value: unknown, path: string): FileProblem[] {
  if (typeof value === 'string') return isPlain(value) ? [] : [{ path, message: 'has characters that are not text' }]
  if (value === null || typeof value !== 'object') return []
  return Object.entries(value).flatMap(([key, entry]) => {
    const step = Array.isArray(value) ? `${path}[${key}]` : path === '' ? key : `${path}.${key}`
    return [...(isPlain(key) ? [] : [{ path, message: 'has a name that is not text' }]), ...checkTexts(entry, step)]
  })
}

function isPlain(text: string): boolean {
  return text.isWellFormed() && !text.includes('\0')
}

function checkOrganization({ organization }: CatalogueFile): FileProblem[] {
  const problems: FileProblem[] = []
  if (currencyOf(organization.currency) === undefined)
    problems.push({ path: 'organization.currency', message: 'is not a currency that is known here' })
  if (organization.timeZone !== undefined && !isTimeZone(organization.timeZone))
    problems.push({ path: 'organization.timeZone', message: 'is not a time zone: use a name like Atlantic/Reykjavik' })
  return problems
}

function checkInstances({ instances = [] }: CatalogueFile): FileProblem[] {
  return instances.flatMap((instance, index) => {
    const path = `instances[${index}]`
    const networks = instance.ipAllowList ?? []
    const wrong = networks.flatMap((network, at) =>
      isNetwork(network) ? [] : [{ path: `${path}.ipAllowList[${at}]`, message: 'is not an address or network' }],
    )
    if (currencyOf(instance.currency) === undefined)
      wrong.push({ path: `${path}.currency`, message: 'is not a currency that is known here' })
    if (!instanceNamespaces.some((each) => each === instance.namespace)) {
      const message = `is not a payment method that is known here: ${instanceNamespaces.join(', ')}`
      wrong.push({ path: `${path}.namespace`, message })
    }
    return wrong
  })
}

/** Within one kind of entity; a variation's uuid is one among all products' variations. */
function checkUniqueUuids(file: CatalogueFile): FileProblem[] {
  const { channels, instances, locations, units, deliveryServices, coupons, products, discountRules } = file
  const lists = { channels, instances, locations, units, deliveryServices, coupons, products }
  const uuids = Object.entries(lists).flatMap(([name, entities]) =>
    repeated((entities ?? []).map((entity, index) => [entity.uuid.toLowerCase(), `${name}[${index}].uuid`])),
  )
  const variations = (products ?? []).flatMap((product, at) =>
    (product.variations ?? []).map((variation, index): [string, string] => [
      variation.uuid.toLowerCase(),
      `products[${at}].variations[${index}].uuid`,
    ]),
  )
  const names = (discountRules ?? []).map((rule, index): [string, string] => [
    rule.machineName,
    `discountRules[${index}].machineName`,
  ])
  return [...uuids, ...repeated(variations), ...repeated(names)]
}

function checkUnits({ units = [], locations = [] }: CatalogueFile, stored?: References): FileProblem[] {
  const known = uuidsOf(locations, stored?.locations)
  return units.flatMap((unit, index) => {
    if (unit.location === undefined || unit.location === null || known.has(unit.location.toLowerCase())) return []
    return [{ path: `units[${index}].location`, message: `is not the uuid of a location of ${whereOf(stored)}` }]
  })
}

function checkCoupons({ coupons = [] }: CatalogueFile): FileProblem[] {
  return coupons.flatMap((coupon, index) => {
    const path = `coupons[${index}]`
    const problems = checkValue(coupon, path)
    const from = coupon.validFrom ?? null
    const until = coupon.validUntil ?? null
    for (const [name, time] of Object.entries({ validFrom: from, validUntil: until }))
      if (time !== null && readFileTime(time) === undefined)
        problems.push({ path: `${path}.${name}`, message: 'is not a date that exists' })
    if (from !== null && until !== null && Date.parse(from) >= Date.parse(until))
      problems.push({ path: `${path}.validUntil`, message: 'must be after validFrom' })
    return problems
  })
}

function checkValue(discount: { percent?: number; amount?: number }, path: string): FileProblem[] {
  if ((discount.percent === undefined) === (discount.amount === undefined))
    return [{ path, message: 'must have either percent or amount' }]
  if (discount.percent !== undefined && percentHundredths(discount.percent) === undefined)
    return [{ path: `${path}.percent`, message: 'must have at most two decimals' }]
  return []
}

function checkRules({ discountRules = [], products = [] }: CatalogueFile, stored?: References): FileProblem[] {
  const known = uuidsOf(products, stored?.products)
  return discountRules.flatMap((rule, index) => {
    const path = `discountRules[${index}]`
    const problems = checkValue(rule, path)
    const { hours, threeForTwo, products: wanted = [] } = rule.conditions ?? {}
    if (hours && hours.from === hours.to)
      problems.push({ path: `${path}.conditions.hours`, message: 'must not begin and end at the same hour' })
    if (threeForTwo && rule.type === 'order')
      problems.push({ path: `${path}.conditions.threeForTwo`, message: 'is for a product discount only' })
    for (const [at, uuid] of wanted.entries())
      if (!known.has(uuid.toLowerCase()))
        problems.push({ path: `${path}.conditions.products[${at}]`, message: `is not a product of ${whereOf(stored)}` })
    for (const name of ['quantity', 'unitQuantity'] as const) {
      const range = rule.conditions?.[name]
      if (range && (range.maximum ?? null) !== null && (range.minimum ?? 0) > (range.maximum ?? 0))
        problems.push({ path: `${path}.conditions.${name}`, message: 'has a minimum above its maximum' })
    }
    return problems
  })
}

function uuidsOf(entities: readonly { uuid: string }[], stored: readonly string[] = []): ReadonlySet<string> {
  return new Set([...entities.map((entity) => entity.uuid.toLowerCase()), ...stored])
}

function whereOf(stored: References | undefined): string {
  return stored ? 'the organization' : 'this file'
}
