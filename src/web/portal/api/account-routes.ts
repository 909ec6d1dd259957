import { Type } from 'typebox'
import type { SessionId } from '../../../domain/user/user.ts'
import { isoOf } from '../../../kernel/instant.ts'
import type { PortalApp } from '../portal-app.ts'
import type { Caller } from './route.ts'
import { Refused, route } from './route.ts'
import { done } from './shapes.ts'

const codes = Type.Object({ recoveryCodes: Type.Array(Type.String(), { description: 'Shown this once.' }) })
const stepUp = { to: 'signed_in', stepUp: true } as const

/** What a person changes of the own account: each of these would let a thief in or the owner out, so each wants a fresh proof. */
export function accountRoutes(app: PortalApp) {
  const { sessions, passkeys, account } = app.users
  return [
    route({
      method: 'DELETE',
      url: '/sessions/{session}',
      access: { to: 'signed_in' },
      summary: 'End one of your sessions',
      schemas: { params: Type.Object({ session: Type.String({ format: 'uuid' }) }), answer: done },
      handle: async ({ params, caller: { who } }) => {
        const isEnded = await sessions.end(who.user.id, params.session as SessionId)
        if (!isEnded) throw new Refused(404, 'session_ended', 'This session has ended already.')
        return { ok: true as const }
      },
    }),
    route({
      method: 'PUT',
      url: '/account/password',
      access: stepUp,
      summary: 'Change your password; every other session ends',
      schemas: { body: Type.Object({ password: Type.String({ maxLength: 200 }) }), answer: done },
      handle: async ({ body, caller }) => {
        const changed = await account.changePassword(ownerOf(caller), body.password)
        if (!changed.ok) throw new Refused(422, changed.reason.code, changed.reason.sentence)
        return { ok: true as const }
      },
    }),
    route({
      method: 'POST',
      url: '/account/totp/offer',
      access: stepUp,
      summary: 'A fresh secret for an authenticator app; nothing is kept until a code of it came back',
      schemas: { answer: Type.Object({ secret: Type.String(), uri: Type.String() }) },
      handle: async ({ caller: { who } }) => await account.offerTotp(who.user.email),
    }),
    route({
      method: 'PUT',
      url: '/account/totp',
      access: stepUp,
      summary: 'Ask for a code of the authenticator app at every sign-in from now on',
      schemas: {
        body: Type.Object({ secret: Type.String({ maxLength: 64 }), code: Type.String({ maxLength: 10 }) }),
        answer: codes,
      },
      handle: async ({ body, caller: { who } }) => {
        const recoveryCodes = await account.enableTotp(who.user.id, body.secret, body.code.replaceAll(' ', ''))
        if (!recoveryCodes)
          throw new Refused(
            422,
            'wrong_code',
            'This is not the code that the app shows now. Check the time of your phone, and type the newest code.',
          )
        return { recoveryCodes: [...recoveryCodes] }
      },
    }),
    route({
      method: 'DELETE',
      url: '/account/totp',
      access: stepUp,
      summary: 'Sign in without the authenticator app again',
      schemas: { answer: done },
      handle: async ({ caller: { who } }) => {
        await account.disableTotp(who.user.id)
        return { ok: true as const }
      },
    }),
    route({
      method: 'POST',
      url: '/account/recovery-codes',
      access: stepUp,
      summary: 'New recovery codes; the old ones end',
      schemas: { answer: codes },
      handle: async ({ caller: { who } }) => ({ recoveryCodes: [...(await account.renewRecoveryCodes(who.user.id))] }),
    }),
    route({
      method: 'GET',
      url: '/account/passkeys',
      access: { to: 'signed_in' },
      summary: 'Your passkeys',
      schemas: {
        answer: Type.Object({
          passkeys: Type.Array(
            Type.Object({
              id: Type.String(),
              name: Type.String(),
              createdAt: Type.String(),
              lastUsedAt: Type.Union([Type.String(), Type.Null()]),
            }),
          ),
        }),
      },
      handle: async ({ caller: { who } }) => ({
        passkeys: (await passkeys.list(who.user.id)).map(({ credentialId, name, createdAt, lastUsedAt }) => ({
          id: credentialId,
          name,
          createdAt: isoOf(createdAt),
          lastUsedAt: lastUsedAt && isoOf(lastUsedAt),
        })),
      }),
    }),
    route({
      method: 'POST',
      url: '/account/passkeys/options',
      access: stepUp,
      summary: 'Begin to add a passkey',
      schemas: { answer: Type.Record(Type.String(), Type.Unknown()) },
      handle: async ({ caller }) => ({ ...(await passkeys.startAdding({ ...caller.who.user, ...ownerOf(caller) })) }),
    }),
    route({
      method: 'POST',
      url: '/account/passkeys',
      access: stepUp,
      summary: 'Add the passkey that the browser made',
      schemas: {
        body: Type.Object({ name: Type.String({ maxLength: 60 }), answer: Type.Record(Type.String(), Type.Unknown()) }),
        answer: done,
      },
      handle: async ({ body, caller }) => {
        const answer = body.answer as unknown as Parameters<typeof passkeys.finishAdding>[2]
        const isAdded = await passkeys.finishAdding({ ...caller.who.user, ...ownerOf(caller) }, body.name, answer)
        if (!isAdded) throw new Refused(422, 'passkey_not_added', 'The passkey could not be added. Try again.')
        return { ok: true as const }
      },
    }),
    route({
      method: 'DELETE',
      url: '/account/passkeys/{passkey}',
      access: stepUp,
      summary: 'Remove one of your passkeys',
      schemas: { params: Type.Object({ passkey: Type.String({ maxLength: 1024 }) }), answer: done },
      handle: async ({ params, caller: { who } }) => {
        if (!(await passkeys.remove(who.user.id, params.passkey)))
          throw new Refused(404, 'unknown_passkey', 'You have no such passkey.')
        return { ok: true as const }
      },
    }),
  ] as const
}

function ownerOf({ who }: Caller) {
  return { userId: who.user.id, sessionId: who.session.sessionId }
}
