import { isObject, type JsonObject, property } from '../../shared/body.ts'
import { digitsOf } from '../body.ts'
import type { Issue } from '../issue.ts'

/**
 * Reads the properties of one JSON object and writes down the first thing that is wrong, at its path; what is found after it costs nothing.
 * `null` and absent are the same.
 */
export class Fields {
  readonly #object: JsonObject
  readonly #path: string
  readonly #issues: Issue[]

  constructor(object: JsonObject, issues: Issue[], path = '') {
    this.#object = object
    this.#issues = issues
    this.#path = path
  }

  text(name: string, { longest }: { longest: number }): string | null {
    const value = this.#given(name)
    if (value === null) return null
    if (typeof value === 'string' && value.length <= longest) return value
    return this.#wrong(name, `must be a string of at most ${longest} characters`)
  }

  requiredText(name: string, { longest, rule }: { longest: number; rule?: string }): string {
    const value = this.#given(name)
    if (typeof value === 'string' && value !== '' && value.length <= longest) return value
    this.#wrong(name, rule ?? `must be a string of 1 to ${longest} characters`)
    return ''
  }

  /** Read from the digits that were sent: `1.0`, `1e3` and `-0` are not whole numbers here. */
  integer(name: string): number | null {
    const value = this.#given(name)
    if (value === null) return null
    const digits = digitsOf(value)
    if (digits !== undefined && /^(0|-?[1-9]\d{0,15})$/.test(digits)) return Number(digits)
    return this.#wrong(name, 'must be a whole number')
  }

  number(name: string): number | null {
    const value = this.#given(name)
    if (value === null) return null
    const digits = digitsOf(value)
    if (digits !== undefined && digits.length <= 20) return Number(digits)
    return this.#wrong(name, 'must be a number')
  }

  /** An amount in the currency's smallest unit. Zero only where something may cost nothing. */
  amount(name: string, smallest: 0n | 1n): bigint {
    const digits = digitsOf(this.#given(name))
    if (digits !== undefined && /^(0|[1-9]\d{0,15})$/.test(digits)) {
      const amount = BigInt(digits)
      if (amount >= smallest && amount <= largestAmount) return amount
    }
    this.#wrong(name, `must be a whole number from ${smallest} to ${largestAmount}, in the currency's smallest unit`)
    return smallest
  }

  object(name: string): Fields | null {
    const value = this.#given(name)
    if (value === null) return null
    if (isObject(value)) return new Fields(value, this.#issues, this.#pathOf(name))
    return this.#wrong(name, 'must be an object')
  }

  /** The objects of an array, up to the first entry that is none; an absent array is empty. */
  objects(name: string): readonly Fields[] {
    return this.#entries(name, (each, index) => this.#objectAt(`${name}[${index}]`, each, 'must be an object'))
  }

  /** The same of texts and objects; `rule` says what else an entry should have been. */
  textsAndObjects(name: string, rule: string): readonly (string | Fields)[] {
    return this.#entries<string | Fields>(name, (each, index) =>
      typeof each === 'string' ? each : this.#objectAt(`${name}[${index}]`, each, rule),
    )
  }

  array(name: string): readonly unknown[] {
    const value = this.#given(name)
    if (value === null) return []
    if (Array.isArray(value)) return value
    this.#wrong(name, 'must be an array')
    return []
  }

  /** The value as it came. */
  raw(name: string): unknown {
    return this.#given(name)
  }

  wrong(name: string, rule: string): void {
    this.#wrong(name, rule)
  }

  #entries<T>(name: string, read: (entry: unknown, index: number) => T | null): readonly T[] {
    const entries: T[] = []
    for (const [index, entry] of this.array(name).entries()) {
      const value = read(entry, index)
      if (value === null) break
      entries.push(value)
    }
    return entries
  }

  #objectAt(place: string, value: unknown, rule: string): Fields | null {
    return isObject(value) ? new Fields(value, this.#issues, this.#pathOf(place)) : this.#wrong(place, rule)
  }

  #given(name: string): unknown {
    return property(this.#object, name) ?? null
  }

  #wrong(name: string, rule: string): null {
    if (this.#issues.length === 0) this.#issues.push({ field: this.#pathOf(name), rule })
    return null
  }

  #pathOf(name: string): string {
    return this.#path === '' ? name : `${this.#path}.${name}`
  }
}

/** 2^53 - 1: what a JSON number can be told in by every client without losing a króna. */
const largestAmount = 9_007_199_254_740_991n
