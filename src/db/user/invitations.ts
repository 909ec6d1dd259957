import type pg from 'pg'
import type { Role } from '../../domain/user/role.ts'
import type { MerchantId } from '../../kernel/ids.ts'
import type { Instant } from '../../kernel/instant.ts'
import { timestampText } from '../wire/connection.ts'

type Sender = Pick<pg.Client, 'query'>

export type Invitation = {
  readonly merchantId: MerchantId
  readonly merchantName: string
  /** lower case */
  readonly email: string
  readonly role: Role
  readonly invitedBy: string
  readonly createdAt: Instant
  readonly expiresAt: Instant
}

export type NewInvitation = Omit<Invitation, 'merchantName'> & { readonly tokenHash: Buffer }

const columns = `i.merchant_id as "merchantId", merchant.name as "merchantName", i.email, i.role, i.invited_by as "invitedBy",
  i.created_at as "createdAt", i.expires_at as "expiresAt"`

/** One open invitation for each address and merchant: a newer one takes the place of the older, whose link ends. */
export async function putInvitation(sender: Sender, invitation: NewInvitation): Promise<void> {
  await revokeInvitation(sender, invitation.merchantId, invitation.email, invitation.createdAt)
  await sender.query(
    `insert into staff_invitation (token_hash, merchant_id, email, role, invited_by, created_at, expires_at)
     values ($1, $2, $3, $4, $5, $6, $7)`,
    [
      invitation.tokenHash,
      invitation.merchantId,
      invitation.email,
      invitation.role,
      invitation.invitedBy,
      timestampText(invitation.createdAt),
      timestampText(invitation.expiresAt),
    ],
  )
}

/** The invitation that this link still opens. */
export async function findInvitation(sender: Sender, tokenHash: Buffer, now: Instant): Promise<Invitation | undefined> {
  const result = await sender.query<Invitation>(
    `select ${columns} from staff_invitation i join merchant on merchant.id = i.merchant_id
     where i.token_hash = $1 and i.accepted_at is null and i.revoked_at is null and i.expires_at > $2`,
    [tokenHash, timestampText(now)],
  )
  return result.rows[0]
}

/** The same, taken up: of two who follow one link, the first. */
export async function takeInvitation(sender: Sender, tokenHash: Buffer, now: Instant): Promise<Invitation | undefined> {
  const result = await sender.query<Invitation>(
    `update staff_invitation i set accepted_at = $2 from merchant
     where i.token_hash = $1 and merchant.id = i.merchant_id
       and i.accepted_at is null and i.revoked_at is null and i.expires_at > $2
     returning ${columns}`,
    [tokenHash, timestampText(now)],
  )
  return result.rows[0]
}

export async function listInvitations(sender: Sender, merchantId: MerchantId, now: Instant): Promise<Invitation[]> {
  const result = await sender.query<Invitation>(
    `select ${columns} from staff_invitation i join merchant on merchant.id = i.merchant_id
     where i.merchant_id = $1 and i.accepted_at is null and i.revoked_at is null and i.expires_at > $2
     order by i.created_at`,
    [merchantId, timestampText(now)],
  )
  return result.rows
}

/** True when an open invitation ended by it. */
export async function revokeInvitation(
  sender: Sender,
  merchantId: MerchantId,
  email: string,
  at: Instant,
): Promise<boolean> {
  const result = await sender.query(
    `update staff_invitation set revoked_at = $3
     where merchant_id = $1 and email = $2 and accepted_at is null and revoked_at is null`,
    [merchantId, email, timestampText(at)],
  )
  return result.rowCount === 1
}
