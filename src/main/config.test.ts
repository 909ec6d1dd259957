import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { after, test } from 'node:test'
import { ConfigError, type Environment, publicUrlOf, readConfig } from './config.ts'

const top = mkdtempSync(join(tmpdir(), 'tercet-config-'))
after(() => rmSync(top, { recursive: true, force: true }))

const hexKey = '00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff'
const tlsFolder = resolve(import.meta.dirname, '../../test/support/tls')
const cert = join(tlsFolder, 'cert.pem')
const key = join(tlsFolder, 'key.pem')
const sandbox: Environment = { TERCET_DATA: top }
const live: Environment = {
  ...sandbox,
  TERCET_MODE: 'live',
  TERCET_SECRET_KEY: hexKey,
  TERCET_TLS_PROXY: '1',
  PUBLIC_URL: 'https://pay.example',
}

/** One line that begins with the variable and does not repeat what may be a secret. */
function refuses(env: Environment, variable: string, says: RegExp, secret?: string): void {
  assert.throws(
    () => readConfig(env),
    (error: unknown) => {
      assert(error instanceof ConfigError)
      assert(error.message.startsWith(variable), error.message)
      assert.match(error.message, says)
      assert.doesNotMatch(error.message, /[\n\r\0]/)
      if (secret !== undefined) assert(!error.message.includes(secret))
      return true
    },
  )
}

test('has a default for everything in sandbox mode', () => {
  const { secretKey, firstSecretKey, ...config } = readConfig(sandbox)
  assert.deepEqual(config, {
    mode: 'sandbox',
    port: 8080,
    host: '127.0.0.1',
    publicUrl: undefined,
    databaseUrl: undefined,
    dataFolder: top,
    tls: undefined,
    isBehindTlsProxy: false,
    hasDocs: true,
    hasMetrics: true,
    hasRequests: true,
    smtpUrl: undefined,
    mailFrom: undefined,
    smsUrl: undefined,
    smsToken: undefined,
    previousSecretKeys: [],
    logLevel: 'warn',
    cells: undefined,
    workers: 1,
    patienceMs: 1_800,
    anvilProgram: undefined,
  })
  assert.equal(secretKey.length, 32)
  assert.equal(firstSecretKey, secretKey)
})

test('keeps its data below the folder it is started in unless told otherwise', () => {
  assert.equal(readConfig({ TERCET_SECRET_KEY: hexKey }).dataFolder, resolve('.tercet'))
  assert.equal(readConfig({ TERCET_SECRET_KEY: hexKey, TERCET_DATA: 'some/where' }).dataFolder, resolve('some/where'))
})

test('takes an empty value for an absent one', () => {
  const config = readConfig({ ...sandbox, PORT: '', DATABASE_URL: ' ', TLS_CERT: '', TLS_KEY: '', TERCET_MODE: '' })
  assert.equal(config.port, 8080)
  assert.equal(config.databaseUrl, undefined)
})

test('takes every port, and 0 for any free one', () => {
  for (const port of [0, 1, 65535]) assert.equal(readConfig({ ...sandbox, PORT: String(port) }).port, port)
  for (const port of ['-1', '65536', '80a', '8080.0', '0x50', '1e3', '٣', '99999999999', 'a\nb'])
    refuses({ ...sandbox, PORT: port }, 'PORT', /from 0 \(any free port\) to 65535/)
})

test('takes the public address without its last slash, and derives one from the bound port', () => {
  assert.equal(readConfig({ ...sandbox, PUBLIC_URL: 'https://pay.example.com/' }).publicUrl, 'https://pay.example.com')
  assert.equal(readConfig({ ...sandbox, PUBLIC_URL: 'http://h:81/base/' }).publicUrl, 'http://h:81/base')
  const own = { publicUrl: undefined, tls: undefined }
  for (const host of ['127.0.0.1', '0.0.0.0', '::', 'localhost'])
    assert.equal(publicUrlOf({ ...own, host }, 4711), 'http://localhost:4711')
  assert.equal(publicUrlOf({ ...own, host: '::1' }, 4711), 'http://[::1]:4711')
  assert.equal(publicUrlOf({ ...own, host: '192.0.2.7' }, 4711), 'http://192.0.2.7:4711')
  assert.equal(publicUrlOf({ ...own, host: '::', tls: { cert: '', key: '' } }, 443), 'https://localhost:443')
  assert.equal(publicUrlOf({ ...own, publicUrl: 'https://pay.example.com', host: '::1' }, 1), 'https://pay.example.com')
  for (const url of ['pay.example.com', 'ftp://h', 'https://u:p@h', 'https://h?a=b', 'https://h#f', '/x', 'https:h'])
    refuses({ ...sandbox, PUBLIC_URL: url }, 'PUBLIC_URL', /http or https URL/)
  refuses({ ...live, PUBLIC_URL: 'http://pay.example.com' }, 'PUBLIC_URL', /https URL \(live mode\)/)
})

