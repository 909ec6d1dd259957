import type { Brand } from '../../../kernel/brand.ts'

/** A uuid of any version, in lower case: SalesCloud names everything by one, also by old time-based ones. */
export type Uuid = Brand<string, 'Uuid'>

const form = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/** The text as a uuid; undefined for anything else, before it costs a query. */
export function parseUuid(text: string): Uuid | undefined {
  return text.length === 36 && form.test(text) ? (text.toLowerCase() as Uuid) : undefined
}
