import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { createConfig, lintFromString } from '@redocly/openapi-core'
import type { ApiDocument, Operation } from '../../src/web/reference/document.ts'
import { spawnTercet } from '../support/crash/crash-process.ts'
import { makeTestFolder } from '../support/folder.ts'
import { freePort } from '../support/free-port.ts'
import { testBrowser } from '../support/pages/browser.ts'

const { folder, remove } = await makeTestFolder()
after(remove)
const port = await freePort()
// As behind a proxy that serves this server below a path of its own.
const root = '/tercet'
const server = spawnTercet({
  PORT: String(port),
  TERCET_DATA: join(folder, 'data'),
  PUBLIC_URL: `http://localhost:${port}${root}`,
})
await server.ready
after(() => server.stop())
const origin = `http://localhost:${port}`
const text = await (await fetch(`${origin}/docs/json`)).text()
const api: ApiDocument = JSON.parse(text)
const operations = Object.entries(api.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ name: `${method} ${path}`, operation })),
)

test('the OpenAPI document has no error in the eyes of a strict linter', async () => {
  const config = await createConfig({ extends: ['recommended'], rules: { 'no-server-example.com': 'off' } })
  const problems = await lintFromString({ source: text, absoluteRef: '/docs.json', config })
  assert.deepEqual(
    problems.map(({ ruleId, message, location }) => `${ruleId}: ${message} (${location[0]?.pointer})`),
    [],
  )
})

test('every call has an id of its own, a description, its keys, and examples of what it takes and answers', () => {
  assert(operations.length > 35)
  const ids = operations.map(({ operation }) => operation.operationId)
  assert.equal(new Set(ids).size, ids.length)
  const groups = api.tags.map(({ name }) => name)
  for (const { name, operation } of operations) {
    assert.match(operation.operationId, /^[a-z][A-Za-z]+$/, name)
    assert(operation.summary.length < 50 && operation.description?.endsWith('.'), name)
    assert(operation.security, name)
    assert(groups.includes(operation.tags[0] ?? ''), `${name} is in a group that main/docs-info.ts describes`)
    if (operation.requestBody) assert.notEqual(exampleIn(operation.requestBody), undefined, `${name}: body`)
    const [status = '', success] = Object.entries(operation.responses)[0] ?? []
    assert.match(status, /^2/, name)
    if (status !== '204') assert.notEqual(exampleIn(success), undefined, `${name}: answer`)
  }
})

function exampleIn(part: Partial<NonNullable<Operation['requestBody']>> | undefined): unknown {
  return part?.content?.['application/json']?.example
}

test('the reference comes packed, is kept by browsers, and has links below the path of a proxy', async () => {
  const page = await fetch(`${origin}/docs`)
  const size = Number(page.headers.get('content-length'))
  assert.equal(page.headers.get('content-encoding'), 'gzip')
  assert(size < 30_000, `${size} bytes`)
  const tag = page.headers.get('etag') ?? ''
  assert.equal((await fetch(`${origin}/docs`, { headers: { 'if-none-match': tag } })).status, 304)
  const links = [...(await page.text()).matchAll(/(?:href|src)="([^"#]+)"/g)].map((match) => match[1] ?? '')
  assert(links.length >= 5)
  for (const link of links) {
    assert(link.startsWith(`${root}/`), link)
    assert.equal((await fetch(`${origin}${link.slice(root.length)}`)).status, 200, link)
  }
})

test('the reference can be used by everybody: axe finds nothing, wide or narrow, light or dark', async () => {
  const browser = await testBrowser()
  const axe = await readFile(new URL('../../node_modules/axe-core/axe.min.js', import.meta.url), 'utf8')
  for (const [width, colorScheme] of [
    [1280, 'light'],
    [360, 'dark'],
  ] as const) {
    const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme, bypassCSP: true })
    await page.route(`${origin}${root}/**`, (route) => route.continue({ url: route.request().url().replace(root, '') }))
    await page.goto(`${origin}${root}/docs`)
    assert.equal(await page.title(), 'Tercet API reference')
    await page.addScriptTag({ content: axe })
    const found = await page.evaluate<string[]>(
      "axe.run().then(({ violations }) => violations.map(({ id, nodes }) => id + ': ' + nodes[0].html))",
    )
    assert.deepEqual(found, [], `${width} ${colorScheme}`)
    assert(await page.evaluate<boolean>('document.documentElement.scrollWidth <= window.innerWidth'))
    await page.close()
  }
})