test('names the variable and what is allowed for every other bad value', () => {
  refuses({ ...sandbox, TERCET_MODE: 'Live' }, 'TERCET_MODE', /sandbox or live/)
  refuses({ ...sandbox, HOST: 'http://localhost' }, 'HOST', /IP address or a host name/)
  refuses(
    { ...sandbox, DATABASE_URL: 'mysql://u:hunter2@h/d' },
    'DATABASE_URL',
    /postgres:\/\/ or postgresql:\/\//,
    'hunter2',
  )
  refuses({ ...sandbox, DATABASE_URL: 'hunter2' }, 'DATABASE_URL', /must be a URL/, 'hunter2')
  refuses({ ...sandbox, SMTP_URL: 'https://u:hunter2@h' }, 'SMTP_URL', /smtp:\/\/ or smtps:\/\//, 'hunter2')
  refuses({ ...sandbox, TERCET_LOG: 'loud' }, 'TERCET_LOG', /trace, debug, info, warn or error/)
  refuses({ ...sandbox, TERCET_LOG: 'toString' }, 'TERCET_LOG', /trace, debug, info, warn or error/)
  for (const patience of ['0', '999', '60001', '1.5e3', '1s'])
    refuses({ ...sandbox, TERCET_PATIENCE_MS: patience }, 'TERCET_PATIENCE_MS', /from 1000 to 60000/)
  refuses({ ...sandbox, TERCET_ANVIL: 'anvil' }, 'TERCET_ANVIL', /absolute path/)
  refuses({ ...sandbox, TERCET_TLS_PROXY: 'yes' }, 'TERCET_TLS_PROXY', /1 or 0/)
  refuses({ ...sandbox, TERCET_SECRET_KEY: 'hunter2' }, 'TERCET_SECRET_KEY', /32 bytes/, 'hunter2')
  refuses({ ...sandbox, TERCET_SECRET_KEY: hexKey.slice(2) }, 'TERCET_SECRET_KEY', /32 bytes/, hexKey.slice(2))
})

test('reads the secret key from hex and from base64', () => {
  const bytes = Buffer.from(hexKey, 'hex')
  for (const text of [hexKey, hexKey.toUpperCase(), bytes.toString('base64'), bytes.toString('base64url')])
    assert.deepEqual(Buffer.from(readConfig({ ...sandbox, TERCET_SECRET_KEY: text }).secretKey), bytes)
})

test('makes a secret key on the first start of a sandbox, for its owner only, and keeps it', () => {
  const folder = join(top, 'new/data')
  const first = readConfig({ TERCET_DATA: folder }).secretKey
  assert.equal(statSync(join(folder, 'secret.key')).mode & 0o777, 0o600)
  assert.deepEqual(readConfig({ TERCET_DATA: folder }).secretKey, first)
  assert.equal(readFileSync(join(folder, 'secret.key'), 'utf8'), `${Buffer.from(first).toString('hex')}\n`)
  writeFileSync(join(folder, 'secret.key'), 'damaged')
  refuses({ TERCET_DATA: folder }, 'TERCET_DATA', /damaged secret\.key/)
})

test('names the data folder when it cannot be written', () => {
  writeFileSync(join(top, 'file'), '')
  refuses({ TERCET_DATA: join(top, 'file/data') }, 'TERCET_DATA', /can write to/)
  refuses({ TERCET_DATA: '/proc/x/y' }, 'TERCET_DATA', /can write to/)
  refuses({ TERCET_DATA: 'a\0b' }, 'TERCET_DATA', /without NUL/)
})

test('reads a certificate and its key', () => {
  const config = readConfig({ ...sandbox, TLS_CERT: cert, TLS_KEY: key })
  assert.deepEqual(config.tls, { cert: readFileSync(cert, 'utf8'), key: readFileSync(key, 'utf8') })
})

test('refuses half a pair, unreadable files, files that are not PEM, and a pair that does not fit', () => {
  refuses({ ...sandbox, TLS_CERT: cert }, 'TLS_KEY', /must be set when TLS_CERT is/)
  refuses({ ...sandbox, TLS_KEY: key }, 'TLS_CERT', /must be set when TLS_KEY is/)
  refuses({ ...sandbox, TLS_CERT: join(top, 'none.pem'), TLS_KEY: key }, 'TLS_CERT', /readable PEM file/)
  mkdirSync(join(top, 'folder.pem'))
  refuses({ ...sandbox, TLS_CERT: cert, TLS_KEY: join(top, 'folder.pem') }, 'TLS_KEY', /readable PEM file/)
  refuses({ ...sandbox, TLS_CERT: key, TLS_KEY: key }, 'TLS_CERT', /holds no certificate/)
  const other = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ type: 'pkcs8', format: 'pem' })
  writeFileSync(join(top, 'other.pem'), other)
  refuses({ ...sandbox, TLS_CERT: cert, TLS_KEY: join(top, 'other.pem') }, 'TLS_CERT and TLS_KEY', /its own/)
})

test('goes live only with a secret key, a public address, and with TLS or a declared proxy', () => {
  assert.equal(readConfig(live).mode, 'live')
  assert.equal(readConfig({ ...live, TERCET_TLS_PROXY: '0', TLS_CERT: cert, TLS_KEY: key }).mode, 'live')
  refuses({ ...live, TERCET_TLS_PROXY: undefined }, 'TLS_CERT and TLS_KEY', /TERCET_TLS_PROXY=1/)
  refuses({ ...live, PUBLIC_URL: undefined }, 'PUBLIC_URL', /set in live mode/)
  refuses({ ...live, TERCET_SECRET_KEY: undefined }, 'TERCET_SECRET_KEY', /set in live mode/)
})
