import { Type } from 'typebox'
import { roles } from '../../../domain/user/role.ts'
import type { UserId } from '../../../domain/user/user.ts'
import { isoOf } from '../../../kernel/instant.ts'
import { languageOf } from '../../../kernel/language.ts'
import type { PortalApp } from '../portal-app.ts'
import { setSessionCookie } from './cookie.ts'
import { granted } from './granted.ts'
import { Refused, route } from './route.ts'
import { done, merchant, ofMerchant } from './shapes.ts'

const role = Type.Enum([...roles])
const manage = { to: 'merchant', permission: 'manage_users', stepUp: true } as const

/** Who works for a shop, and how somebody comes in. */
export function peopleRoutes(app: PortalApp) {
  const { people, signIn } = app.users
  return [
    route({
      method: 'GET',
      url: '/merchants/{merchant}/people',
      access: { to: 'merchant', permission: 'view_users' },
      summary: 'The people of a shop, and who is invited',
      schemas: {
        params: ofMerchant,
        answer: Type.Object({
          members: Type.Array(
            Type.Object({
              id: Type.String(),
              email: Type.String(),
              name: Type.String(),
              role,
              since: Type.String(),
              hasSecondFactor: Type.Boolean(),
              isYou: Type.Boolean(),
            }),
          ),
          invitations: Type.Array(
            Type.Object({ email: Type.String(), role, invitedBy: Type.String(), expiresAt: Type.String() }),
          ),
        }),
      },
      handle: async ({ caller: { merchantId, who } }) => {
        const { members, invitations } = await people.list(merchantId)
        return {
          members: members.map(({ userId, email, name, role, createdAt, hasSecondFactor }) => ({
            id: userId,
            email,
            name,
            role,
            since: isoOf(createdAt),
            hasSecondFactor,
            isYou: userId === who.user.id,
          })),
          invitations: invitations.map(({ email, role, invitedBy, expiresAt }) => ({
            email,
            role,
            invitedBy,
            expiresAt: isoOf(expiresAt),
          })),
        }
      },
    }),
    route({
      method: 'POST',
      url: '/merchants/{merchant}/invitations',
      access: manage,
      summary: 'Invite somebody: by e-mail, and the link is shown this once',
      schemas: {
        params: ofMerchant,
        body: Type.Object({ email: Type.String({ maxLength: 254 }), role }),
        answer: Type.Object({ link: Type.String(), email: Type.String() }),
      },
      handle: async ({ body, caller: { merchantId, by, who } }) => {
        const invited = await people.invite({
          ...{ merchantId, email: body.email, role: body.role, by },
          language: languageOf(who.user.language) ?? 'en',
        })
        if (!invited.ok) throw new Refused(422, invited.reason.code, invited.reason.sentence)
        return invited.value
      },
    }),
    route({
      method: 'DELETE',
      url: '/merchants/{merchant}/invitations/{email}',
      access: manage,
      summary: 'Take an invitation back',
      schemas: {
        params: Type.Object({ merchant, email: Type.String({ maxLength: 254 }) }),
        answer: done,
      },
      handle: async ({ params, caller: { merchantId, by } }) => {
        if (!(await people.revokeInvitation(merchantId, params.email, by)))
          throw new Refused(404, 'unknown_invitation', 'There is no open invitation for this address.')
        return { ok: true as const }
      },
    }),
    route({
      method: 'PUT',
      url: '/merchants/{merchant}/people/{user}',
      access: manage,
      summary: 'Change what somebody may do',
      schemas: {
        params: Type.Object({ merchant, user: Type.String({ format: 'uuid' }) }),
        body: Type.Object({ role }),
        answer: done,
      },
      handle: async ({ params, body, caller: { merchantId, by } }) => {
        const changed = await people.change(merchantId, params.user as UserId, body.role, by)
        if (!changed.ok) throw new Refused(409, changed.reason.code, changed.reason.sentence)
        return { ok: true as const }
      },
    }),
    route({
      method: 'DELETE',
      url: '/merchants/{merchant}/people/{user}',
      access: manage,
      summary: 'Let somebody go: all of their sessions end',
      schemas: {
        params: Type.Object({ merchant, user: Type.String({ format: 'uuid' }) }),
        answer: done,
      },
      handle: async ({ params, caller: { merchantId, by } }) => {
        const changed = await people.change(merchantId, params.user as UserId, null, by)
        if (!changed.ok) throw new Refused(409, changed.reason.code, changed.reason.sentence)
        return { ok: true as const }
      },
    }),
    route({
      method: 'GET',
      url: '/invitations/{token}',
      access: { to: 'anybody' },
      summary: 'The invitation behind a link',
      schemas: {
        params: Type.Object({ token: Type.String({ maxLength: 100 }) }),
        answer: Type.Object({
          merchant: Type.String(),
          email: Type.String(),
          role,
          invitedBy: Type.String(),
          hasAccount: Type.Boolean(),
        }),
      },
      handle: async ({ params }) => {
        const found = await people.read(params.token)
        if (!found)
          throw new Refused(404, 'invitation_ended', 'This invitation was used or has ended. Ask for a new one.')
        const { merchantName, email, role, invitedBy } = found.invitation
        return { merchant: merchantName, email, role, invitedBy, hasAccount: found.hasAccount }
      },
    }),
    route({
      method: 'POST',
      url: '/invitations/{token}',
      access: { to: 'anybody' },
      summary: 'Accept an invitation, and sign in',
      schemas: {
        params: Type.Object({ token: Type.String({ maxLength: 100 }) }),
        body: Type.Object({
          name: Type.String({ maxLength: 100 }),
          password: Type.String({ maxLength: 200 }),
          language: Type.Enum(['en', 'it']),
        }),
        answer: Type.Object({ needs: Type.Enum(['nothing', 'second_factor']) }),
      },
      handle: async ({ params, body, origin, reply }) => {
        const invitation = await people.read(params.token)
        // Its password must not be guessed here either, by who has invited somebody.
        if (invitation?.hasAccount)
          granted(await signIn.provePassword({ ...body, email: invitation.invitation.email }, origin))
        const accepted = await people.accept(params.token, body)
        if (!accepted.ok || !invitation)
          throw accepted.ok
            ? new Refused(422, 'invitation_ended', 'This invitation was used or has ended. Ask for a new one.')
            : new Refused(422, accepted.reason.code, accepted.reason.sentence)
        const typed = { email: invitation.invitation.email, password: body.password }
        const signedIn = await signIn.withPassword(typed, origin)
        if (!signedIn.ok) throw new Refused(401, 'accepted', 'You are in. Sign in with your password.')
        setSessionCookie(app, reply, signedIn.value.token)
        return { needs: signedIn.value.needs }
      },
    }),
  ] as const
}
