import {
  constants,
  copyFileSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readlinkSync,
  symlinkSync,
} from 'node:fs'
import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'

const root = join(import.meta.dirname, '../..')

/** What a clone has and a running program must not need. */
const notNeeded = ['.git', '.tercet', 'bench', 'docs', 'node_modules', 'screenshots', 'test']

/**
 * The program in a folder of its own as `npm ci --omit=dev` leaves it: without development packages, so that whatever asks for one
 * of them fails. Its files are links where the file system takes them: a second or two instead of a download.
 */
export async function installForProduction(folder: string): Promise<void> {
  mkdirSync(folder)
  for (const name of readdirSync(root)) if (!notNeeded.includes(name)) take(join(root, name), join(folder, name))
  const { packages } = JSON.parse(await readFile(join(root, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, { dev?: boolean }>
  }
  for (const [path, { dev }] of Object.entries(packages))
    if (path !== '' && !dev && existsSync(join(root, path))) take(join(root, path), join(folder, path))
  linkPrograms(join(root, 'node_modules/.bin'), join(folder, 'node_modules/.bin'))
}

/** A file, or a folder without the packages below it: the lock file names each of these itself. */
function take(from: string, to: string): void {
  const found = lstatSync(from)
  if (found.isSymbolicLink()) symlinkSync(readlinkSync(from), to)
  else if (found.isDirectory()) {
    mkdirSync(to, { recursive: true })
    for (const name of readdirSync(from)) if (name !== 'node_modules') take(join(from, name), join(to, name))
  } else takeFile(from, to)
}

function takeFile(from: string, to: string): void {
  try {
    linkSync(from, to)
  } catch {
    // On another file system.
    copyFileSync(from, to, constants.COPYFILE_FICLONE)
  }
}

/** The commands of packages, those of development packages left out. */
function linkPrograms(from: string, to: string): void {
  mkdirSync(to)
  for (const name of readdirSync(from)) {
    const target = readlinkSync(join(from, name))
    if (existsSync(join(dirname(to), '.bin', target))) symlinkSync(target, join(to, name))
  }
}
