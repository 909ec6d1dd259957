import { hash, verify } from '@node-rs/argon2'

/** Kept for as long as the process lives: what an unknown address is compared with, so that it takes as long as a known one. */
const nobody = hash('nobody has this password')

/** argon2id with the library's costs, the ones OWASP recommends (19 MiB, 2 passes), made on another thread. */
export function hashPassword(password: string): Promise<string> {
  return hash(password)
}

/** Takes the same time whether there is a password or not, so that nobody can tell who has an account here. */
export async function isPassword(passwordHash: string | null | undefined, password: string): Promise<boolean> {
  const isRight = await verify(passwordHash ?? (await nobody), password)
  return isRight && passwordHash !== null && passwordHash !== undefined
}
