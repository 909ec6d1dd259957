import type { Clock } from '../../kernel/clock.ts'
import type { Result } from '../../kernel/result.ts'
import type { CardAcquirer } from '../rail.ts'
import type { AcquirerHttp } from './acquirer-http.ts'

/** One value that an operator enters for a connector: what a form asks for and what is stored encrypted. */
export type CredentialField = {
  readonly name: string
  readonly label: string
  /** a secret is never shown again; a currency is an ISO 4217 code */
  readonly kind: 'text' | 'secret' | 'url' | 'digits' | 'currency'
}

export type CredentialRefusal = { readonly field: string; readonly message: string }

export type ConnectorParts = { readonly http: AcquirerHttp; readonly clock: Clock }

/** What a connector can be asked for; one suite of tests asks every connector for each ability that it declares. */
export const abilities = ['authorize', 'capture', 'keep_card', 'charge_kept_card', 'ask_for_3d_secure'] as const

export type Ability = (typeof abilities)[number]

/** How an acquirer is made for one merchant's credentials. Adding one is a folder and a line in `index.ts`. */
export type Connector = {
  readonly name: string
  readonly fields: readonly CredentialField[]
  readonly abilities: ReadonlySet<Ability>
  /** Whether an acquirer can be made of the credentials (names as in `fields`); the refusal never quotes a value. */
  check(credentials: Readonly<Record<string, string>>): Result<unknown, CredentialRefusal>
  /** Checks the credentials and makes the acquirer. */
  create(credentials: Readonly<Record<string, string>>, parts: ConnectorParts): Result<CardAcquirer, CredentialRefusal>
}
