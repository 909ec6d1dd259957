import type { ReferenceQuery, ReferenceRow } from '../../../app/app.ts'
import { isoOf } from '../../../kernel/instant.ts'
import { ok, type Result, refuse } from '../../../kernel/result.ts'
import { isObject } from '../../shared/body.ts'
import { empty, type Issue, isStorable, issue } from '../validation.ts'

type Asked = Pick<ReferenceQuery, 'paymentId' | 'merchantReference' | 'processorReference'>

/** Query name on the wire and the field it stands for (scalapay.md 6). */
const names = [
  ['orderToken', 'paymentId'],
  ['merchantOrderReference', 'merchantReference'],
  ['merchantProcessorReference', 'processorReference'],
] as const

/** At least one of the three, each with something in it; several are all to match. */
export function parseReferences(query: unknown): Result<Asked, readonly Issue[]> {
  const issues: Issue[] = []
  const asked: { -readonly [K in keyof Asked]: Asked[K] } = {}
  const sent = isObject(query) ? query : {}
  for (const [name, field] of names) {
    const value = sent[name]
    if (value === undefined) continue
    const complaint = complaintAbout(value, name)
    if (complaint) issues.push(complaint)
    else asked[field] = String(value)
  }
  if (issues.length > 0) return refuse(issues)
  return Object.keys(asked).length === 0 ? refuse([nothingAsked]) : ok(asked)
}

function complaintAbout(value: unknown, name: string): Issue | undefined {
  if (value === '') return { ...empty([name]), location: 'query' }
  if (typeof value !== 'string') return issue([name], 'must be a string', 'string.base', 'query')
  return isStorable(value)
    ? undefined
    : issue([name], 'contains characters that are not allowed', 'string.regex.base', 'query')
}

const nothingAsked: Issue = {
  field: [],
  location: 'query',
  messages: ['"value" must contain at least one of [orderToken, merchantOrderReference, merchantProcessorReference]'],
  types: ['object.missing'],
}

/** A bare array; an unset reference is null (scalapay.md 6). */
export function renderReferences(rows: readonly ReferenceRow[]): string {
  return JSON.stringify(
    rows.map(({ paymentId, merchantReference, processorReference, createdAt }) => ({
      orderToken: paymentId,
      merchantOrderReference: merchantReference,
      merchantProcessorReference: processorReference,
      createdAt: isoOf(createdAt),
    })),
  )
}
