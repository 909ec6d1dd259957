import type pg from 'pg'
import type { Role } from '../../domain/user/role.ts'
import type { UserId } from '../../domain/user/user.ts'
import type { MerchantId } from '../../kernel/ids.ts'
import type { Instant } from '../../kernel/instant.ts'
import { isServedHere } from '../cell/absent-merchants.ts'
import { timestampText } from '../wire/connection.ts'

type Sender = Pick<pg.Client, 'query'>

export type StaffRow = {
  readonly userId: UserId
  /** lower case */
  readonly email: string
  readonly name: string
  readonly language: string
  readonly passwordHash: string | null
  readonly sealedTotpSecret: Buffer | null
  readonly totpStep: bigint
  readonly isDisabled: boolean
}

const columns = `user_id as "userId", email, name, language, password_hash as "passwordHash",
  sealed_totp_secret as "sealedTotpSecret", totp_step as "totpStep", disabled_at is not null as "isDisabled"`

export type NewStaff = Pick<StaffRow, 'userId' | 'email' | 'name' | 'language' | 'passwordHash'> & {
  readonly isFixture: boolean
  readonly at: Instant
}

/** False when somebody has this address already. */
export async function insertStaff(sender: Sender, staff: NewStaff): Promise<boolean> {
  const result = await sender.query(
    `insert into staff (user_id, email, name, language, password_hash, is_fixture, created_at)
     values ($1, $2, $3, $4, $5, $6, $7) on conflict (email) do nothing`,
    [
      staff.userId,
      staff.email,
      staff.name,
      staff.language,
      staff.passwordHash,
      staff.isFixture,
      timestampText(staff.at),
    ],
  )
  return result.rowCount === 1
}

export async function findStaffByEmail(sender: Sender, email: string): Promise<StaffRow | undefined> {
  const result = await sender.query<StaffRow>(`select ${columns} from staff where email = $1`, [email])
  return result.rows[0]
}

export async function findStaff(sender: Sender, userId: UserId): Promise<StaffRow | undefined> {
  const result = await sender.query<StaffRow>(`select ${columns} from staff where user_id = $1`, [userId])
  return result.rows[0]
}

export async function setPassword(sender: Sender, userId: UserId, passwordHash: string): Promise<void> {
  await sender.query('update staff set password_hash = $2 where user_id = $1', [userId, passwordHash])
}

export async function setTotpSecret(sender: Sender, userId: UserId, sealed: Buffer | null): Promise<void> {
  await sender.query('update staff set sealed_totp_secret = $2, totp_step = 0 where user_id = $1', [userId, sealed])
}

/** True when the step had not been used, nor a later one: of two that come with the same code, one gets in. */
export async function spendTotpStep(sender: Sender, userId: UserId, step: bigint): Promise<boolean> {
  const result = await sender.query('update staff set totp_step = $2 where user_id = $1 and totp_step < $2', [
    userId,
    step,
  ])
  return result.rowCount === 1
}

/** Makes these the person's only recovery codes. */
export async function replaceRecoveryCodes(sender: Sender, userId: UserId, hashes: readonly Buffer[]): Promise<void> {
  await sender.query('delete from staff_recovery_code where user_id = $1', [userId])
  await sender.query('insert into staff_recovery_code (user_id, code_hash) select $1, unnest($2::bytea[])', [
    userId,
    hashes,
  ])
}

/** True the first time a code of this person is given. */
export async function spendRecoveryCode(sender: Sender, userId: UserId, hash: Buffer, at: Instant): Promise<boolean> {
  const result = await sender.query(
    'update staff_recovery_code set used_at = $3 where user_id = $1 and code_hash = $2 and used_at is null',
    [userId, hash, timestampText(at)],
  )
  return result.rowCount === 1
}

export async function countRecoveryCodes(sender: Sender, userId: UserId): Promise<number> {
  const result = await sender.query<{ left: number }>(
    'select count(*)::int as left from staff_recovery_code where user_id = $1 and used_at is null',
    [userId],
  )
  return result.rows[0]?.left ?? 0
}

export type Membership = {
  readonly merchantId: MerchantId
  readonly merchantName: string
  /** an IANA name: what the shop's days and times are told in */
  readonly timeZone: string
  readonly role: Role
}

/** The merchants a person works for, oldest first. */
export async function listMemberships(sender: Sender, userId: UserId): Promise<Membership[]> {
  const result = await sender.query<Membership>(
    `select m.merchant_id as "merchantId", merchant.name as "merchantName",
       merchant.time_zone as "timeZone", m.role
     from staff_membership m join merchant on merchant.id = m.merchant_id
     where m.user_id = $1 and ${isServedHere('m.merchant_id')} order by m.merchant_id`,
    [userId],
  )
  return result.rows
}

export type Member = {
  readonly userId: UserId
  readonly email: string
  readonly name: string
  readonly role: Role
  readonly createdAt: Instant
  readonly hasSecondFactor: boolean
  readonly isDisabled: boolean
}

/** The people of a merchant, in the order they came. */
export async function listMembers(sender: Sender, merchantId: MerchantId): Promise<Member[]> {
  const result = await sender.query<Member>(
    `select s.user_id as "userId", s.email, s.name, m.role, m.created_at as "createdAt", s.disabled_at is not null as "isDisabled",
       (s.sealed_totp_secret is not null or exists (select from staff_passkey p where p.user_id = s.user_id)) as "hasSecondFactor"
     from staff_membership m join staff s on s.user_id = m.user_id
     where m.merchant_id = $1 order by m.created_at, s.email`,
    [merchantId],
  )
  return result.rows
}

/** Adds the person with this role, or gives the one who is there already that role. */
export async function putMembership(
  sender: Sender,
  { merchantId, userId, role, at }: { merchantId: MerchantId; userId: UserId; role: Role; at: Instant },
): Promise<void> {
  await sender.query(
    `insert into staff_membership (merchant_id, user_id, role, created_at) values ($1, $2, $3, $4)
     on conflict (merchant_id, user_id) do update set role = excluded.role`,
    [merchantId, userId, role, timestampText(at)],
  )
}

/**
 * Changes or (role null) ends a membership. `last_owner`: a merchant is never without one. Its rows are locked in order, so
 * that two owners cannot remove each other at once.
 */
export async function changeMembership(
  sender: Sender,
  merchantId: MerchantId,
  userId: UserId,
  role: Role | null,
): Promise<'changed' | 'unknown' | 'last_owner'> {
  const { rows } = await sender.query<{ user_id: UserId; role: Role }>(
    'select user_id, role from staff_membership where merchant_id = $1 order by user_id for update',
    [merchantId],
  )
  const member = rows.find((row) => row.user_id === userId)
  if (!member) return 'unknown'
  const owners = rows.filter((row) => row.role === 'owner')
  if (member.role === 'owner' && role !== 'owner' && owners.length === 1) return 'last_owner'
  if (role === null)
    await sender.query('delete from staff_membership where merchant_id = $1 and user_id = $2', [merchantId, userId])
  else
    await sender.query('update staff_membership set role = $3 where merchant_id = $1 and user_id = $2', [
      merchantId,
      userId,
      role,
    ])
  return 'changed'
}
