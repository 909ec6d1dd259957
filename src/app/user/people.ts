import { createHash, randomBytes, randomUUID } from 'node:crypto'
import type pg from 'pg'
import { findMerchant } from '../../db/merchant/merchants.ts'
import { insertMessages } from '../../db/message/insert-messages.ts'
import {
  findInvitation,
  type Invitation,
  listInvitations,
  putInvitation,
  revokeInvitation,
  takeInvitation,
} from '../../db/user/invitations.ts'
import { endOtherSessions } from '../../db/user/sessions.ts'
import {
  changeMembership,
  findStaffByEmail,
  insertStaff,
  listMembers,
  type Member,
  putMembership,
  setPassword,
} from '../../db/user/staff.ts'
import { inTransaction, keepIfOk } from '../../db/wire/transaction.ts'
import type { Actor, AuditedAction } from '../../domain/audit/audit-entry.ts'
import type { Role } from '../../domain/user/role.ts'
import {
  emailOf,
  explainPasswordProblem,
  type PasswordProblem,
  passwordProblem,
  type UserId,
} from '../../domain/user/user.ts'
import type { Clock } from '../../kernel/clock.ts'
import type { MerchantId } from '../../kernel/ids.ts'
import { day, plus } from '../../kernel/instant.ts'
import type { Language } from '../../kernel/language.ts'
import { ok, type Result, refuse } from '../../kernel/result.ts'
import { recordIn } from '../audit/audit-log.ts'
import { outageAsUnavailable } from '../shared/outage.ts'
import type { Sealer } from '../shared/seal.ts'
import { hashPassword, isPassword } from './passwords.ts'

/** Who acts, and where from: what the audit log keeps of it. */
export type By = { readonly actor: Actor; readonly address: string | null }

export type InviteRequest = {
  readonly merchantId: MerchantId
  readonly email: string
  readonly role: Role
  readonly by: By
  /** what the e-mail is written in; absent: English */
  readonly language?: Language
}

/** `link` opens the invitation; it is shown to whoever invited, this once. */
export type Invited = { readonly link: string; readonly email: string }

/** What is wrong, and a sentence that says it and what to do. */
export type PeopleRefusal = {
  readonly code:
    | 'invalid_email'
    | 'invitation_ended'
    | 'wrong_password'
    | 'invalid_name'
    | PasswordProblem
    | 'address_taken'
    | 'unknown_person'
    | 'last_owner'
  readonly sentence: string
}

export type People = {
  readonly list: (merchantId: MerchantId) => Promise<{ members: readonly Member[]; invitations: readonly Invitation[] }>
  readonly invite: (request: InviteRequest) => Promise<Result<Invited, PeopleRefusal>>
  readonly revokeInvitation: (merchantId: MerchantId, email: string, by: By) => Promise<boolean>
  /** The open invitation behind a link, and whether its address has an account already. */
  readonly read: (token: string) => Promise<{ invitation: Invitation; hasAccount: boolean } | undefined>
  /** Whoever has an account gives its password; a new person chooses one. Answers who it is. */
  readonly accept: (
    token: string,
    typed: { readonly name: string; readonly password: string; readonly language: string },
  ) => Promise<Result<UserId, PeopleRefusal>>
  /** `role` null ends the membership. A merchant keeps one owner at least. */
  readonly change: (
    merchantId: MerchantId,
    userId: UserId,
    role: Role | null,
    by: By,
  ) => Promise<Result<true, PeopleRefusal>>
}

export type PeopleParts = {
  readonly pool: pg.Pool
  readonly clock: Clock
  readonly publicUrl: string
  /** seals the link in the outbox; absent: no e-mail is sent, whoever invites hands the link on */
  readonly sealer?: Pick<Sealer, 'seal'>
}

const invitationLife = 7n * day

const invitationEnded: PeopleRefusal = {
  code: 'invitation_ended',
  sentence: 'This invitation was used or has ended. Ask for a new one.',
}

