import { existsSync, readFileSync } from 'node:fs'
import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after } from 'node:test'
import { type Browser, type BrowserContextOptions, chromium as launcher } from 'playwright-core'

const manifest = new URL('../../../node_modules/@sparticuz/chromium/package.json', import.meta.url)
const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { version: string }

/** Kept between runs, 200 MB; a new version of the package is unpacked anew. */
const cache = join(tmpdir(), `tercet-chromium-${version}`)

/** The Chromium inside the npm package, closed after the test file. It needs nothing of the system but its C library. */
export async function testBrowser(): Promise<Browser> {
  if (!existsSync(cache)) await unpack()
  const browser = await launcher.launch({
    executablePath: join(cache, 'chromium'),
    timeout: patienceMs,
    // No sandbox: tests may run as root, where there is none, and open only pages of their own server. The package's own
    // flags are for browsing with web security off, and what that secures is looked at here.
    args: ['--no-sandbox', '--no-zygote', '--disable-gpu', '--font-render-hinting=none'],
    env: {
      ...process.env,
      LD_LIBRARY_PATH: join(cache, 'al2023', 'lib'),
      FONTCONFIG_FILE: join(cache, fontSettings),
      HOME: cache,
    },
  })
  after(() => browser.close())
  return patient(browser)
}

/** How long a test waits for what a page is to show: far longer than it takes, also on a machine that others use as well. */
const patienceMs = 90_000

function patient(browser: Browser): Browser {
  const newContext = browser.newContext.bind(browser)
  return Object.assign(browser, {
    newContext: async (options?: BrowserContextOptions) => {
      const context = await newContext(options)
      context.setDefaultTimeout(patienceMs)
      return context
    },
  })
}

/** The package's own settings look for its font below /tmp alone, and a Chromium without any font ends itself. */
const fontSettings = 'fonts.conf'
const fontFolder = '<fontconfig><dir prefix="relative">fonts</dir></fontconfig>\n'

/** Into a folder of this process's own, then under its name at once: two test files never see half a browser. */
async function unpack(): Promise<void> {
  const folder = `${cache}.${process.pid}`
  await mkdir(folder, { recursive: true })
  await inEnvironment({ TMPDIR: folder, AWS_LAMBDA_JS_RUNTIME: 'nodejs22.x' }, async () => {
    const { default: chromium } = await import('@sparticuz/chromium')
    await chromium.executablePath()
  })
  await writeFile(join(folder, fontSettings), fontFolder)
  // Another process may have been quicker: then its folder is as good.
  await rename(folder, cache).catch(() => rm(folder, { recursive: true, force: true }))
}

/**
 * The package unpacks below the temporary folder, brings its system libraries only where the environment looks like a
 * function host's, and leaves its search paths in the environment. All of it is undone, for servers are started from here.
 */
async function inEnvironment(variables: Readonly<Record<string, string>>, work: () => Promise<void>): Promise<void> {
  const before = { ...process.env }
  Object.assign(process.env, variables)
  try {
    await work()
  } finally {
    for (const name of Object.keys(process.env)) if (before[name] === undefined) delete process.env[name]
    Object.assign(process.env, before)
  }
}
