import { setTimeout as pause } from 'node:timers/promises'
import { isLockTimeout } from '../../../db/cell/move/move-session.ts'

const mostTries = 100

/** Gives way to those who write, and tries again. Throws any other failure, and the last one when they write without an end. */
export async function patiently<T>(change: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await change()
    } catch (error) {
      if (!isLockTimeout(error) || tries === mostTries) throw error
      await pause(100)
    }
  }
}
