import { type FileProblem, repeated } from './file-problem.ts'
import type { CatalogueFile } from './file-schema.ts'
import { readFileTime } from './file-time.ts'

type FileProduct = NonNullable<CatalogueFile['products']>[number]

/** Variations of known types, prices that no choice makes negative, sessions that are there once and end after they begin. */
export function checkProducts({ products = [] }: CatalogueFile): FileProblem[] {
  return products.flatMap((product, index) => {
    const path = `products[${index}]`
    return [...checkVariations(product, path), ...checkLeastPrice(product, path), ...checkSessions(product, path)]
  })
}

function checkVariations({ variationTypes = [], variations = [] }: FileProduct, path: string): FileProblem[] {
  const names = new Set(variationTypes.map((type) => type.name))
  const unknown = variations.flatMap((variation, index) =>
    names.has(variation.type)
      ? []
      : [{ path: `${path}.variations[${index}].type`, message: "is not one of the product's variationTypes" }],
  )
  const empty = variationTypes.flatMap((type, index) =>
    type.required && !variations.some((variation) => variation.type === type.name)
      ? [{ path: `${path}.variationTypes[${index}]`, message: 'is required and has no variation' }]
      : [],
  )
  const twice = repeated(variationTypes.map((type, index) => [type.name, `${path}.variationTypes[${index}].name`]))
  return [...unknown, ...empty, ...twice]
}

/** The cheapest choice of each type together must not make the product cost less than nothing. */
function checkLeastPrice(product: FileProduct, path: string): FileProblem[] {
  const least = new Map<string, number>()
  for (const { type, priceChange = 0 } of product.variations ?? [])
    least.set(type, Math.min(least.get(type) ?? 0, priceChange))
  const price = [...least.values()].reduce((sum, change) => sum + change, product.price)
  return price < 0 ? [{ path: `${path}.variations`, message: 'can make the price negative' }] : []
}

function checkSessions({ event }: FileProduct, path: string): FileProblem[] {
  const starts = event?.starts ?? []
  const times = starts.flatMap((start, index) => {
    const at = `${path}.event.starts[${index}]`
    const startsAt = readFileTime(start.startsAt) ?? 0
    if (startsAt <= 0) return [{ path: `${at}.startsAt`, message: 'is not a date that exists after 1970' }]
    if ((start.endsAt ?? null) === null || (readFileTime(start.endsAt ?? '') ?? 0) > startsAt) return []
    return [{ path: `${at}.endsAt`, message: 'must be a date that exists, after startsAt' }]
  })
  const moments = starts.map((start, index): [string, string] => [
    String(Date.parse(start.startsAt)),
    `${path}.event.starts[${index}].startsAt`,
  ])
  return [...times, ...repeated(moments)]
}
