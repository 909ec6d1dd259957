import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/**
 * Every violation that axe-core finds on the page, with the elements it is about. Run from outside of the page's own policy,
 * which lets no script in.
 */
export async function axeViolations(page: Page): Promise<readonly string[]> {
  await page.waitForLoadState()
  // Half a megabyte of script is sent once for each document, however often it is looked at.
  if (!(await page.evaluate<boolean>(`'axe' in window`))) await load(page)
  return await page.evaluate<
    string[]
  >(`axe.run(document, { resultTypes: ['violations'], preload: false, iframes: false }).then(({ violations }) =>
    violations.map(({ id, nodes }) => id + ': ' + nodes.map((node) => node.target.join(' ')).join(', ')))`)
}

/** By the browser's own protocol: `page.evaluate` reads and writes such a script several times before it is run. */
async function load(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page)
  await session.send('Runtime.evaluate', { expression: `${source};0` })
  await session.detach()
}
