import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { parse } from 'yaml'
import { readConfig } from '../../src/main/config.ts'
import { tercet } from '../support/cli.ts'

const root = join(import.meta.dirname, '../..')
const [text, readme] = await Promise.all(
  ['deploy/compose.yaml', 'README.md'].map((path) => readFile(join(root, path), 'utf8')),
)

type Service = {
  readonly image?: string
  readonly environment?: Readonly<Record<string, string>>
  readonly command?: readonly string[]
  readonly depends_on?: readonly string[] | Readonly<Record<string, unknown>>
  readonly build?: { readonly dockerfile_inline: string }
  readonly volumes?: readonly string[]
}
type Compose = {
  readonly services: Readonly<Record<string, Service>>
  readonly volumes: object
  readonly configs: { readonly site: { readonly content: string } }
}

const { services, volumes, configs } = parse(text ?? '', { merge: true }) as Compose
const servers = Object.entries(services).filter(([, { build }]) => build)

test('the compose file runs a cluster of three nodes, two servers and a proxy, and names nothing that it does not have', () => {
  assert.deepEqual(Object.keys(services), [
    ...['coordinator', 'worker-1', 'worker-2', 'cluster', 'cells', 'tercet-1', 'tercet-2', 'proxy'],
  ])
  for (const [name, service] of Object.entries(services)) {
    const needed = Array.isArray(service.depends_on) ? service.depends_on : Object.keys(service.depends_on ?? {})
    for (const other of needed) assert(services[other], `${name} waits for ${other}`)
    for (const volume of service.volumes ?? []) assert((volume.split(':')[0] ?? '') in volumes, volume)
  }
  const hosts = [...(text ?? '').matchAll(/@([\w-]+):5432/g)].map(([, host]) => host)
  assert.deepEqual(new Set(hosts), new Set(['coordinator']))
  const nodes = [...(text ?? '').matchAll(/citus_(?:set_coordinator_host|add_node)\('([\w-]+)', 5432\)/g)]
  assert.deepEqual(
    nodes.map(([, host]) => host),
    ['coordinator', 'worker-1', 'worker-2'],
  )
  const behind = [...configs.site.content.matchAll(/server ([\w-]+):8080;/g)].map(([, host]) => host)
  assert.deepEqual(behind, ['tercet-1', 'tercet-2'])
})

test('its servers are set up by settings that the README has, with values that the program takes', () => {
  const table = readme?.split('\n## Settings')[1]?.split('\n## ')[0] ?? ''
  const known = new Set([...table.matchAll(/^\| (`[^|]+`) \|/gm)].flatMap(([, names]) => names?.match(/\w+/g) ?? []))
  assert(known.has('TERCET_CELLS'))
  assert.equal(servers.length, 3)
  for (const [name, { environment = {} }] of servers) {
    for (const setting of Object.keys(environment)) assert(known.has(setting), `${name}: ${setting}`)
    const config = readConfig(environment)
    assert.equal(config.port, 8080)
    assert.equal(new URL(config.databaseUrl ?? '').hostname, 'coordinator')
  }
})

test('it makes its cells by commands that there are', async () => {
  const script = services.cells?.command?.at(-1) ?? ''
  const commands = [...script.matchAll(/tercet -- ([a-z]+(?: [a-z]+)?)/g)].map(([, words]) => words ?? '')
  assert.deepEqual(commands, ['migrate', 'cells show', 'cells add', 'cells show', 'cells add'])
  for (const command of new Set(commands)) {
    const { code, out } = await tercet({}, [...command.split(' '), '--help'])
    assert.equal(code, 0)
    assert.match(out, new RegExp(`^Usage: tercet ${command} `))
    if (command === 'cells add') assert.match(out, /Citus cluster/)
  }
})
