import { Type } from 'typebox'

/** Shapes that many routes of the portal take or answer. */
export const merchant = Type.String({ maxLength: 20 })
export const ofMerchant = Type.Object({ merchant })
export const ofOrder = Type.Object({ merchant, token: Type.String({ maxLength: 64 }) })
export const orNull = Type.Union([Type.String(), Type.Null()])
export const done = Type.Object({ ok: Type.Literal(true) })
export const press = Type.String({
  minLength: 8,
  maxLength: 64,
  description: 'Of one press of the button: the same one never acts twice.',
})
