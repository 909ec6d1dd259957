import { createServer, type Server } from 'node:http'
import { after } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import type { FastifyInstance } from 'fastify'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import type { App } from '../../../src/app/app.ts'
import { createLogger } from '../../../src/http/logger.ts'
import { buildServer } from '../../../src/http/server.ts'
import { scalapay } from '../../../src/protocols/scalapay/index.ts'
import { bundles } from '../../../src/web/bundles.ts'
import { pages } from '../../../src/web/index.ts'
import { startWebBuild } from '../../../src/web/shared/build/web-build.ts'
import { widget } from '../../../src/web/widget/index.ts'
import { playground } from '../../../src/web/widget/playground/index.ts'

import { startScalapay } from '../protocols/scalapay.ts'

export type WidgetServer = { readonly app: App; readonly server: FastifyInstance; readonly origin: string }

/** Merchant API, checkout and widget as they are built, on a real database; closed by itself. */
export async function startWidgetServer(mode: App['mode'] = 'sandbox'): Promise<WidgetServer> {
  const { app } = await startScalapay()
  const build = startWebBuild(bundles, createLogger({ destination: { write: () => undefined } }))
  await build.settled
  const { publicUrl, merchants } = app
  const server = await buildServer({
    app,
    protocols: [scalapay],
    pages: [...pages, widget({ mode, publicUrl, merchants, build }), playground({ mode, publicUrl, build })],
    operations: { isReady: async () => true, metrics: undefined },
    docs: undefined,
    logger: createLogger({ destination: { write: () => undefined } }),
  })
  const origin = await server.listen({ port: 0, host: '127.0.0.1' })
  after(() => server.close())
  return { app, server, origin }
}

export type Shop = {
  /** the shop's own origin: another one than the widget's */
  readonly origin: string
  /** what the shop's pages answer with from now on: a body, and a head */
  show(body: string, head?: string): void
}

/** A shop whose policy allows nothing inline, and of other servers only the one that the widget comes from. */
export async function startShop(widgetOrigin: string): Promise<Shop> {
  let page = ''
  const server: Server = createServer((_request, response) => {
    response.setHeader('content-type', 'text/html; charset=utf-8')
    response.setHeader(
      'content-security-policy',
      `default-src 'none'; script-src ${widgetOrigin} 'nonce-test'; connect-src ${widgetOrigin}; style-src 'nonce-test'; require-trusted-types-for 'script'; trusted-types lit-html`,
    )
    response.end(page)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  after(() => server.close())
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('not listening on a port')
  return {
    origin: `http://localhost:${address.port}`,
    show: (body, head = '') => {
      page = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Shop</title><meta name="viewport" content="width=device-width">${head}</head><body>${body}</body></html>`
    },
  }
}

export type Visit = {
  readonly page: Page
  /** what the console and uncaught errors said */
  readonly said: readonly string[]
  /** every address that was asked for */
  readonly asked: readonly string[]
  /** the text of each widget's line and note, once all of them show something or nothing for good */
  readonly lines: () => Promise<readonly string[]>
}

/** Opens the shop in a browser of its own cookies. */
export async function visit(browser: Browser, shop: Shop, options: BrowserContextOptions = {}): Promise<Visit> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options })
  const page = await context.newPage()
  const said: string[] = []
  const asked: string[] = []
  page.on('console', (message) => said.push(message.text()))
  page.on('pageerror', (error) => said.push(String(error)))
  page.on('request', (request) => asked.push(request.url()))
  await page.goto(shop.origin)
  return { page, said, asked, lines: () => linesOf(page) }
}

/** A text, since the project is compiled without the browser's types. */
const settled = `[...document.querySelectorAll('scalapay-widget,tercet-widget')].every((each) => each.shadowRoot && !each.shadowRoot.querySelector('.box:empty'))`

async function linesOf(page: Page): Promise<readonly string[]> {
  // Asked again and again from here: waiting inside of the page is evaluating texts, which its policy refuses.
  while (!(await page.evaluate<boolean>(settled))) await pause(20)
  return await page.evaluate<string[]>(`[...document.querySelectorAll('scalapay-widget,tercet-widget')].map((each) =>
    [...(each.shadowRoot.querySelector('.text')?.children ?? [])].map((part) => part.textContent).filter(Boolean).join(' | '))`)
}
