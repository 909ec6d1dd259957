import type pg from 'pg'
import { findStaffByEmail } from '../../db/user/staff.ts'
import { outageAsUnavailable } from '../shared/outage.ts'
import type { Origin, Sessions } from './sessions.ts'

/** Owns every merchant of the sandbox's fixtures, and has no password: one press signs in, and only in the sandbox. */
export const demoOwner = { email: 'demo.owner@example.com', name: 'Demo Owner' } as const

/** Begins a whole session of the demo owner and answers its token. */
export function createDemoSignIn(pool: pg.Pool, sessions: Sessions): (origin: Origin) => Promise<string> {
  return async (origin) => {
    const staff = await outageAsUnavailable(findStaffByEmail(pool, demoOwner.email))
    if (!staff) throw new Error('the sandbox has its demo owner')
    return (await sessions.begin(staff.userId, origin, true)).token
  }
}
