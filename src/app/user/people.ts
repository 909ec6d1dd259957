import type pg from 'pg'
import { type Invitation, listInvitations } from '../../db/user/invitations.ts'
import { endOtherSessions } from '../../db/user/sessions.ts'
import { changeMembership, listMembers, type Member } from '../../db/user/staff.ts'
import { keepIfOk } from '../../db/wire/transaction.ts'
import type { Role } from '../../domain/user/role.ts'
import type { UserId } from '../../domain/user/user.ts'
import type { MerchantId } from '../../kernel/ids.ts'
import { ok, type Result, refuse } from '../../kernel/result.ts'
import { type By, recordIn } from '../audit/audit-log.ts'
import { outageAsUnavailable } from '../shared/outage.ts'
import { type AcceptInvitation, createAcceptInvitation } from './accept-invitation.ts'
import { createInvitations, type InvitationParts, type Invitations } from './invitations.ts'
import { type PeopleRefusal, peopleRefusal } from './people-refusal.ts'

/** Who works for a shop, and who is invited to. */
export type People = Invitations & {
  readonly list: (merchantId: MerchantId) => Promise<{ members: readonly Member[]; invitations: readonly Invitation[] }>
  readonly accept: AcceptInvitation
  /** `role` null ends the membership. A merchant keeps one owner at least. */
  readonly change: (
    merchantId: MerchantId,
    userId: UserId,
    role: Role | null,
    by: By,
  ) => Promise<Result<true, PeopleRefusal>>
}

/** Throws `Unavailable` when the database is away. */
export function createPeople(parts: InvitationParts): People {
  const { pool, clock } = parts
  return {
    ...createInvitations(parts),
    accept: createAcceptInvitation(pool, clock),
    list: async (merchantId) => ({
      members: await outageAsUnavailable(listMembers(pool, merchantId)),
      invitations: await outageAsUnavailable(listInvitations(pool, merchantId, clock.now())),
    }),
    change: async (merchantId, userId, role, by) =>
      await outageAsUnavailable(
        keepIfOk<true, PeopleRefusal>(pool, async (client) => {
          const member = await findMember(client, merchantId, userId)
          const answer = member ? await changeMembership(client, merchantId, userId, role) : 'unknown'
          if (!member || answer === 'unknown') return refuse(peopleRefusal('unknown_person'))
          if (answer === 'last_owner') return refuse(peopleRefusal('last_owner'))
          if (role === null) await endOtherSessions(client, userId, null, clock.now())
          const action = role === null ? 'remove_user' : 'change_role'
          const change = { subject: member.email, before: { role: member.role }, after: { role } }
          await recordIn(client, { merchantId, action, ...change, ...by }, clock)
          return ok(true)
        }),
      ),
  }
}

async function findMember(client: pg.PoolClient, merchantId: MerchantId, userId: UserId): Promise<Member | undefined> {
  return (await listMembers(client, merchantId)).find((each) => each.userId === userId)
}
