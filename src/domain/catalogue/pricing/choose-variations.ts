import { ok, type Result, refuse } from '../../../kernel/result.ts'
import type { Product, Variation } from '../model/catalogue.ts'
import { parseUuid } from '../model/uuid.ts'
import type { CatalogueRefusal } from './refusal.ts'

/** The item's variations: each one of this product, at most one of each type, and one of each required type. */
export function chooseVariations(
  product: Product,
  uuids: readonly string[],
  path: string,
): Result<readonly Variation[], CatalogueRefusal> {
  const chosen = new Map<string, Variation>()
  for (const [index, text] of uuids.entries()) {
    const variationPath = `${path}.variations[${index}].uuid`
    const uuid = parseUuid(text)
    const variation = product.variations.find((each) => each.uuid === uuid)
    if (!variation) return refuse({ reason: 'variation_not_of_item', path: variationPath })
    if (chosen.has(variation.type))
      return refuse({ reason: 'variation_type_repeated', path: variationPath, type: variation.type })
    chosen.set(variation.type, variation)
  }
  const unchosen = product.variationTypes.find((type) => type.isRequired && !chosen.has(type.name))
  if (unchosen) return refuse({ reason: 'variation_required', path: `${path}.variations`, type: unchosen.name })
  return ok([...chosen.values()])
}
