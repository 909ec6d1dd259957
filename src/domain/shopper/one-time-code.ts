import { hour, type Instant, minute, plus, second } from '../../kernel/instant.ts'

/** How a one-time code is bounded. Five codes an hour with five tries each are 25 guesses of a million. */
export const codeLimits = {
  validFor: 10n * minute,
  tries: 5,
  resendAfter: 30n * second,
  /** codes to one contact in an hour, and in a day */
  perContact: { hour: 5, day: 15 },
  /** codes asked for from one address in an hour: a family or an office behind one */
  perAddress: 30,
  /** wrong tries from one address in an hour, over all contacts */
  triesPerAddress: 60,
} as const

export type CodeHistory = {
  readonly contactHour: number
  readonly contactDay: number
  readonly addressHour: number
  /** when the newest code to the contact was sent */
  readonly newest: Instant | null
}

export type CodeRefusal =
  | { readonly reason: 'too_soon'; readonly waitSeconds: number }
  | { readonly reason: 'too_many' }

/** Why no code is sent now; undefined when one is. */
export function refuseCode(history: CodeHistory, now: Instant): CodeRefusal | undefined {
  const next = history.newest === null ? now : plus(history.newest, codeLimits.resendAfter)
  if (next > now) return { reason: 'too_soon', waitSeconds: Number((next - now + second - 1n) / second) }
  const { perContact, perAddress } = codeLimits
  const isOver =
    history.contactHour >= perContact.hour || history.contactDay >= perContact.day || history.addressHour >= perAddress
  return isOver ? { reason: 'too_many' } : undefined
}

/** What counts against the limits. */
export function historyStart(now: Instant): { readonly hour: Instant; readonly day: Instant } {
  return { hour: plus(now, -hour), day: plus(now, -24n * hour) }
}
