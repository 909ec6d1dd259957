/**
 * Why an entity of the catalogue stays: something else speaks of it, or somebody will need what it says. `count` is of those in
 * the way; orders are not counted, there may be millions.
 */
export type KeptBecause =
  | { readonly reason: 'has_orders' }
  /** a payment that is on its way may need its credentials */
  | { readonly reason: 'enabled' }
  | { readonly reason: 'has_units'; readonly count: number }
  | { readonly reason: 'used'; readonly count: number }
  | { readonly reason: 'seats_sold'; readonly count: number }
  | { readonly reason: 'in_rules'; readonly count: number }

export type Deletion =
  | { readonly kind: 'deleted' }
  | { readonly kind: 'unknown' }
  | ({ readonly kind: 'kept' } & KeptBecause)