export function createPeople({ pool, clock, publicUrl, sealer }: PeopleParts): People {
  const inOne = <T>(work: (client: pg.PoolClient) => Promise<T>) => outageAsUnavailable(inTransaction(pool, work))
  const note = (client: pg.PoolClient, by: By, action: Omit<AuditedAction, 'actor' | 'address'>) =>
    recordIn(client, { ...action, ...by }, clock)
  return {
    list: async (merchantId) => ({
      members: await outageAsUnavailable(listMembers(pool, merchantId)),
      invitations: await outageAsUnavailable(listInvitations(pool, merchantId, clock.now())),
    }),
    invite: async ({ merchantId, email: typed, role, by, language = 'en' }) => {
      const email = emailOf(typed)
      if (email === undefined)
        return refuse({
          code: 'invalid_email',
          sentence: 'This is not an e-mail address. It looks like name@example.com.',
        })
      const token = randomBytes(32).toString('base64url')
      const link = `${publicUrl}/portal/invitation/${token}`
      const createdAt = clock.now()
      const expiresAt = plus(createdAt, invitationLife)
      await inOne(async (client) => {
        const invitation = { merchantId, email, role, invitedBy: by.actor.name, createdAt, expiresAt }
        await putInvitation(client, { ...invitation, tokenHash: hashToken(token) })
        if (sealer) {
          const shop = (await findMerchant(client, merchantId))?.name ?? ''
          const facts = {
            kind: 'invitation',
            shop,
            invitedBy: by.actor.name,
            days: Number(invitationLife / day),
          } as const
          const sealedUrl = sealer.seal(link).toString('base64')
          await client.query(
            insertMessages([
              {
                ...{
                  owner: `merchant:${merchantId}`,
                  merchantId,
                  channel: 'email',
                  recipient: email,
                  language,
                  createdAt,
                },
                cause: `invitation:${hashToken(token).toString('hex')}`,
                facts: { ...facts, sealedUrl },
                usefulUntil: expiresAt,
              },
            ]),
          )
        }
        await note(client, by, { merchantId, action: 'invite_user', subject: email, before: null, after: { role } })
      })
      return ok({ link, email })
    },
    revokeInvitation: (merchantId, email, by) =>
      inOne(async (client) => {
        const isRevoked = await revokeInvitation(client, merchantId, email, clock.now())
        if (isRevoked)
          await note(client, by, { merchantId, action: 'revoke_invitation', subject: email, before: null, after: null })
        return isRevoked
      }),
    read: async (token) => {
      const invitation = await outageAsUnavailable(findInvitation(pool, hashToken(token), clock.now()))
      if (!invitation) return undefined
      const staff = await outageAsUnavailable(findStaffByEmail(pool, invitation.email))
      return { invitation, hasAccount: staff?.passwordHash != null }
    },
    accept: async (token, typed) => {
      const invitation = await outageAsUnavailable(findInvitation(pool, hashToken(token), clock.now()))
      if (!invitation) return refuse(invitationEnded)
      const known = await outageAsUnavailable(findStaffByEmail(pool, invitation.email))
      const name = typed.name.trim()
      if (known?.passwordHash) {
        if (!(await isPassword(known.passwordHash, typed.password)))
          return refuse({ code: 'wrong_password', sentence: 'This is not the password of your account.' })
      } else {
        if (name === '' || name.length > 100)
          return refuse({ code: 'invalid_name', sentence: 'Tell us your name, in at most 100 characters.' })
        const problem = passwordProblem(typed.password, { email: invitation.email, name })
        if (problem !== undefined) return refuse({ code: problem, sentence: explainPasswordProblem(problem) })
      }
      const passwordHash = known?.passwordHash ?? (await hashPassword(typed.password))
      return await outageAsUnavailable(
        keepIfOk<UserId, PeopleRefusal>(pool, async (client) => {
          const taken = await takeInvitation(client, hashToken(token), clock.now())
          if (!taken) return refuse(invitationEnded)
          const userId = known?.userId ?? (randomUUID() as UserId)
          const { email, merchantId, role } = taken
          const at = clock.now()
          const isNew =
            known === undefined &&
            (await insertStaff(client, {
              userId,
              email,
              name,
              language: typed.language,
              passwordHash,
              isFixture: false,
              at,
            }))
          if (!isNew && known === undefined)
            return refuse({ code: 'address_taken', sentence: 'Somebody has just used this address. Try again.' })
          if (known && !known.passwordHash) await setPassword(client, userId, passwordHash)
          await putMembership(client, { merchantId, userId, role, at })
          const by = { actor: { kind: 'user', name: email }, address: null } as const
          await note(client, by, {
            merchantId,
            action: 'accept_invitation',
            subject: email,
            before: null,
            after: { role },
          })
          return ok(userId)
        }),
      )
    },
    change: async (merchantId, userId, role, by) =>
      await outageAsUnavailable(
        keepIfOk<true, PeopleRefusal>(pool, async (client) => {
          const member = (await listMembers(client, merchantId)).find((each) => each.userId === userId)
          const answer = member ? await changeMembership(client, merchantId, userId, role) : 'unknown'
          if (!member || answer === 'unknown')
            return refuse({ code: 'unknown_person', sentence: 'This person does not work for this shop.' })
          if (answer === 'last_owner')
            return refuse({
              code: 'last_owner',
              sentence: 'A shop keeps one owner at least. Make somebody else an owner first.',
            })
          if (role === null) await endOtherSessions(client, userId, null, clock.now())
          const action = role === null ? 'remove_user' : 'change_role'
          await note(client, by, {
            merchantId,
            action,
            subject: member.email,
            before: { role: member.role },
            after: { role },
          })
          return ok(true)
        }),
      ),
  }
}

function hashToken(token: string): Buffer {
  return createHash('sha256').update(token).digest()
}
