import { Type } from 'typebox'
import type { CreatedKey } from '../../../../app/merchant/create-key.ts'
import type { KeyRefusal } from '../../../../app/merchant/staff-keys.ts'
import { unreachable } from '../../../../kernel/assert.ts'
import { isoOf } from '../../../../kernel/instant.ts'
import type { Result } from '../../../../kernel/result.ts'
import type { PortalApp } from '../../portal-app.ts'
import { Refused, route } from '../route.ts'
import { done, merchant, ofMerchant, orNull, press } from '../shapes.ts'

const created = Type.Object({
  id: Type.String(),
  key: Type.String({ description: 'The key itself, shown this once.' }),
  last4: Type.String(),
})
const ofKey = Type.Object({ merchant, key: Type.String({ maxLength: 80 }) })
/** Whoever sees a key can act as the shop, so that seeing one wants a fresh proof. */
const reveal = { to: 'merchant', permission: 'reveal_key', stepUp: true } as const

/** The keys of a shop. A key is shown by the call that makes it, and never again. */
export function keyRoutes(app: PortalApp) {
  const { keys } = app.developers
  return [
    route({
      method: 'GET',
      url: '/merchants/{merchant}/keys',
      access: { to: 'merchant', permission: 'view_keys' },
      summary: 'The keys of a shop, never the keys themselves, and which can be made',
      schemas: {
        params: ofMerchant,
        answer: Type.Object({
          keys: Type.Array(
            Type.Object({
              id: Type.String(),
              name: Type.String(),
              api: Type.String(),
              kind: Type.String(),
              last4: Type.String(),
              createdAt: Type.String(),
              isLive: Type.Boolean(),
              lastUsedAt: orNull,
              expiresAt: orNull,
              revokedAt: orNull,
            }),
          ),
          choices: Type.Array(Type.Object({ api: Type.String(), kinds: Type.Array(Type.String()) })),
        }),
      },
      handle: async ({ caller: { merchantId } }) => {
        const [list, choices] = [await keys.list(merchantId), await keys.choices(merchantId)]
        return {
          keys: list.map(
            ({ id, name, protocol, kind, last4, createdAt, lastUsedAt, expiresAt, revokedAt, isLive }) => ({
              ...{ id, name, api: protocol, kind, last4, isLive },
              createdAt: isoOf(createdAt),
              lastUsedAt: lastUsedAt && isoOf(lastUsedAt),
              expiresAt: expiresAt && isoOf(expiresAt),
              revokedAt: revokedAt && isoOf(revokedAt),
            }),
          ),
          choices: choices.map(({ protocol, kinds }) => ({ api: protocol, kinds: [...kinds] })),
        }
      },
    }),
    route({
      method: 'POST',
      url: '/merchants/{merchant}/keys',
      access: reveal,
      summary: 'Make a key and show it, this once',
      schemas: {
        params: ofMerchant,
        body: Type.Object({
          api: Type.String({ maxLength: 40 }),
          kind: Type.String({ maxLength: 40 }),
          name: Type.String({ maxLength: 60 }),
          press,
        }),
        answer: created,
      },
      handle: async ({ body: { api, ...rest }, caller: { merchantId, by } }) =>
        shown(await keys.create({ ...rest, merchantId, protocol: api, by })),
    }),
    route({
      method: 'POST',
      url: '/merchants/{merchant}/keys/{key}/rotate',
      access: reveal,
      summary: 'Make a key in the place of another one, which ends after an overlap',
      schemas: {
        params: ofKey,
        body: Type.Object({
          overlapSeconds: Type.Integer({ minimum: 0, maximum: 30 * 86_400 }),
          press,
        }),
        answer: created,
      },
      handle: async ({ params, body, caller: { merchantId, by } }) =>
        shown(await keys.rotate({ ...body, merchantId, id: params.key, by })),
    }),
    route({
      method: 'DELETE',
      url: '/merchants/{merchant}/keys/{key}',
      access: { to: 'merchant', permission: 'manage_keys' },
      summary: 'End a key at once',
      schemas: { params: ofKey, answer: done },
      handle: async ({ params, caller: { merchantId, by } }) => {
        if (!(await keys.revoke(merchantId, params.key, by))) throw unknownKey()
        return { ok: true as const }
      },
    }),
  ] as const
}

function unknownKey(): Refused {
  return new Refused(404, 'unknown_key', 'There is no such key, or it has ended already.')
}

function shown(made: Result<CreatedKey, KeyRefusal>): CreatedKey {
  if (made.ok) return made.value
  const { reason } = made
  switch (reason.kind) {
    case 'unknown':
      throw new Refused(404, 'key_is_ending', 'There is no such key, or its end is set already.')
    case 'made_already':
      throw new Refused(
        409,
        'made_already',
        'The key was made, but its answer was lost on the way, and keys are shown once. Revoke it and make another one.',
      )
    case 'too_many':
      throw new Refused(409, 'too_many_keys', 'A shop may have 100 live keys. Revoke one first.')
    case 'unknown_kind':
      throw new Refused(422, 'unknown_key_kind', 'There is no such kind of key.')
    case 'useless':
      throw new Refused(422, 'not_made', reason.sentence, { detail: reason.currencies.join(', ') })
    default:
      return unreachable(reason)
  }
}
