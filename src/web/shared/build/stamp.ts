import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import type { Bundle } from './bundle.ts'

/** The project's own folder. */
export const projectRoot = resolve(import.meta.dirname, '../../../..')

/** Where builds lie, each in a folder named by its stamp: `widget-3f9c2ab01d7e`. */
export const buildsFolder = join(projectRoot, 'dist')

/** The builder itself and every package's version decide what comes out as much as the sources do. */
const alwaysInputs = ['package-lock.json', 'src/web/shared/build']

/** Where the build of what the sources are now lies, or belongs. Reads every input: a few milliseconds. */
export function buildFolderOf(bundle: Bundle): string {
  const hash = createHash('sha256').update(JSON.stringify([bundle.entries, bundle.limits]))
  for (const path of inputFiles(bundle)) hash.update(`\0${path}\0`).update(readFileSync(join(projectRoot, path)))
  return join(buildsFolder, `${bundle.name}-${hash.digest('hex').slice(0, 12)}`)
}

/** Paths from the project's root, with `/`, in one order on every machine. Unit tests are not part of what is built. */
export function inputFiles(bundle: Bundle): readonly string[] {
  const files = [...alwaysInputs, ...bundle.inputs].flatMap((path) => filesIn(join(projectRoot, path)))
  const paths = files.map((file) => relative(projectRoot, file).replaceAll('\\', '/'))
  return [...new Set(paths)].filter((path) => !path.endsWith('.test.ts')).sort()
}

function filesIn(path: string): readonly string[] {
  if (statSync(path).isFile()) return [path]
  const entries = readdirSync(path, { recursive: true, withFileTypes: true })
  return entries.filter((each) => each.isFile()).map((each) => join(each.parentPath, each.name))
}
