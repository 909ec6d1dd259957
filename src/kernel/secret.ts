import { inspect } from 'node:util'

const hidden = '[secret]'

/**
 * A string that shows itself only when asked by name: printed, logged, interpolated or sent as JSON it is `[secret]`.
 * Card numbers, security codes and acquirer passwords travel inside one from the moment they are parsed.
 */
export class Secret {
  readonly #value: string

  constructor(value: string) {
    this.#value = value
  }

  reveal(): string {
    return this.#value
  }

  toString(): string {
    return hidden
  }

  toJSON(): string {
    return hidden
  }

  [inspect.custom](): string {
    return hidden
  }
}
