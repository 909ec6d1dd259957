import type { CalendarDate } from '../../kernel/calendar-date.ts'
import { ok, type Result, refuse } from '../../kernel/result.ts'

/** Who a shopper is, as they say. */
export type Profile = {
  readonly givenNames: string
  readonly surname: string
  readonly birthDate: CalendarDate
  readonly address: string
  readonly postcode: string
  readonly city: string
  /** ISO 3166-1, two letters */
  readonly country: string
}

export type ProfileField = keyof Profile

export type ProfileProblem = 'missing' | 'format' | 'too_young'

export type ProfileProblems = Partial<Record<ProfileField, ProfileProblem>>

/** Countries whose shoppers may open an account. */
export const countries = ['AT', 'BE', 'DE', 'ES', 'FI', 'FR', 'IS', 'IT', 'NL', 'PT'] as const

const adultYears = 18
const oldestYears = 120

/** The profile in what was typed, or what is wrong with each field. `today` is the day where the shopper is asked. */
export function parseProfile(
  typed: Readonly<Record<ProfileField, string>>,
  today: CalendarDate,
): Result<Profile, ProfileProblems> {
  const trimmed = Object.fromEntries(
    Object.entries(typed).map(([name, text]) => [name, text.normalize('NFC').trim()]),
  ) as Record<ProfileField, string>
  const birthDate = parseBirthDate(trimmed.birthDate)
  const problems: ProfileProblems = Object.fromEntries(
    (Object.keys(trimmed) as ProfileField[]).flatMap((field) => {
      const problem =
        field === 'birthDate' ? birthProblem(trimmed.birthDate, birthDate, today) : problemOf(field, trimmed[field])
      return problem ? [[field, problem]] : []
    }),
  )
  return Object.keys(problems).length > 0 || birthDate === undefined ? refuse(problems) : ok({ ...trimmed, birthDate })
}

function problemOf(field: ProfileField, text: string): ProfileProblem | undefined {
  if (text === '') return 'missing'
  if (text.length > 100 || /\p{Cc}/u.test(text) || !text.isWellFormed()) return 'format'
  if (field === 'country') return countries.some((each) => each === text) ? undefined : 'format'
  if (field === 'postcode') return /^[\p{L}\p{N} -]{2,12}$/u.test(text) ? undefined : 'format'
  return undefined
}

function birthProblem(text: string, date: CalendarDate | undefined, today: CalendarDate): ProfileProblem | undefined {
  if (text === '') return 'missing'
  if (date === undefined || date > today || ageOn(today, date) > oldestYears) return 'format'
  return ageOn(today, date) < adultYears ? 'too_young' : undefined
}

/** Whole years: a birthday counts from its own day on; one on 29 February from 1 March in other years. */
export function ageOn(today: CalendarDate, birthDate: CalendarDate): number {
  const [year = 0] = today.split('-').map(Number)
  const [birthYear = 0] = birthDate.split('-').map(Number)
  return year - birthYear - (today.slice(5) < birthDate.slice(5) ? 1 : 0)
}

/** `1990-01-31`, as browsers send it, or as people write it: `31/01/1990`, `31.1.1990`, `31-01-1990`. */
export function parseBirthDate(text: string): CalendarDate | undefined {
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(text)
  const european = /^(\d{1,2})[./\- ](\d{1,2})[./\- ](\d{4})$/.exec(text)
  const [year, month, day] = iso ? iso.slice(1) : (european?.slice(1).reverse() ?? [])
  if (!year || !month || !day) return undefined
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  const time = Date.parse(`${date}T00:00:00Z`)
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(date) ? (date as CalendarDate) : undefined
}
