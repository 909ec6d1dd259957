import { refusalOf } from '../db/refusal.ts'
import { Unavailable } from '../engine/command.ts'

/** A read whose failure is the database's absence is answered as such (503); any other failure is a bug and passes. */
export async function outageAsUnavailable<T>(read: Promise<T>): Promise<T> {
  try {
    return await read
  } catch (error) {
    if (refusalOf(error).kind === 'refused') throw error
    throw new Unavailable('the database did not answer', { retryAfterSeconds: 1, cause: error })
  }
}
