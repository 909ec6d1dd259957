import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { basename, join, relative } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import { build, type Manifest, type Plugin } from 'vite'
import { manifestFile } from './built-bundle.ts'
import type { Bundle } from './bundle.ts'
import { buildFolderOf, buildsFolder, inputFiles, projectRoot } from './stamp.ts'

/**
 * Builds what the sources are now and answers whether there was anything to do. Any number of processes may do so at once: each
 * builds aside, the first to finish gives its folder the name. Throws when Vite does, when a module is used that is none of the bundle's
 * inputs, and when an entry is larger than its limit.
 */
export async function buildBundle(bundle: Bundle): Promise<boolean> {
  const folder = buildFolderOf(bundle)
  if (existsSync(folder)) return false
  const aside = `${folder}.${randomUUID()}`
  try {
    await runVite(bundle, aside)
    await compressFiles(aside)
    await checkSizes(bundle, aside)
    await rename(aside, folder).catch((error: unknown) => {
      // Another process was quicker: its build is the same.
      if (!existsSync(folder)) throw error
    })
  } finally {
    await rm(aside, { recursive: true, force: true })
  }
  await removeOlder(bundle, folder)
  return true
}

async function runVite(bundle: Bundle, outDir: string): Promise<void> {
  await mkdir(buildsFolder, { recursive: true })
  const entry = Object.fromEntries(
    Object.entries(bundle.entries).map(([name, path]) => [name, join(projectRoot, path)]),
  )
  await build({
    configFile: false,
    root: projectRoot,
    // Relative to the file that asks: a proxy may put the server below a path of its own.
    base: './',
    publicDir: false,
    logLevel: 'warn',
    plugins: [refuseStrangers(bundle)],
    define: { 'process.env.NODE_ENV': '"production"' },
    build: {
      outDir,
      manifest: manifestFile,
      target: 'es2022',
      cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
      assetsDir: '.',
      assetsInlineLimit: 0,
      modulePreload: false,
      reportCompressedSize: false,
      // A library's build has no helper that loads what is imported later (900 bytes of brotli), but keeps blanks unless told not to.
      ...(bundle.hasPlainNames && { lib: { entry, formats: ['es' as const] } }),
      rolldownOptions: {
        // Components say where they run for frameworks that render on a server: here all of it runs in the browser.
        onLog: (level, log, handle) => log.code !== 'MODULE_LEVEL_DIRECTIVE' && handle(level, log),
        ...(!bundle.hasPlainNames && { input: entry }),
        output: bundle.hasPlainNames
          ? {
              entryFileNames: '[name].js',
              minify: { codegen: { removeWhitespace: true }, compress: true, mangle: true },
              comments: false,
            }
          : { comments: { legal: false } },
      },
    },
  })
}

/** Whatever is read must be an input, or a change of it would leave the build as it is. Packages are in the lock file. */
function refuseStrangers(bundle: Bundle): Plugin {
  return {
    name: 'inputs',
    buildEnd() {
      const known = new Set(inputFiles(bundle))
      const modules = [...this.getModuleIds()].map((id) => relative(projectRoot, id.split('?')[0] ?? id))
      const strangers = modules
        .map((path) => path.replaceAll('\\', '/'))
        .filter((path) => isOurs.test(path) && !known.has(path))
      if (strangers.length > 0)
        throw new Error(`the bundle ${bundle.name} uses ${strangers.join(', ')}: name it among its inputs`)
    },
  }
}

const isOurs = /^src\//

const isText = /\.(js|css|json|svg|html|map)$/

/** Once, here, at the highest level: no request waits for it. */
async function compressFiles(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    if (!isText.test(name) || name === manifestFile) continue
    const bytes = await readFile(join(folder, name))
    const params = {
      [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
      [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
    }
    await writeFile(join(folder, `${name}.br`), brotliCompressSync(bytes, { params }))
    await writeFile(join(folder, `${name}.gz`), gzipSync(bytes, { level: 9 }))
  }
}

async function checkSizes(bundle: Bundle, folder: string): Promise<void> {
  refuseLarger(bundle, bundle.limits, await sizesOf(bundle, folder))
  refuseLarger(bundle, bundle.firstLoadLimits ?? {}, await sizesOf(bundle, folder, { isFirstLoad: true }))
}

function refuseLarger(bundle: Bundle, limits: Bundle['limits'], sizes: Readonly<Record<string, number>>): void {
  for (const [name, most] of Object.entries(limits)) {
    const size = sizes[name] ?? 0
    if (size > most)
      throw new Error(
        `${name} of the bundle ${bundle.name} has ${size} bytes with brotli, ${size - most} more than its limit of ${most}: ` +
          'make it smaller, or argue for a larger limit where it is kept',
      )
  }
}

/** Bytes of each entry with brotli, together with all it loads: at once, and unless it is the first load that counts, later. */
export async function sizesOf(
  bundle: Bundle,
  folder = buildFolderOf(bundle),
  { isFirstLoad = false } = {},
): Promise<Readonly<Record<string, number>>> {
  const manifest = JSON.parse(await readFile(join(folder, manifestFile), 'utf8')) as Manifest
  const sizes: Record<string, number> = {}
  for (const [name, path] of Object.entries(bundle.entries)) {
    const files = [...filesOf(manifest, path, isFirstLoad)]
    const bytes = await Promise.all(files.map((file) => readFile(join(folder, `${file}.br`))))
    sizes[name] = bytes.reduce((sum, each) => sum + each.length, 0)
  }
  return sizes
}

function filesOf(manifest: Manifest, key: string, isFirstLoad: boolean, seen = new Set<string>()): ReadonlySet<string> {
  const chunk = manifest[key]
  if (!chunk || seen.has(chunk.file)) return seen
  for (const file of [chunk.file, ...(chunk.css ?? [])]) seen.add(file)
  const later = isFirstLoad ? [] : (chunk.dynamicImports ?? [])
  for (const other of [...(chunk.imports ?? []), ...later]) filesOf(manifest, other, isFirstLoad, seen)
  return seen
}

/** Builds of other sources; a server that runs has read what it needs. Half-made ones belong to processes that may still be at work. */
async function removeOlder(bundle: Bundle, folder: string): Promise<void> {
  const older = new RegExp(`^${bundle.name}-[0-9a-f]{12}$`)
  for (const name of await readdir(buildsFolder))
    if (older.test(name) && name !== basename(folder))
      await rm(join(buildsFolder, name), { recursive: true, force: true })
}
