import type { CatalogueFile } from '../file/file-schema.ts'

/** Uuids, in lower case, of what parts of a catalogue refer to: a unit's location, a rule's products. */
export type References = { readonly locations: readonly string[]; readonly products: readonly string[] }

/** Everything the file refers to, wherever that is. Bounded by the file's own size. */
export function referencesOf({ units = [], discountRules = [] }: CatalogueFile): References {
  return {
    locations: units.flatMap((unit) => unit.location?.toLowerCase() ?? []),
    products: discountRules.flatMap((rule) => (rule.conditions?.products ?? []).map((uuid) => uuid.toLowerCase())),
  }
}
