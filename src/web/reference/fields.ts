import { type Html, html } from '../shared/html.ts'
import type { Parameter, Schema } from './document.ts'

/** Deeper fields are seen in the example beside. */
const deepest = 3

/** The fields of an object, or of a list's objects, as a list; nothing for what has none. */
export function fieldList(schema: Schema | undefined, depth = 0): Html | undefined {
  const object = objectIn(schema)
  const fields = Object.entries(object?.properties ?? {})
  if (fields.length === 0 || depth >= deepest) return undefined
  return html`<dl class="fields">${fields.map(([name, field]) =>
    fieldRow(
      { name, schema: field, isRequired: object?.required?.includes(name) === true },
      fieldList(field, depth + 1),
    ),
  )}</dl>`
}

export function parameterList(parameters: readonly Parameter[]): Html {
  return html`<dl class="fields">${parameters.map(({ name, schema, required, description }) =>
    fieldRow({
      name,
      schema: { ...schema, ...(description !== undefined && { description }) },
      isRequired: required === true,
    }),
  )}</dl>`
}

type Field = { readonly name: string; readonly schema: Schema; readonly isRequired: boolean }

function fieldRow({ name, schema, isRequired }: Field, inner?: Html): Html {
  return html`<div><dt><code>${name}</code> <span class="type">${typeText(schema)}</span>${
    isRequired && html` <span class="required">required</span>`
  }</dt><dd>${schema.description && html`<p>${schema.description}</p>`}${inner}</dd></div>`
}

/** `text, at most 255 characters`, `list of objects`, `created | authorized`. */
function typeText(schema: Schema): string {
  const { anyOf, const: only, enum: words, type, items } = schema
  if (only !== undefined) return String(only)
  if (words) return words.filter((word) => word !== '').join(' | ')
  if (anyOf) return [...new Set(anyOf.map(typeText))].join(' | ')
  if (type === 'array') return items ? `list of ${plural(typeText(items))}` : 'list'
  return [names[schema.format ?? ''] ?? names[type ?? ''] ?? type ?? 'anything', ...limits(schema)].join(', ')
}

const names: Readonly<Record<string, string>> = {
  string: 'text',
  'date-time': 'time',
  uri: 'URL',
  uuid: 'uuid',
  email: 'e-mail',
  integer: 'whole number',
}

function plural(name: string): string {
  return /^(text|object|uuid|time|URL)$/.test(name) ? `${name}s` : name
}

function limits({ minimum, maximum, maxLength, default: usual }: Schema): readonly string[] {
  return [
    ...(minimum !== undefined ? [`at least ${minimum}`] : []),
    ...(maximum !== undefined && maximum < Number.MAX_SAFE_INTEGER ? [`at most ${maximum}`] : []),
    ...(maxLength !== undefined ? [`at most ${maxLength} characters`] : []),
    ...(usual !== undefined ? [`default ${usual}`] : []),
  ]
}

function objectIn(schema: Schema | undefined): Schema | undefined {
  if (schema?.properties) return schema
  return schema?.items ? objectIn(schema.items) : undefined
}
