import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { profiles } from '../src/protocols/profiles.ts'
import { brokenCitations, brokenLinks, privateCitations, readTexts } from './support/code/citations.ts'
import { brokenLayers } from './support/code/layers.ts'
import { leftovers, unusedExports, unusedFiles } from './support/code/leftovers.ts'
import { protocolNames } from './support/code/protocol-names.ts'
import { crowdedRooms, importCircles } from './support/code/rooms.ts'
import { readSources } from './support/code/source-files.ts'

const sources = await readSources()
const pages = await readTexts()

test('no file imports from a layer it must not know', () => {
  assert.deepEqual(brokenLayers(sources), [])
})

test('nothing is unfinished, switched off, or SQL outside its folder', () => {
  assert.deepEqual(leftovers(sources), [])
})

test('every file is used by another one', () => {
  assert.deepEqual(unusedFiles(sources), [])
})

test('nothing is exported for nobody', () => {
  assert.deepEqual(unusedExports(sources), [])
})

test('no two statements are prepared under one name, which a connection refuses', () => {
  const names = [...sources].flatMap(([path, text]) =>
    path.startsWith('src/')
      ? [...text.matchAll(/\bname: '([a-z_0-9]+)',\n\s+text: [`']/g)].map(([, name]) => name)
      : [],
  )
  assert(names.length > 100)
  assert.deepEqual(
    names.filter((name, at) => names.indexOf(name) !== at),
    [],
  )
})

test('no folder holds more than twenty files', () => {
  assert.deepEqual(crowdedRooms(sources), [])
})

test('no files import each other in a circle, types included', () => {
  assert.deepEqual(importCircles(sources), [])
})

test('the room checks find a crowded folder and each circle once', () => {
  const many = Array.from({ length: 21 }, (_, at) => [`src/db/${at}.ts`, ''] as const)
  assert.deepEqual(crowdedRooms(new Map(many)), ['src/db: 21 files'])
  assert.deepEqual(crowdedRooms(new Map(many.slice(1))), [])
  const circle = new Map([
    ['src/db/a.ts', "import type { B } from './b.ts'"],
    ['src/db/b.ts', "import { c } from './c.ts'"],
    ['src/db/c.ts', "import { a } from './a.ts'"],
    ['src/db/d.ts', "import { a } from './a.ts'"],
  ])
  assert.deepEqual(importCircles(circle), ['src/db/a.ts -> src/db/b.ts -> src/db/c.ts -> src/db/a.ts'])
})

test('everything that is cited can be opened in the repository', () => {
  assert.deepEqual(privateCitations(new Map([...sources, ...pages])), [])
  assert.deepEqual(brokenCitations(new Map([...sources, ...pages]), pages), [])
  const root = join(import.meta.dirname, '..')
  assert.deepEqual(
    brokenLinks(pages, (path) => existsSync(join(root, path))),
    [],
  )
})

test('the walk for newcomers goes through files that exist, in the rooms it says', () => {
  const walk = (pages.get('CONTRIBUTING.md') ?? '').split('## A walk')[1]?.split('\n## ')[0] ?? ''
  const files = [...walk.matchAll(/\]\((src\/[^)]+)\)/g)].map((match) => match[1] ?? '')
  assert(files.length >= 25)
  for (const file of files) assert(sources.has(file), file)
  assert.equal([...walk.matchAll(/^\d+\. /gm)].length, 10)
  for (const [, room = ''] of walk.matchAll(/`(src\/[\w/]+)\/`/g))
    assert(
      [...sources.keys()].some((path) => path.startsWith(`${room}/`)),
      room,
    )
})

test('every decision has one form and stands in the index', () => {
  const decisions = [...pages].filter(([path]) => /^docs\/decisions\/\d{4}-/.test(path))
  const index = pages.get('docs/decisions/README.md') ?? ''
  for (const [path, text] of decisions) {
    const [, file = '', number] = /^docs\/decisions\/((\d{4})-.*)$/.exec(path) ?? []
    const title = new RegExp(`^# ${number}: (.+)\n`).exec(text)?.[1]
    assert(title, `${path} begins with "# ${number}: title"`)
    assert(index.includes(`| [${number}](${file}) | ${title} |`), `docs/decisions/README.md lists ${path}: ${title}`)
    const parts = [...text.matchAll(/^## (.+)$/gm)].map((match) => match[1])
    assert.deepEqual(parts, ['Context', 'Decision', 'Consequences'], path)
  }
})

test('the citation check finds private documents, sections and decisions that do not exist, and dead links', () => {
  const page = new Map([
    ['docs/protocols/wire.md', '## 3. Orders\n### 3.1 Totals\n[gone](gone.md) [home](wire.md#x) [web](https://a.b)'],
  ])
  const words = [
    `see DES${'IGN'} section 2`,
    `(re${'ference'} 1.3)`,
    `se${'ed'} 004`,
    `as iss${'ue'} 9 says`,
    `/wo${'rk'}/main`,
  ]
  for (const word of words) assert.equal(privateCitations(new Map([['src/a.ts', word]])).length, 1, word)
  assert.deepEqual(privateCitations(new Map([['src/a.ts', 'the merchant reference 12 characters, seed 7']])), [])
  const sections = ['wire.md_3', 'wire.md_3.1', 'wire.md_3.2', 'other.md_1'].map((each) => each.replace('_', ' '))
  const code = new Map([['src/a.ts', `${sections.join(', ')}, decision ${9_999}`]])
  assert.equal(brokenCitations(code, page).length, 3)
  assert.deepEqual(
    brokenLinks(page, (path) => page.has(path)),
    ['docs/protocols/wire.md: gone.md'],
  )
})

test('no merchant API is known by its name outside its folder', () => {
  assert.deepEqual(protocolNames(sources, [...profiles.keys()]), [])
})

test('the name check finds a name in code, whatever its case, and leaves comments alone', () => {
  const bad = new Map([
    ['src/app/a.ts', "\n// KuPay\nif (payment.protocol === 'kupay') return"],
    ['src/domain/b.ts', 'export type SalescloudOrder = 1'],
    ['src/domain/c.ts', '/* a\n Scalapay comment */'],
    ['src/protocols/kupay/d.ts', "const name = 'kupay'"],
  ])
  assert.deepEqual(protocolNames(bad, ['kupay', 'salescloud', 'scalapay']), ['src/app/a.ts:3', 'src/domain/b.ts:1'])
})

test('the layer check finds each forbidden direction', () => {
  const forbidden = [
    ['src/kernel/a.ts', '../domain/b.ts'],
    ['src/kernel/a.ts', 'fastify'],
    ['src/domain/payment/a.ts', '../../db/b.ts'],
    ['src/db/a.ts', '../rails/b.ts'],
    ['src/rails/card/a.ts', '../../db/b.ts'],
    ['src/rails/card/a.ts', '../evm/b.ts'],
    ['src/app/chain/a.ts', '../../rails/evm/b.ts'],
    ['src/main/chains/a.ts', '../../rails/evm/local/b.ts'],
    ['src/rails/chain-rail.ts', './evm/b.ts'],
    ['src/rails/card/valitor/simulator/a.ts', '../../sandbox/b.ts'],
    ['src/engine/a.ts', '../rails/b.ts'],
    ['src/engine/a.ts', './companions/b.ts'],
    ['src/app/a.ts', '../protocols/b.ts'],
    ['src/http/a.ts', '../domain/b.ts'],
    ['src/protocols/kupay/a.ts', '../scalapay/b.ts'],
    ['src/protocols/kupay/a.ts', '../../web/b.ts'],
    ['src/protocols/shared/a.ts', '../kupay/b.ts'],
    ['src/web/checkout/a.ts', '../portal/b.ts'],
    ['src/web/checkout/a.ts', '../../protocols/b.ts'],
    ['src/web/checkout/a.ts', '../../db/b.ts'],
    ['src/jobs/a.ts', '../web/b.ts'],
    ['src/jobs/a.ts', '../main/b.ts'],
    ['src/db/a.ts', '../../test/support/b.ts'],
    ['src/elsewhere/a.ts', 'node:fs'],
  ] as const
  for (const [path, target] of forbidden) {
    for (const source of [
      `import type {\n  B,\n} from '${target}'`,
      `export * from "${target}"`,
      `await import('${target}')`,
    ])
      assert.equal(brokenLayers(new Map([[path, source]])).length, 1, `${path}: ${source}`)
  }
})

test('the layer check allows every direction that is right', () => {
  const allowed = [
    ['src/kernel/a.ts', 'node:util'],
    ['src/engine/a.ts', '../db/b.ts'],
    ['src/engine/companions/a.ts', '../companion.ts'],
    ['src/app/a.ts', '../engine/companions/b.ts'],
    ['src/protocols/index.ts', './kupay/b.ts'],
    ['src/protocols/kupay/a.ts', '../shared/protocol.ts'],
    ['src/jobs/a.ts', '../protocols/index.ts'],
    ['src/main/a.ts', '../web/b.ts'],
    ['src/rails/index.ts', './evm/index.ts'],
    ['src/rails/evm/local/a.ts', '../b.ts'],
    ['src/db/a.test.ts', '../../test/support/database.ts'],
  ] as const
  for (const [path, target] of allowed)
    assert.deepEqual(brokenLayers(new Map([[path, `import { b } from '${target}'`]])), [])
})

test('the leftover check finds marks, switched-off tests, stray SQL, and files and exports without a user', () => {
  const bad = new Map([
    ['src/domain/a.ts', `// TO${'DO'} later`],
    ['src/domain/b.ts', "client.query('select id from payment')"],
    ['test/c.test.ts', `test.sk${'ip'}('no', () => {})`],
    ['test/d.test.ts', `test('no', { on${'ly'}: true }, () => {})`],
    ['src/domain/e.test.ts', "import { e } from './e.ts'"],
    ['src/domain/e.ts', ''],
    ['src/domain/f.ts', 'export const used = 1\nexport async function unused() {}\n'],
    ['src/domain/g.ts', "import { used } from './f.ts'"],
  ])
  assert.deepEqual(
    leftovers(bad).map((line) => line.split(':')[0]),
    ['src/domain/a.ts', 'src/domain/b.ts', 'test/c.test.ts', 'test/d.test.ts'],
  )
  assert.deepEqual(unusedFiles(bad), ['src/domain/a.ts', 'src/domain/b.ts', 'src/domain/e.ts', 'src/domain/g.ts'])
  assert.deepEqual(unusedExports(bad), ['src/domain/f.ts: unused'])
})
