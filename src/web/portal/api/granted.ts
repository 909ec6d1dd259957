import type { SignInRefusal } from '../../../app/user/sign-in.ts'
import type { Result } from '../../../kernel/result.ts'
import { Refused } from './route.ts'

/** What a proof of who somebody is gave. Throws `Refused`, which says neither what was wrong nor whether there is such an account. */
export function granted<T>(result: Result<T, SignInRefusal>): T {
  if (result.ok) return result.value
  const { reason } = result
  if (reason.kind === 'wrong')
    throw new Refused(401, 'wrong', 'This did not match. Check what you typed and try again.')
  const minutes = Math.ceil(reason.retryAfterSeconds / 60)
  const sentence = `Too many tries. Wait ${minutes === 1 ? 'a minute' : `${minutes} minutes`} and try again.`
  throw new Refused(429, 'too_many_tries', sentence, {
    retryAfterSeconds: reason.retryAfterSeconds,
    detail: String(minutes),
  })
}
