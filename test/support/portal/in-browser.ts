import { createRequire } from 'node:module'
import { after } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import type { AxeResults } from 'axe-core'
import type { BrowserContext, Page } from 'playwright-core'
import { portalBundle } from '../../../src/web/portal/bundle.ts'
import { buildBundle } from '../../../src/web/shared/build/build-bundle.ts'
import { startWebBuild } from '../../../src/web/shared/build/web-build.ts'
import type { TestDatabase } from '../database.ts'
import { freePort } from '../free-port.ts'
import { testBrowser } from '../pages/browser.ts'
import { type PortalOptions, type PortalServer, startPortal } from './portal.ts'

export type BrowserPortal = PortalServer & {
  readonly url: string
  /** A page in a profile of its own. What the browser complains about (a policy that was broken, an error) is kept. */
  readonly open: (path: string, options?: PageOptions) => Promise<Page>
  readonly complaints: string[]
}

export type PageOptions = {
  readonly width?: number
  readonly colorScheme?: 'light' | 'dark'
  readonly locale?: string
  /** a profile that is used already, with its cookies */
  readonly context?: BrowserContext
}

/** The portal as it is built, on a port of its own, and a real browser. */
export async function startBrowserPortal(
  given?: TestDatabase,
  options: Pick<PortalOptions, 'sealer' | 'sandbox'> = {},
): Promise<BrowserPortal> {
  await buildBundle(portalBundle)
  const build = startWebBuild([portalBundle], { warn: () => undefined, info: () => undefined })
  await build.settled
  const port = await freePort()
  const url = `http://localhost:${port}`
  const portal = await startPortal({ ...options, build, url, ...(given && { database: given }) })
  await portal.server.listen({ port, host: '127.0.0.1' })
  const browser = await testBrowser()
  const complaints: string[] = []
  const open = async (
    path: string,
    { width = 1440, colorScheme = 'light', locale = 'en-GB', context }: PageOptions = {},
  ) => {
    // Nothing fades in: what is half there has half of its contrast.
    const look = { viewport: { width, height: 900 }, reducedMotion: 'reduce', colorScheme, locale } as const
    const own = context ?? (await browser.newContext(look))
    const page = await own.newPage()
    page.on('pageerror', (error) => complaints.push(error.message))
    page.on('console', (message) => {
      // A refusal that the page shows in its own words is told by the browser as well.
      if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
        complaints.push(message.text())
    })
    await page.goto(`${url}/portal/${path}`)
    return page
  }
  after(() => build.close())
  return { ...portal, url, open, complaints }
}

/** A dialog in its first moment, when the page does not know yet that nothing is to move. */
const isAppearing = `[...document.querySelectorAll('[role=dialog]')].some((each) => {
  for (let part = each; part; part = part.parentElement) if (getComputedStyle(part).opacity !== '1') return true
  return false
})`

const axeFile = createRequire(import.meta.url).resolve('axe-core/axe.min.js')

/** What axe finds wrong with the page as it stands, as `rule: what it is about`. Put in beside the page's policy, which forbids strangers. */
export async function axeFindings(page: Page): Promise<readonly string[]> {
  while (await page.evaluate<boolean>(isAppearing)) await pause(20)
  const { readFile } = await import('node:fs/promises')
  const session = await page.context().newCDPSession(page)
  await session.send('Runtime.evaluate', { expression: await readFile(axeFile, 'utf8') })
  const results = (await page.evaluate('axe.run()')) as AxeResults
  return results.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`)
}
