import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { EmbeddedError } from './embedded-error.ts'

const run = promisify(execFile)

export type Account = { readonly uid: number; readonly gid: number }

/** The user of that name, made as a system user without a password or shell when there is none. Only for root. */
export async function findOrCreateAccount(name: string): Promise<Account> {
  const known = await findAccount(name)
  if (known) return known
  const failure = await createAccount(name)
  const made = await findAccount(name)
  if (made) return made
  throw new EmbeddedError(
    `PostgreSQL does not run as root, and the user ${name} could not be created: create it, start as another user, or set DATABASE_URL`,
    { cause: failure },
  )
}

async function findAccount(name: string): Promise<Account | undefined> {
  try {
    const [uid, gid] = await Promise.all([run('id', ['-u', name]), run('id', ['-g', name])])
    return { uid: Number(uid.stdout), gid: Number(gid.stdout) }
  } catch {
    return undefined // `id` knows no such user
  }
}

/** Tries the usual tool, also where a group of that name is left over, and then the small one of BusyBox; answers the last failure. */
async function createAccount(name: string): Promise<unknown> {
  const env = { ...process.env, PATH: `${process.env.PATH ?? ''}:/usr/sbin:/sbin` }
  const common = ['--system', '--no-create-home', '--home-dir', '/nonexistent', '--shell', '/usr/sbin/nologin']
  const ways: readonly (readonly [string, readonly string[]])[] = [
    ['useradd', [...common, '--user-group', name]],
    ['useradd', [...common, '--gid', name, name]],
    ['adduser', ['-S', '-D', '-H', '-s', '/sbin/nologin', name]],
  ]
  let failure: unknown
  for (const [tool, words] of ways) {
    try {
      await run(tool, words, { env })
      return undefined
    } catch (error) {
      failure = error
    }
  }
  return failure
}
