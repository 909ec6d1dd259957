import type { FastifyReply } from 'fastify'
import type { Static, TSchema } from 'typebox'
import type { By } from '../../../app/audit/audit-log.ts'
import type { SignedIn } from '../../../app/user/sessions.ts'
import type { Permission } from '../../../domain/user/role.ts'
import type { MerchantId } from '../../../kernel/ids.ts'
import type { RefusalCode } from './refusal-code.ts'

/**
 * Who may call a route. `merchant` routes carry the merchant in their address and name the one permission they need; with `stepUp`
 * the person must have proved to be there within the last minutes.
 */
export type Access =
  | { readonly to: 'anybody' }
  | { readonly to: 'signed_in'; readonly stepUp?: true }
  | { readonly to: 'merchant'; readonly permission: Permission; readonly stepUp?: true }

/** What a handler knows of its caller. `by` is what the audit log keeps. */
export type Caller = {
  readonly who: SignedIn
  readonly by: By
  readonly merchantId: MerchantId
  /** of that merchant, an IANA name: what its days and times are told in */
  readonly timeZone: string
}

export type Schemas = {
  readonly params?: TSchema
  readonly query?: TSchema
  readonly body?: TSchema
  readonly answer: TSchema
}

type Of<S extends Schemas, Key extends keyof Schemas> = S[Key] extends TSchema ? Static<S[Key]> : undefined

export type Input<S extends Schemas> = {
  readonly params: Of<S, 'params'>
  readonly query: Of<S, 'query'>
  readonly body: Of<S, 'body'>
  readonly caller: Caller
  readonly origin: { readonly address: string; readonly agent: string }
  /** for cookies and headers; the answer is what the handler returns */
  readonly reply: FastifyReply
}

/** One call of the portal's own API. Its schemas check what comes in, print what goes out, and type the client. */
export type ApiRoute<Method extends string = string, Url extends string = string, S extends Schemas = Schemas> = {
  readonly method: Method
  /** below `/portal/api`; `{merchant}` is the merchant's id */
  readonly url: Url
  readonly access: Access
  readonly summary: string
  /** bytes of the largest body; absent: what every form fits in */
  readonly bodyLimit?: number
  readonly schemas: S
  readonly handle: (input: Input<S>) => Promise<Static<S['answer']>>
}

/** Keeps the literal types of a route's method, address and schemas: the client's types are made of them. */
export function route<const Method extends string, const Url extends string, const S extends Schemas>(
  definition: ApiRoute<Method, Url, S>,
): ApiRoute<Method, Url, S> {
  return definition
}

/**
 * Thrown by a handler: an expected refusal with an English sentence for the person. Pages in other languages say it in their own words, by its code and
 * with its `detail`. Mapped in one place, errors.ts.
 */
export class Refused extends Error {
  readonly status: 400 | 401 | 403 | 404 | 409 | 422 | 429
  readonly code: RefusalCode
  readonly retryAfterSeconds: number | undefined
  /** what varies in the sentence: an amount, a role, names of properties */
  readonly detail: string

  constructor(
    status: Refused['status'],
    code: RefusalCode,
    sentence: string,
    { retryAfterSeconds, detail = '' }: { readonly retryAfterSeconds?: number; readonly detail?: string } = {},
  ) {
    super(sentence)
    this.detail = detail
    this.status = status
    this.code = code
    this.retryAfterSeconds = retryAfterSeconds
  }
}

declare module 'fastify' {
  interface FastifyRequest {
    caller: Caller
    origin: { readonly address: string; readonly agent: string }
  }
}
