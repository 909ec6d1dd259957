import type { FastifyReply } from 'fastify'
import { Type } from 'typebox'
import type { SignInRefusal, SignInStep } from '../../../app/user/sign-in.ts'
import { may, permissions, roles } from '../../../domain/user/role.ts'
import { isoOf } from '../../../kernel/instant.ts'
import type { Result } from '../../../kernel/result.ts'
import type { PortalApp } from '../portal-app.ts'
import { clearSessionCookie, sessionCookie, setSessionCookie } from './cookie.ts'
import { granted } from './granted.ts'
import { Refused, route } from './route.ts'
import { done } from './shapes.ts'

const step = Type.Object({ needs: Type.Union([Type.Literal('nothing'), Type.Literal('second_factor')]) })
const text = (maxLength: number) => Type.String({ maxLength })
const publicKeyOptions = Type.Record(Type.String(), Type.Unknown(), {
  description: 'Options for `navigator.credentials`.',
})
const publicKeyAnswer = Type.Record(Type.String(), Type.Unknown(), { description: 'What the browser answered.' })

const session = Type.Object({
  user: Type.Object({ email: Type.String(), name: Type.String(), language: Type.String() }),
  merchants: Type.Array(
    Type.Object({
      id: Type.Integer(),
      name: Type.String(),
      timeZone: Type.String(),
      role: Type.Enum([...roles]),
      may: Type.Array(Type.Enum([...permissions])),
    }),
  ),
  hasTotp: Type.Boolean(),
  passkeys: Type.Integer(),
  recoveryCodesLeft: Type.Integer(),
  mode: Type.Enum(['sandbox', 'live']),
  apis: Type.Array(Type.Object({ name: Type.String(), title: Type.String() }), {
    description: 'The merchant APIs that orders come from, with their names as people know them.',
  }),
})

/** Signing in, and what a person does with the own account. */
export function sessionRoutes(app: PortalApp) {
  const { sessions, signIn, passkeys, account } = app.users
  return [
    route({
      method: 'POST',
      url: '/session',
      access: { to: 'anybody' },
      summary: 'Sign in with address and password',
      schemas: { body: Type.Object({ email: text(254), password: text(200) }), answer: step },
      handle: async ({ body, origin, reply }) => begun(app, reply, await signIn.withPassword(body, origin)),
    }),
    route({
      method: 'POST',
      url: '/session/code',
      access: { to: 'anybody' },
      summary: 'Finish signing in with a code of the authenticator app or a recovery code',
      schemas: { body: Type.Object({ code: text(40) }), answer: step },
      handle: async ({ body, origin, reply }) => {
        const token = reply.request.cookies[sessionCookie] ?? ''
        return begun(app, reply, await signIn.withCode(token, body.code, origin))
      },
    }),
    route({
      method: 'POST',
      url: '/session/demo',
      access: { to: 'anybody' },
      summary: "Sign in as the sandbox's demo owner",
      schemas: { answer: step },
      handle: async ({ origin, reply }) => {
        if (!app.users.demo) throw new Refused(404, 'no_demo_owner', 'There is no demo owner outside of the sandbox.')
        setSessionCookie(app, reply, await app.users.demo(origin))
        return { needs: 'nothing' as const }
      },
    }),
    route({
      method: 'POST',
      url: '/session/passkey/options',
      access: { to: 'anybody' },
      summary: 'Begin to sign in with a passkey',
      schemas: { answer: publicKeyOptions },
      handle: async () => ({ ...(await passkeys.startSignIn()) }),
    }),
    route({
      method: 'POST',
      url: '/session/passkey',
      access: { to: 'anybody' },
      summary: 'Sign in with a passkey',
      schemas: { body: publicKeyAnswer, answer: step },
      handle: async ({ body, origin, reply }) =>
        begun(app, reply, await passkeys.signIn(body as unknown as Parameters<typeof passkeys.signIn>[0], origin)),
    }),
    route({
      method: 'GET',
      url: '/session',
      access: { to: 'signed_in' },
      summary: 'Who is signed in, for which shops, and what they may do',
      schemas: { answer: session },
      handle: async ({ caller: { who } }) => ({
        user: { email: who.user.email, name: who.user.name, language: who.user.language },
        merchants: who.memberships.map(({ merchantId, merchantName, timeZone, role }) => ({
          id: merchantId,
          name: merchantName,
          timeZone,
          role,
          may: permissions.filter((permission) => may(role, permission)),
        })),
        ...(await signIn.factorsOf(who.user.id)),
        recoveryCodesLeft: await account.recoveryCodesLeft(who.user.id),
        mode: app.mode,
        apis: [...app.apis],
      }),
    }),
    route({
      method: 'DELETE',
      url: '/session',
      access: { to: 'signed_in' },
      summary: 'Sign out',
      schemas: { answer: done },
      handle: async ({ caller: { who }, reply }) => {
        await sessions.end(who.user.id, who.session.sessionId)
        clearSessionCookie(app, reply)
        return { ok: true as const }
      },
    }),
    route({
      method: 'POST',
      url: '/session/step-up',
      access: { to: 'signed_in' },
      summary: 'Prove once more who sits there',
      schemas: {
        body: Type.Object({ password: Type.Optional(text(200)), code: Type.Optional(text(40)) }),
        answer: done,
      },
      handle: async ({ body, caller: { who }, origin }) => {
        const owner = { userId: who.user.id, sessionId: who.session.sessionId }
        granted(await signIn.stepUp(owner, body, origin))
        return { ok: true as const }
      },
    }),
    route({
      method: 'GET',
      url: '/sessions',
      access: { to: 'signed_in' },
      summary: 'The live sessions of whoever is signed in',
      schemas: {
        answer: Type.Object({
          sessions: Type.Array(
            Type.Object({
              id: Type.String(),
              address: Type.String(),
              agent: Type.String(),
              createdAt: Type.String(),
              seenAt: Type.String(),
              isThis: Type.Boolean(),
            }),
          ),
        }),
      },
      handle: async ({ caller: { who } }) => ({
        sessions: (await sessions.list(who.user.id)).map(({ sessionId, address, agent, createdAt, seenAt }) => ({
          id: sessionId,
          address,
          agent,
          createdAt: isoOf(createdAt),
          seenAt: isoOf(seenAt),
          isThis: sessionId === who.session.sessionId,
        })),
      }),
    }),
  ] as const
}

function begun(app: PortalApp, reply: FastifyReply, result: Result<SignInStep, SignInRefusal>) {
  const { token, needs } = granted(result)
  setSessionCookie(app, reply, token)
  return { needs }
}
