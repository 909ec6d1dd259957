import { digitsOf, isObject, type JsonObject, property } from '../body.ts'
import type { Issue } from '../issue.ts'

/** What is wrong with a request: `items[0].quantity`, "must be a whole number". The rule never quotes a value. */
/** Reads the properties of one JSON object and writes down what is wrong, at its path. `null` and absent are the same. */
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

  /** Read from the digits that were sent: `1.0`, `1e3` and `-0` are no whole numbers here. */
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

  /** The objects of an array; an absent one is empty. */
  objects(name: string): readonly Fields[] {
    return this.array(name).flatMap((each, index) => this.#objectAt(`${name}[${index}]`, each, 'must be an object'))
  }

  /** The texts and objects of an array; `rule` says what else an entry should have been. */
  textsAndObjects(name: string, rule: string): readonly (string | Fields)[] {
    return this.array(name).flatMap<string | Fields>((each, index) =>
      typeof each === 'string' ? [each] : this.#objectAt(`${name}[${index}]`, each, rule),
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

  #objectAt(place: string, value: unknown, rule: string): Fields[] {
    if (isObject(value)) return [new Fields(value, this.#issues, this.#pathOf(place))]
    this.#wrong(place, rule)
    return []
  }

  #given(name: string): unknown {
    return property(this.#object, name) ?? null
  }

  #wrong(name: string, rule: string): null {
    this.#issues.push({ field: this.#pathOf(name), rule })
    return null
  }

  #pathOf(name: string): string {
    return this.#path === '' ? name : `${this.#path}.${name}`
  }
}

/** 2^53 - 1: what a JSON number can be told in by every client without losing a króna. */
const largestAmount = 9_007_199_254_740_991n
