import { type TSchema, Type } from 'typebox'

/** What the documentation of every call of this API is made of. */
export const uuid = Type.String({ format: 'uuid' })
export const instant = Type.String({ format: 'date-time' })
export const orNull = (schema: TSchema) => Type.Union([schema, Type.Null()])
export const described = (schema: TSchema, description: string) => ({ ...schema, description })
export const shown = (schema: TSchema, description: string, example: unknown) => ({
  ...schema,
  description,
  examples: [example],
})

export const error = Type.Object({
  errorCode: Type.String(),
  errorId: Type.String(),
  message: Type.String(),
  httpStatusCode: Type.Integer(),
})
export const errors = {
  401: described(Type.String({ examples: ['Unauthorized'] }), 'The bare word Unauthorized: no key, or not this one.'),
  503: described(
    error,
    'Not now: wait as long as Retry-After says. Whether it was done is not known: ask again with the same key.',
  ),
}
export const invalid = { 400: described(error, 'A field is wrong: the message says which and how.') }
export const unknown = { 404: described(error, 'There is no such one of this merchant.') }

type About = { readonly operationId: string; readonly summary: string; readonly description: string }

/** A call of that group. */
export const of = (tag: string) => (about: About, more: object) => ({
  schema: { tags: [tag], ...about, security: [{ merchantKey: [] }], ...more },
})
