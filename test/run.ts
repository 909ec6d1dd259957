import { spawn } from 'node:child_process'
import { glob } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import { run } from 'node:test'
import { spec } from 'node:test/reporters'
import { citusUrl } from './support/citus/cells.ts'
import { bundleProgram } from './support/program/bundle-program.ts'
import { bundledFile, sourceFile } from './support/program/program-file.ts'
import { startTestServer } from './support/server.ts'

const root = dirname(import.meta.dirname)
const suites = ['src/**/*.test.ts', 'test/**/*.test.ts', 'bench/**/*.test.ts']

type Tally = { passed: number; failed: number }

/**
 * `npm test`: type check, lint, and every suite on one throwaway PostgreSQL. With arguments (`npm test -- money src/db`): only the suites whose
 * path contains one of them, without type check and lint. The last line is `N passed, N failed`; the exit code is 1 on any
 * failure, and when nothing ran.
 */
async function main(wanted: readonly string[]): Promise<boolean> {
  const tests: Tally = { passed: 0, failed: 0 }
  const checks: Tally = { passed: 0, failed: 0 }
  const files = await filesOf(wanted)
  if (files.length > 0) {
    // Once for all suites: each of them reads what is built.
    await check(checks, 'build for browsers', 'node', ['src/web/build.ts'])
    // The suites that come first wait more than they work.
    await Promise.all([runSuites(tests, files), wanted.length === 0 && checkSources(checks)])
  }
  const isEmpty = tests.passed + tests.failed === 0
  if (isEmpty) console.log('no test ran')
  const failed = checks.failed + tests.failed
  console.log(`${checks.passed + tests.passed} passed, ${failed} failed`)
  return failed === 0 && !isEmpty
}

async function filesOf(wanted: readonly string[]): Promise<readonly string[]> {
  const found = await Array.fromAsync(glob(suites, { cwd: root }))
  const isWanted = (file: string) =>
    wanted.length === 0 || wanted.some((part) => file.includes(part.replace(/^\.\//, '')))
  // Some have nothing to say without a cluster, and one reads plans, which a cluster writes another way (test/citus/batch-plans.test.ts).
  const canRun = (file: string) =>
    citusUrl() === undefined ? !file.startsWith('test/citus/') : file !== 'src/db/payment/batch-plans.test.ts'
  const files = found.filter((file) => !file.includes('node_modules') && isWanted(file) && canRun(file)).sort()
  // The longest first, so that at the end no processor is left without one.
  const isLong = (file: string) => file.startsWith('test/simulation/')
  return [...files.filter(isLong), ...files.filter((file) => !isLong(file))]
}

async function checkSources(tally: Tally): Promise<void> {
  await check(tally, 'type check', 'tsc', ['--noEmit'])
  await check(tally, 'type check of browser code', 'tsc', ['--noEmit', '-p', 'src/web'])
  await check(tally, 'lint', 'biome', ['check', '.'])
}

async function check(tally: Tally, name: string, tool: string, words: readonly string[]): Promise<void> {
  const child = spawn(join(root, 'node_modules/.bin', tool), words, {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  const passed = await new Promise<boolean>((resolve) => {
    child.once('error', () => resolve(false))
    child.once('close', (code) => resolve(code === 0))
  })
  tally[passed ? 'passed' : 'failed'] += 1
  console.log(`${passed ? '✔' : '✖'} ${name}`)
}

async function runSuites(tally: Tally, files: readonly string[]): Promise<void> {
  // Each file is a process that would erase the types of the whole program anew: a third of the time of all suites.
  process.env.NODE_COMPILE_CACHE ??= join(root, 'node_modules/.cache/compiled')
  const prepared = prepareProgram(files)
  prepared.catch(() => undefined) // told below, when the server can be stopped
  const server = await startTestServer()
  process.env.TERCET_TEST_DATABASE = server.url
  const stopAndLeave = () => void server.stop().finally(() => process.exit(1))
  process.once('SIGINT', stopAndLeave).once('SIGTERM', stopAndLeave)
  try {
    await prepared
    await runFiles(tally, files)
  } finally {
    await server.stop()
  }
}

/** The program is loaded once before all tests. Where they start many processes of it, it is bundled as well: that loads in a third of the time. */
async function prepareProgram(files: readonly string[]): Promise<void> {
  const loader = 'test/support/program/load-program.ts'
  const loading = runToEnd(sourceFile(loader))
  if (files.some((file) => /^(bench|test\/(e2e|simulation|conformance))\//.test(file))) {
    const folder = join(root, 'node_modules/.cache/program')
    await bundleProgram(folder)
    process.env.TERCET_TEST_PROGRAM = folder
    await runToEnd(bundledFile(folder, loader))
  }
  await loading
}

async function runToEnd(file: string): Promise<void> {
  const child = spawn(process.execPath, [file], { stdio: 'ignore' })
  await new Promise((resolve) => child.once('close', resolve))
}

/** Two files at a time on two cores: a third waits for the database more than it gains. A file that hangs fails after twenty minutes. */
async function runFiles(tally: Tally, files: readonly string[]): Promise<void> {
  const paths = files.map((file) => join(root, file))
  const events = run({ files: paths, concurrency: 2, timeout: 1_200_000, cwd: root })
  events.on('test:pass', (event) => {
    // A file without any test is reported as a test of its own that passed.
    if (event.details.type !== 'suite' && !paths.includes(event.name)) tally.passed += 1
  })
  events.on('test:fail', (event) => {
    if (event.details.type !== 'suite' || event.details.error.cause !== 'subtestsFailed') tally.failed += 1
  })
  const seconds = new Map<string, number>()
  events.on('test:summary', ({ file, duration_ms: ms }) => file && seconds.set(relative(root, file), ms / 1_000))
  const reporter = new spec()
  events.compose(reporter).pipe(process.stdout, { end: false })
  await new Promise((resolve) => reporter.once('close', resolve))
  const longest = [...seconds].toSorted(([, one], [, other]) => other - one).slice(0, 10)
  for (const [file, took] of longest) console.log(`${took.toFixed(1).padStart(6)} s ${file}`)
}

process.exitCode = (await main(process.argv.slice(2))) ? 0 : 1
