import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { extname, join } from 'node:path'
import type { Manifest } from 'vite'
import type { Bundle } from './bundle.ts'
import { buildFolderOf } from './stamp.ts'

export type Encoding = 'br' | 'gzip' | 'identity'

export type BuiltFile = {
  /** below the bundle's folder: `widget.js` */
  readonly name: string
  readonly contentType: string
  /** identity always; the others for texts */
  readonly bodies: Readonly<Partial<Record<Encoding, Buffer>>>
  /** for a script tag's `integrity` */
  readonly integrity: string
}

export type BuiltBundle = {
  /** of all its files' content: an address below it may be kept for ever */
  readonly version: string
  readonly files: ReadonlyMap<string, BuiltFile>
  /** the file that an entry became, by the entry's name */
  readonly entries: Readonly<Record<string, BuiltFile>>
  /** names of the style sheets that an entry needs before it shows anything, by the entry's name */
  readonly styles: Readonly<Record<string, readonly string[]>>
}

/** Vite's list of what each entry became. */
export const manifestFile = 'manifest.json'

/** The build of what the sources are now, in memory and ready to send; undefined while there is none. */
export async function readBundle(bundle: Bundle): Promise<BuiltBundle | undefined> {
  const folder = buildFolderOf(bundle)
  if (!existsSync(folder)) return undefined
  const names = (await readdir(folder)).filter((name) => name !== manifestFile && !/\.(br|gz)$/.test(name))
  const files = new Map(await Promise.all(names.map(async (name) => [name, await readBuilt(folder, name)] as const)))
  const manifest = JSON.parse(await readFile(join(folder, manifestFile), 'utf8')) as Manifest
  const entries: Record<string, BuiltFile> = {}
  const styles: Record<string, readonly string[]> = {}
  for (const [name, path] of Object.entries(bundle.entries)) {
    const file = files.get(manifest[path]?.file ?? '')
    if (!file) throw new Error(`the build ${folder} has no file for ${name}: remove that folder and start again`)
    entries[name] = file
    styles[name] = stylesOf(manifest, path)
  }
  return { version: versionOf(files), files, entries, styles }
}

/** Of the entry and of everything that it loads at once. */
function stylesOf(manifest: Manifest, key: string): readonly string[] {
  const chunk = manifest[key]
  return [...new Set([...(chunk?.imports ?? []).flatMap((each) => stylesOf(manifest, each)), ...(chunk?.css ?? [])])]
}

function versionOf(files: ReadonlyMap<string, BuiltFile>): string {
  const names = [...files.values()].map(({ name, integrity }) => `${name} ${integrity}`).sort()
  return createHash('sha256').update(names.join('\n')).digest('hex').slice(0, 12)
}

async function readBuilt(folder: string, name: string): Promise<BuiltFile> {
  const read = (suffix: string) => readFile(join(folder, name + suffix)).catch(() => undefined)
  const [identity, br, gzip] = await Promise.all([readFile(join(folder, name)), read('.br'), read('.gz')])
  return {
    name,
    contentType: contentTypes[extname(name)] ?? 'application/octet-stream',
    bodies: { identity, ...(br && { br }), ...(gzip && { gzip }) },
    integrity: `sha384-${createHash('sha384').update(identity).digest('base64')}`,
  }
}

const contentTypes: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.html': 'text/html; charset=utf-8',
  '.woff2': 'font/woff2',
}
