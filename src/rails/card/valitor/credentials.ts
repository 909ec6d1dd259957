import type { Currency } from '../../../kernel/currency.ts'
import type { Secret } from '../../../kernel/secret.ts'

/** One virtual terminal (valitor.md 1). It takes one currency; a second currency is a second terminal. */
export type ValitorCredentials = {
  /** the address of the SOAP service: https, or http on this machine */
  readonly endpoint: string
  readonly username: string
  readonly password: Secret
  /** digits */
  readonly posId: string
  readonly currency: Currency
}
