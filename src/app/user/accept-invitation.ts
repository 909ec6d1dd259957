import { randomUUID } from 'node:crypto'
import type pg from 'pg'
import { findInvitation, type Invitation, takeInvitation } from '../../db/user/invitations.ts'
import { findStaffByEmail, insertStaff, putMembership, setPassword } from '../../db/user/staff.ts'
import { keepIfOk } from '../../db/wire/transaction.ts'
import { passwordProblem, type UserId } from '../../domain/user/user.ts'
import type { Clock } from '../../kernel/clock.ts'
import { ok, type Result, refuse } from '../../kernel/result.ts'
import { recordIn } from '../audit/audit-log.ts'
import { outageAsUnavailable } from '../shared/outage.ts'
import { hashOfToken } from './invitations.ts'
import { hashPassword, isPassword } from './passwords.ts'
import { type PeopleRefusal, peopleRefusal } from './people-refusal.ts'

/** What somebody types who opens an invitation. Whoever has an account keeps its name and language. */
export type Typed = { readonly name: string; readonly password: string; readonly language: string }

/** Whoever has an account gives its password; a new person chooses one. Answers who it is. */
export type AcceptInvitation = (token: string, typed: Typed) => Promise<Result<UserId, PeopleRefusal>>

type Staff = NonNullable<Awaited<ReturnType<typeof findStaffByEmail>>>

/** Throws `Unavailable` when the database is away. Of two at once with the same link one is refused. */
export function createAcceptInvitation(pool: pg.Pool, clock: Clock): AcceptInvitation {
  return async (token, typed) => {
    const tokenHash = hashOfToken(token)
    const invitation = await outageAsUnavailable(findInvitation(pool, tokenHash, clock.now()))
    if (!invitation) return refuse(peopleRefusal('invitation_ended'))
    const known = await outageAsUnavailable(findStaffByEmail(pool, invitation.email))
    const problem = await problemOf(typed, invitation, known)
    if (problem) return refuse(peopleRefusal(problem))
    // Before the transaction: it takes a tenth of a second on purpose.
    const passwordHash = known?.passwordHash ?? (await hashPassword(typed.password))
    return await outageAsUnavailable(
      keepIfOk<UserId, PeopleRefusal>(pool, async (client) => {
        const taken = await takeInvitation(client, tokenHash, clock.now())
        if (!taken) return refuse(peopleRefusal('invitation_ended'))
        const userId = known
          ? await withPassword(client, known, passwordHash)
          : await newStaff(client, taken.email, { ...typed, passwordHash }, clock)
        if (!userId) return refuse(peopleRefusal('address_taken'))
        await join(client, userId, taken, clock)
        return ok(userId)
      }),
    )
  }
}

async function problemOf(
  { name, password }: Typed,
  { email }: Invitation,
  known: Staff | undefined,
): Promise<PeopleRefusal['code'] | undefined> {
  if (known?.passwordHash) return (await isPassword(known.passwordHash, password)) ? undefined : 'wrong_password'
  const trimmed = name.trim()
  if (trimmed === '' || trimmed.length > 100) return 'invalid_name'
  return passwordProblem(password, { email, name: trimmed })
}

async function withPassword(client: pg.PoolClient, { userId, ...known }: Staff, hash: string): Promise<UserId> {
  if (!known.passwordHash) await setPassword(client, userId, hash)
  return userId
}

/** Undefined when somebody has got an account by this address meanwhile. */
async function newStaff(
  client: pg.PoolClient,
  email: string,
  { name, language, passwordHash }: Typed & { readonly passwordHash: string },
  clock: Clock,
): Promise<UserId | undefined> {
  const userId = randomUUID() as UserId
  const at = clock.now()
  const staff = { userId, email, name: name.trim(), language, passwordHash, isFixture: false, at }
  return (await insertStaff(client, staff)) ? userId : undefined
}

async function join(
  client: pg.PoolClient,
  userId: UserId,
  { merchantId, email, role }: Invitation,
  clock: Clock,
): Promise<void> {
  await putMembership(client, { merchantId, userId, role, at: clock.now() })
  const action = { merchantId, action: 'accept_invitation', subject: email, before: null, after: { role } } as const
  await recordIn(client, { ...action, actor: { kind: 'user', name: email }, address: null }, clock)
}
