import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { after, test } from 'node:test'
import { promisify } from 'node:util'
import { widgetBundle } from '../../widget/bundle.ts'
import { buildBundle } from './build-bundle.ts'
import { readBundle } from './built-bundle.ts'
import type { Bundle } from './bundle.ts'
import { buildFolderOf, buildsFolder, projectRoot } from './stamp.ts'
import { startWebBuild } from './web-build.ts'

/** Sources of a bundle of this test's own, beside the builds. */
const folder = join(buildsFolder, `sources-${process.pid}`)
const name = `test${process.pid}`
const built = new Set<string>()

function aBundle(overrides: Partial<Bundle> = {}): Bundle {
  const sources = relative(projectRoot, folder)
  const bundle = { name, entries: { page: `${sources}/page.ts` }, inputs: [sources], limits: {}, ...overrides }
  built.add(buildFolderOf(bundle))
  return bundle
}

await mkdir(folder, { recursive: true })
await writeFile(join(folder, 'page.ts'), `import('./later.ts'); document.title = 'first'`)
await writeFile(join(folder, 'later.ts'), `export const text: string = 'later'; document.title = text`)
after(async () => {
  for (const each of [...built, folder]) await rm(each, { recursive: true, force: true })
})

test('builds once what the sources are, and again when one of them has changed', async () => {
  const first = buildFolderOf(aBundle())
  assert.equal(await readBundle(aBundle()), undefined)
  assert.equal(await buildBundle(aBundle()), true)
  assert.equal(await buildBundle(aBundle()), false)
  const before = await readBundle(aBundle())
  assert.match(before?.entries.page?.name ?? '', /^page-.+\.js$/)
  assert.equal(before?.files.size, 2)
  await writeFile(join(folder, 'later.ts'), `export const text: string = 'other'; document.title = text`)
  assert.equal(await readBundle(aBundle()), undefined)
  assert.equal(await buildBundle(aBundle()), true)
  assert.notEqual((await readBundle(aBundle()))?.version, before?.version)
  assert.equal(existsSync(first), false)
})

test('unit tests are not part of what is built', async () => {
  await buildBundle(aBundle())
  await writeFile(join(folder, 'page.test.ts'), 'anything')
  assert.equal(await buildBundle(aBundle()), false)
})

test('may be built by several at once', async () => {
  const bundle = aBundle({ limits: { page: 9_999 } })
  await Promise.all([buildBundle(bundle), buildBundle(bundle)])
  assert(await readBundle(bundle))
})

test('says kindly what is too large, counting what is loaded later, and leaves nothing', async () => {
  const bundle = aBundle({ limits: { page: 20 } })
  await assert.rejects(
    buildBundle(bundle),
    /^Error: page of the bundle \w+ has \d+ bytes with brotli, \d+ more than its limit of 20/,
  )
  assert.equal(await readBundle(bundle), undefined)
})

test('refuses a module that is none of its inputs: a change of it would not be noticed', async () => {
  await writeFile(
    join(folder, 'stranger.ts'),
    `import { EUR } from '${relative(folder, join(projectRoot, 'src/kernel/currency.ts'))}'; document.title = EUR`,
  )
  const bundle = aBundle({ entries: { page: `${relative(projectRoot, folder)}/stranger.ts` } })
  await assert.rejects(buildBundle(bundle), /uses src\/kernel\/currency\.ts: name it among its inputs/)
})

test('a start without a build says so once, goes on, and has whatever else is built', async () => {
  const said: unknown[] = []
  const logger = { info: () => undefined, warn: (...of: unknown[]) => void said.push(of[1]) }
  // The builder knows no bundle of a test, so this one cannot be made.
  const bundle = aBundle({ limits: { page: 12_345 } })
  const build = startWebBuild([bundle, widgetBundle], logger)
  await build.settled
  assert.equal(build.find(bundle), undefined)
  assert(build.find(widgetBundle)?.entries.widget)
  assert.deepEqual(said, ['what browsers load could not be built: npm run build says why'])
})

test('a builder that cannot be started for want of descriptors costs its pages alone', async () => {
  // A process of its own, with its descriptors used up but for two: enough to read, too few for a child.
  const script = `
    import { openSync, closeSync } from 'node:fs'
    import { startWebBuild } from ${JSON.stringify(import.meta.resolve('./web-build.ts'))}
    const bundle = { name: 'none', entries: {}, inputs: [${JSON.stringify(relative(projectRoot, folder))}], limits: {} }
    const taken = []
    try { for (;;) taken.push(openSync('/dev/null')) } catch {}
    for (const descriptor of taken.splice(0, 2)) closeSync(descriptor)
    const warnings = []
    const logger = { info: () => undefined, warn: ({ err }) => warnings.push(err.code) }
    await startWebBuild([bundle], logger).settled
    for (const descriptor of taken) closeSync(descriptor)
    console.log(JSON.stringify(warnings))`
  const words = ['-c', 'ulimit -n 128; exec "$0" "$@"', process.execPath, '--input-type=module', '-e', script]
  const { stdout } = await promisify(execFile)('sh', words)
  assert.deepEqual(JSON.parse(stdout), ['EMFILE'])
})

test('a server that stops takes its builder with it, silently', async () => {
  const said: unknown[] = []
  const logger = { info: () => undefined, warn: (...of: unknown[]) => void said.push(of) }
  const build = startWebBuild([aBundle({ limits: { page: 23_456 } })], logger)
  build.close()
  await build.settled
  assert.deepEqual(said, [])
})
