/** How a property is typed in. `list` is words with commas, `json` what has parts of its own. Amounts are whole numbers of the smallest unit. */
export type FieldKind = 'text' | 'number' | 'yes' | 'time' | 'list' | 'json'

export type Field = { readonly name: string; readonly kind: FieldKind; readonly isRequired?: true }

const title = { name: 'title', kind: 'text', isRequired: true } as const
const price = { name: 'price', kind: 'number', isRequired: true } as const
const enabled = { name: 'enabled', kind: 'yes' } as const

/** The properties of each kind, as a catalogue file names them. */
export const fieldsOf = {
  products: [
    ...[title, price, { name: 'type', kind: 'text' }, { name: 'department', kind: 'text' }],
    ...[
      { name: 'categories', kind: 'list' },
      { name: 'attributes', kind: 'list' },
    ],
    ...[
      { name: 'variationTypes', kind: 'json' },
      { name: 'variations', kind: 'json' },
      { name: 'event', kind: 'json' },
    ],
    enabled,
  ],
  coupons: [
    ...[
      title,
      { name: 'percent', kind: 'number' },
      { name: 'amount', kind: 'number' },
      { name: 'minimum', kind: 'number' },
    ],
    ...[
      { name: 'validFrom', kind: 'time' },
      { name: 'validUntil', kind: 'time' },
      { name: 'usageLimit', kind: 'number' },
    ],
    enabled,
  ],
  discountRules: [
    ...[
      { name: 'adminTitle', kind: 'text', isRequired: true },
      { name: 'name', kind: 'text', isRequired: true },
    ],
    ...[
      { name: 'type', kind: 'text', isRequired: true },
      { name: 'sortOrder', kind: 'number' },
    ],
    ...[
      { name: 'percent', kind: 'number' },
      { name: 'amount', kind: 'number' },
    ],
    ...[
      { name: 'compatibleWithOthers', kind: 'yes' },
      { name: 'conditions', kind: 'json' },
    ],
    enabled,
  ],
  deliveryServices: [title, price, enabled],
  locations: [title, enabled],
  units: [title, { name: 'location', kind: 'text' }, enabled],
  channels: [title, { name: 'pos', kind: 'yes' }, enabled],
} as const satisfies Readonly<Record<string, readonly Field[]>>

export type Kind = keyof typeof fieldsOf

/** What stands in a field for a value. */
export function textOf(kind: FieldKind, value: unknown): string {
  if (value === undefined || value === null) return ''
  if (kind === 'list' && Array.isArray(value)) return value.join(', ')
  return kind === 'json' ? JSON.stringify(value, null, 2) : String(value)
}

/** The value that a field's text stands for; undefined for an empty one. Throws a SyntaxError for JSON that is none. */
export function typedValue(kind: FieldKind, text: string): unknown {
  const typed = text.trim()
  if (kind === 'yes') return typed === 'true'
  if (typed === '') return undefined
  if (kind === 'list') return typed.split(',').flatMap((word) => word.trim() || [])
  if (kind === 'json') return JSON.parse(typed)
  // What is not a number is sent as it is: the server says what is wrong with it.
  return kind === 'number' && /^-?\d+(\.\d+)?$/.test(typed) ? Number(typed) : typed
}
