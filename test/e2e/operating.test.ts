import assert from 'node:assert/strict'
import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { access, constants, mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { promisify } from 'node:util'
import { Agent, request } from 'undici'
import { scalapayMerchantKey } from '../../src/main/fixtures.ts'
import { catalogueBodyLimit } from '../../src/protocols/salescloud/organization/catalogue.ts'
import { spawnTercet, type TercetProcess } from '../support/crash/crash-process.ts'
import { shellBlocks as blocksOf, runShell as run } from '../support/documents.ts'
import { makeTestFolder } from '../support/folder.ts'
import { freePort } from '../support/free-port.ts'
import { findOwnPostgres, startOwnPostgres } from '../support/own-postgres.ts'
import { anOrder } from '../support/payments/orders.ts'

/*
 * What docs/operating.md says about the programs of others. Where a machine has one of them it is run; where not, its test says so and is skipped, and
 * what can be compared without it is compared.
 */

const root = join(import.meta.dirname, '../..')
const read = (path: string) => readFile(join(root, path), 'utf8')
const [operating = '', config = '', manifest = ''] = await Promise.all(
  ['docs/operating.md', 'src/main/config.ts', 'package.json'].map(read),
)
const [unit = '', settings = ''] = blocksOf(operating, 'ini')
const sites = blocksOf(operating, 'nginx')
const { folder, remove } = await makeTestFolder()
after(remove)

const postgres = await findOwnPostgres()

test(
  'a dump made while the server runs is the same database again, on a PostgreSQL of one’s own',
  {
    skip: postgres === undefined && 'this machine has no PostgreSQL 14 or later of its own',
  },
  async () => {
    const [port, hooks] = [await freePort(), await freePort()]
    const own = await startOwnPostgres(postgres as string, folder, await freePort())
    const environment = {
      ...{ PORT: String(port), TERCET_DATA: join(folder, 'data'), DATABASE_URL: own.url },
      PATH: `${postgres}:${process.env.PATH}`,
    }
    const commands = { port, hooks, environment }
    const [dump = '', restore = ''] = blocksOf(operating, 'sh postgres')
    const dumped = (block: string) => run([block], { ...commands, cwd: folder })
    const before = spawnTercet(environment)
    const url = `http://localhost:${port}`
    let restored: TercetProcess | undefined
    try {
      await before.ready
      const { token } = await ask(url, '/v2/orders', anOrder())
      await ask(url, `/sandbox/orders/${token}/authorize`, { cardNumber: '4242424242424242' })
      await dumped(dump)
      await ask(url, '/v2/payments/capture', { token })
      await before.stop()
      await dumped(restore)
      restored = spawnTercet(environment)
      await restored.ready
      const { status } = await ask(url, `/v2/payments/${token}`)
      assert.equal(status, 'authorized', 'what happened after the dump is not in it')
      await ask(url, '/v2/payments/capture', { token })
      assert.match(await run(['npx tercet ledger check'], commands), /payments and ledger agree/)
    } finally {
      await before.stop()
      await restored?.stop()
      await own.stop()
    }
  },
)

const nginx = await pathOf('nginx')

test(
  'nginx as it is written leads to the server, closes its metrics, and tells it the address outside',
  {
    skip: nginx === undefined && 'this machine has no nginx',
  },
  async () => {
    const [port, outside] = [await freePort(), await freePort()]
    const address = `https://localhost:${outside}`
    const environment = { TERCET_TLS_PROXY: '1', PUBLIC_URL: address, TERCET_DATA: join(folder, 'behind') }
    const tercet = spawnTercet({ PORT: String(port), ...environment })
    const proxy = await startNginx(nginx as string, port, outside)
    try {
      await tercet.ready
      const dispatcher = new Agent({ connect: { rejectUnauthorized: false } })
      const headers = { authorization: `Bearer ${scalapayMerchantKey}`, 'content-type': 'application/json' }
      const get = async (path: string) => (await request(`${address}${path}`, { dispatcher })).statusCode
      for (; (await get('/healthz').catch(() => 0)) !== 200; await pause(50)) assert(proxy.isRunning(), 'nginx goes on')
      assert.equal(await get('/metrics'), 403)
      assert.equal(await get('/tercet/healthz'), 200, 'below a path of another site as well')
      const order = { method: 'POST', headers, dispatcher, body: JSON.stringify(anOrder()) } as const
      const { statusCode, body } = await request(`${address}/v2/orders`, order)
      const { checkoutUrl } = (await body.json()) as { checkoutUrl: string }
      assert.equal(statusCode, 200)
      assert.equal(new URL(checkoutUrl).origin, address)
      await dispatcher.close()
    } finally {
      await proxy.stop()
      await tercet.stop()
    }
  },
)

test('the nginx text names the port the server has and lets through the largest body it takes', () => {
  assert.match(sites[0] ?? '', new RegExp(`client_max_body_size ${catalogueBodyLimit / 1024 ** 2}m;`))
  assert.equal(sites.length, 2)
  for (const site of sites) assert.equal(site.split('{').length, site.split('}').length)
  const ports = [...sites.join('\n').matchAll(/proxy_pass http:\/\/127\.0\.0\.1:(\d+)/g)].map(([, port]) => port)
  assert.deepEqual(ports, ['8080', '8080'])
  assert.match(config, /PORT.*8080|8080.*PORT/)
})

const systemd = await pathOf('systemd-analyze')

test(
  'systemd finds nothing to say about the unit',
  {
    skip: systemd === undefined && 'this machine has no systemd-analyze',
  },
  async () => {
    const file = join(folder, 'tercet.service')
    await writeFile(file, unit.replaceAll('/opt/tercet', root))
    const { stdout, stderr } = await promisify(execFile)(systemd as string, ['verify', file])
    assert.equal(stdout + stderr, '')
  },
)

test('the unit starts what npm start starts, from files that are there, and its settings are the program’s', async () => {
  const [, command = ''] = /^ExecStart=(.+)$/m.exec(unit) ?? []
  const started = JSON.parse(manifest).scripts.start.replace('exec node ', '')
  assert.equal(command.replaceAll('/opt/tercet/', ''), `node_modules/.bin/node ${started}`)
  for (const path of command.split(' ').filter((word) => word.startsWith('/opt/tercet/')))
    await access(path.replace('/opt/tercet', root), constants.R_OK)
  const names = [...`${settings}\n${unit.replaceAll('Environment=', '')}`.matchAll(/^([A-Z_]+)=/gm)].map(
    ([, name]) => name,
  )
  assert(names.length > 4)
  for (const name of names) assert(config.includes(`'${name}'`), `${name} is read`)
  const shown = `set -a; . ./env; set +a; printf '%s\\n' "$TERCET_MODE $TERCET_TLS_PROXY"`
  await writeFile(join(folder, 'env'), settings)
  assert.equal(await run([shown], { port: 1, hooks: 1, cwd: folder }), 'live 1\n')
})

async function ask(url: string, path: string, body?: object): Promise<Record<string, unknown>> {
  const headers = { authorization: `Bearer ${scalapayMerchantKey}`, 'content-type': 'application/json' }
  const sent = body ? ({ method: 'POST', body: JSON.stringify(body) } as const) : ({ method: 'GET' } as const)
  const answer = await request(`${url}${path}`, { ...sent, headers })
  assert.equal(answer.statusCode, 200, path)
  return (await answer.body.json()) as Record<string, unknown>
}

async function pathOf(program: string): Promise<string | undefined> {
  for (const each of [...(process.env.PATH ?? '').split(':'), '/usr/sbin', '/usr/local/sbin']) {
    const path = join(each, program)
    if (
      await access(path, constants.X_OK).then(
        () => true,
        () => false,
      )
    )
      return path
  }
  return undefined
}

/** Both sites in one server; only addresses, ports and the names of certificates differ from the text. */
async function startNginx(program: string, port: number, outside: number) {
  const home = join(folder, 'nginx')
  await mkdir(join(home, 'logs'), { recursive: true })
  const [whole = '', below = ''] = sites
  const site = whole
    .replace('location / {', `${below}\n  location / {`)
    .replace('listen 443 ssl', `listen 127.0.0.1:${outside} ssl`)
    .replace('pay.shop.example', 'localhost')
    .replace('/etc/ssl/pay.pem', join(root, 'test/support/tls/cert.pem'))
    .replace('/etc/ssl/pay.key', join(root, 'test/support/tls/key.pem'))
    .replaceAll(':8080', `:${port}`)
  const places = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (name) => `${name}_temp_path ${home}/${name};`,
  )
  await writeFile(
    join(home, 'nginx.conf'),
    `daemon off; pid ${home}/pid; events {} http { access_log off; ${places.join(' ')}\n${site} }`,
  )
  const words = ['-p', home, '-e', join(home, 'logs/error'), '-c', join(home, 'nginx.conf')]
  await promisify(execFile)(program, ['-t', ...words])
  const child = spawn(program, words, { stdio: 'ignore' })
  const ended = once(child, 'exit')
  return {
    isRunning: () => child.exitCode === null,
    stop: async () => {
      child.kill('SIGTERM')
      await ended
    },
  }
}
