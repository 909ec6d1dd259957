import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { copyFile, glob, mkdir, readFile, writeFile } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { after, test } from 'node:test'
import { promisify } from 'node:util'
import { makeTestFolder } from '../support/folder.ts'
import { isAlive, type Started, startServer } from '../support/load/started.ts'
import { installForProduction } from '../support/production-install.ts'

const run = promisify(execFile)
const root = join(import.meta.dirname, '../..')
const { folder, remove } = await makeTestFolder()
after(remove)
const limit = { timeout: 120_000 }

/** The commands of the machine alone, not those of this checkout's packages. */
const path = (process.env.PATH ?? '').split(delimiter).filter((each) => !each.includes('node_modules'))
const oldNode = await findOldNode()

/** A Node on the machine that is older than the one the program pins. */
async function findOldNode(): Promise<string | undefined> {
  for (const program of path.map((each) => join(each, 'node'))) {
    const version = await run(program, ['--version']).catch(() => undefined)
    if (version && Number(version.stdout.slice(1).split('.')[0]) < 26) return program
  }
  return undefined
}

const installed = join(folder, 'installed')
await installForProduction(installed)
const data = join(folder, 'data')
const onlyItsOwn = { PATH: path.join(delimiter), npm_config_update_notifier: 'false' }

/** It takes orders, has what browsers load, and leaves no database behind. */
async function assertServes(server: Started): Promise<void> {
  assert.equal(await server.order(), 200)
  for (const page of ['/', '/docs', '/widget/scalapay-widget-loader.js', '/portal/'])
    assert.equal((await server.get(page)).status, 200, page)
  const postgres = await server.postgres()
  assert(isAlive(postgres))
  server.child.kill('SIGTERM')
  assert.deepEqual(await server.ended, { code: 0, signal: null })
  assert(!isAlive(postgres), 'PostgreSQL is left behind')
}

test('runs by npm start where only production packages are installed', limit, async () => {
  await assertServes(await startServer({ folder: data, installed, script: ['npm', 'start'], environment: onlyItsOwn }))
})

test(
  'started by an older Node there, it runs on the pinned one and ends as it is told to',
  { ...limit, skip: !oldNode },
  async () => {
    await assertServes(
      await startServer({ folder: data, installed, command: [oldNode ?? ''], environment: onlyItsOwn }),
    )
  },
)

test(
  'an older Node without the pinned one is refused in one line that says what to do',
  { skip: !oldNode },
  async () => {
    const bare = join(folder, 'bare/src/cli')
    await mkdir(bare, { recursive: true })
    await writeFile(join(bare, 'package.json'), '{"type":"module"}')
    await copyFile(join(root, 'src/cli/tercet.js'), join(bare, 'tercet.js'))
    const { code, stderr } = await run(oldNode ?? '', [join(bare, 'tercet.js'), 'start']).then(
      () => assert.fail('it ran'),
      (error) => error,
    )
    assert.equal(code, 1)
    assert.match(stderr, /^tercet: Node 26 or later is needed, and this is v\d[^\n]+: run npm ci[^\n]+\n$/)
  },
)

test('ends when the older Node that started it is killed', { ...limit, skip: !oldNode }, async () => {
  const server = await startServer({ folder: data, installed, command: [oldNode ?? ''], environment: onlyItsOwn })
  const postgres = await server.postgres()
  server.child.kill('SIGKILL')
  await server.until(async () => !isAlive(postgres))
})

test('everything that the program imports is installed without development packages, its Node as well', async () => {
  const { dependencies } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'))
  assert('node' in dependencies)
  for await (const file of glob('src/**/*.{ts,js}', { cwd: root })) {
    if (file.endsWith('.test.ts')) continue
    const text = await readFile(join(root, file), 'utf8')
    for (const [, name = ''] of text.matchAll(/^(?!import type).*from '([@a-z][^':]*)'$/gm)) {
      const parts = name.split('/').slice(0, name.startsWith('@') ? 2 : 1)
      assert(parts.join('/') in dependencies, `${file} imports ${name}`)
    }
  }
})
