import { createHash, randomBytes } from 'node:crypto'
import type pg from 'pg'
import { findMerchant } from '../../db/merchant/merchants.ts'
import { insertMessages } from '../../db/message/insert-messages.ts'
import { findInvitation, type Invitation, putInvitation, revokeInvitation } from '../../db/user/invitations.ts'
import { findStaffByEmail } from '../../db/user/staff.ts'
import { inTransaction } from '../../db/wire/transaction.ts'
import type { Role } from '../../domain/user/role.ts'
import { emailOf } from '../../domain/user/user.ts'
import type { Clock } from '../../kernel/clock.ts'
import type { MerchantId } from '../../kernel/ids.ts'
import { day, plus } from '../../kernel/instant.ts'
import type { Language } from '../../kernel/language.ts'
import { ok, type Result, refuse } from '../../kernel/result.ts'
import { type By, recordIn } from '../audit/audit-log.ts'
import { outageAsUnavailable } from '../shared/outage.ts'
import type { Sealer } from '../shared/seal.ts'
import { type PeopleRefusal, peopleRefusal } from './people-refusal.ts'

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

export type Invitations = {
  readonly invite: (request: InviteRequest) => Promise<Result<Invited, PeopleRefusal>>
  readonly revokeInvitation: (merchantId: MerchantId, email: string, by: By) => Promise<boolean>
  /** The open invitation behind a link, and whether its address has an account already. */
  readonly read: (token: string) => Promise<{ invitation: Invitation; hasAccount: boolean } | undefined>
}

export type InvitationParts = {
  readonly pool: pg.Pool
  readonly clock: Clock
  readonly publicUrl: string
  /** seals the link in the outbox; absent: no e-mail is sent, whoever invites hands the link on */
  readonly sealer?: Pick<Sealer, 'seal'>
}

const invitationLife = 7n * day

/** Invites people to work for a shop. Throws `Unavailable` when the database is away. */
export function createInvitations({ pool, clock, publicUrl, sealer }: InvitationParts): Invitations {
  return {
    invite: async (request) => {
      const email = emailOf(request.email)
      if (email === undefined) return refuse(peopleRefusal('invalid_email'))
      const token = randomBytes(32).toString('base64url')
      const link = `${publicUrl}/portal/invitation/${token}`
      const createdAt = clock.now()
      const asked = { ...request, email, link, tokenHash: hashOfToken(token), createdAt }
      const invitation = { ...asked, expiresAt: plus(createdAt, invitationLife) }
      await outageAsUnavailable(
        inTransaction(pool, async (client) => {
          await keep(client, invitation, clock)
          if (sealer) await tell(client, invitation, sealer)
        }),
      )
      return ok({ link, email })
    },
    revokeInvitation: async (merchantId, email, by) =>
      await outageAsUnavailable(
        inTransaction(pool, async (client) => {
          const isRevoked = await revokeInvitation(client, merchantId, email, clock.now())
          const action = { merchantId, action: 'revoke_invitation', subject: email, before: null, after: null } as const
          if (isRevoked) await recordIn(client, { ...action, ...by }, clock)
          return isRevoked
        }),
      ),
    read: async (token) => {
      const invitation = await outageAsUnavailable(findInvitation(pool, hashOfToken(token), clock.now()))
      if (!invitation) return undefined
      const staff = await outageAsUnavailable(findStaffByEmail(pool, invitation.email))
      return { invitation, hasAccount: staff?.passwordHash != null }
    },
  }
}

/** What is kept of a link: who reads the table cannot come in by it. */
export function hashOfToken(token: string): Buffer {
  return createHash('sha256').update(token).digest()
}

type NewInvitation = InviteRequest &
  Invited &
  Pick<Invitation, 'createdAt' | 'expiresAt'> & { readonly tokenHash: Buffer }

async function keep(client: pg.PoolClient, invitation: NewInvitation, clock: Clock): Promise<void> {
  const { merchantId, email, role, by, tokenHash, createdAt, expiresAt } = invitation
  await putInvitation(client, { merchantId, email, role, invitedBy: by.actor.name, createdAt, expiresAt, tokenHash })
  const action = { merchantId, action: 'invite_user', subject: email, before: null, after: { role } } as const
  await recordIn(client, { ...action, ...by }, clock)
}

/** The e-mail with the link. */
async function tell(
  client: pg.PoolClient,
  { merchantId, email, by, language = 'en', link, tokenHash, createdAt, expiresAt }: NewInvitation,
  sealer: Pick<Sealer, 'seal'>,
): Promise<void> {
  const shop = (await findMerchant(client, merchantId))?.name ?? ''
  const message = {
    owner: `merchant:${merchantId}`,
    merchantId,
    channel: 'email',
    recipient: email,
    language,
    cause: `invitation:${tokenHash.toString('hex')}`,
    facts: {
      kind: 'invitation',
      shop,
      invitedBy: by.actor.name,
      days: Number(invitationLife / day),
      sealedUrl: sealer.seal(link).toString('base64'),
    },
    createdAt,
    usefulUntil: expiresAt,
  } as const
  await client.query(insertMessages([message]))
}
