import { Type } from 'typebox'

/** What the routes for developers share. */
export const ofMerchant = Type.Object({ merchant: Type.String({ maxLength: 20 }) })
export const orNull = Type.Union([Type.String(), Type.Null()])
export const done = Type.Object({ ok: Type.Literal(true) })
export const press = Type.String({
  minLength: 8,
  maxLength: 64,
  description: 'Of one press of the button: the same one never acts twice.',
})
