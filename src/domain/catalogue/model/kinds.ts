import type { Brand } from '../../../kernel/brand.ts'
import { parseUuid } from './uuid.ts'

/**
 * The lists of a catalogue file, in its order, each with the most entities of its kind that an organization may have. What one
 * order loads, one request can cause; and what is stored must fit into one file again.
 */
export const mostOfKind = {
  channels: 1_000,
  instances: 200,
  locations: 10_000,
  units: 50_000,
  deliveryServices: 1_000,
  coupons: 50_000,
  discountRules: 200,
  products: 50_000,
} as const

export type CatalogueKind = keyof typeof mostOfKind

export const catalogueKinds = Object.keys(mostOfKind) as readonly CatalogueKind[]

/** The kind of that name; undefined for anything else, `constructor` included. */
export function kindNamed(text: string): CatalogueKind | undefined {
  return catalogueKinds.find((kind) => kind === text)
}

/** What an entity of a catalogue is known by: its uuid in lower case, a discount rule's machine name. */
export type EntityId = Brand<string, 'EntityId'>

export const machineNamePattern = '^[a-z][a-z0-9_]{0,63}$'
const machineName = new RegExp(machineNamePattern)

/** The property of a file's entity that holds its id. */
export function idPropertyOf(kind: CatalogueKind): 'uuid' | 'machineName' {
  return kind === 'discountRules' ? 'machineName' : 'uuid'
}

/** Undefined for what no entity of the kind can be known by, before it costs a query. */
export function parseEntityId(kind: CatalogueKind, text: string): EntityId | undefined {
  const id = kind === 'discountRules' ? (machineName.test(text) ? text : undefined) : parseUuid(text)
  return id as EntityId | undefined
}
