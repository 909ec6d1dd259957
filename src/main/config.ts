import { isAbsolute, resolve } from 'node:path'
import { isCellName } from '../app/cell/cell-name.ts'
import { usualPatienceMs } from '../kernel/patience.ts'
import { ConfigError } from './config-error.ts'
import { readPreviousKeys, readSecretKey } from './secret-key.ts'
import { readTls, type Tls } from './tls.ts'

export { ConfigError } from './config-error.ts'

export type Mode = 'sandbox' | 'live'

/** Everything the environment decides, checked once at the start. Holds secrets: never print it whole. */
export type Config = {
  readonly mode: Mode
  /** 0 asks the system for any free port. */
  readonly port: number
  readonly host: string
  /** Without a trailing slash. Absent when not given: the default depends on the port that was bound, see `publicUrlOf`. */
  readonly publicUrl: string | undefined
  /** Absent: the embedded PostgreSQL below `dataFolder`. */
  readonly databaseUrl: string | undefined
  /** Absolute path. */
  readonly dataFolder: string
  readonly tls: Tls | undefined
  /** A proxy in front ends TLS, says the operator. */
  readonly isBehindTlsProxy: boolean
  /** whether `/docs` and `/metrics` are answered; a live server may close both */
  readonly hasDocs: boolean
  /** people without a shop may make payment requests at /request */
  readonly hasRequests: boolean
  readonly hasMetrics: boolean
  readonly smtpUrl: string | undefined
  /** whom e-mails come from: `Shop <no-reply@shop.example>`; default `no-reply@` and the host of the public URL */
  readonly mailFrom: string | undefined
  /** where text messages are posted to; none are sent without */
  readonly smsUrl: string | undefined
  readonly smsToken: string | undefined
  /** 32 bytes: encrypts the secrets that must be readable again (acquirer credentials, webhook secrets). */
  readonly secretKey: Uint8Array
  /** the keys that it followed, oldest first: they open what they sealed */
  readonly previousSecretKeys: readonly Uint8Array[]
  /** the oldest of them all: what is hashed under a key must be found again, whatever key followed */
  readonly firstSecretKey: Uint8Array
  readonly logLevel: LogLevel
  /** the cells that this server works for; undefined: all */
  readonly cells: readonly string[] | undefined
  /** server processes behind the one port */
  readonly workers: number
  /** milliseconds that a request waits for the database before it is answered 503 */
  readonly patienceMs: number
  /** the program that runs the sandbox's chains; undefined: the package's own */
  readonly anvilProgram: string | undefined
}

export type LogLevel = (typeof logLevels)[number]
const logLevels = ['trace', 'debug', 'info', 'warn', 'error'] as const

export type Environment = Readonly<Record<string, string | undefined>>

/**
 * The environment of a server: its values, and what live mode asks of them. Throws ConfigError.
 */
export function readConfig(env: Environment): Config {
  const config = readValues(env)
  if (config.mode === 'live') refuseUnfitForLive(config)
  return config
}

/** In live mode somebody else's money depends on it: nothing is left to a default that only fits one's own machine. */
function refuseUnfitForLive({ tls, isBehindTlsProxy, publicUrl }: Config): void {
  if (!tls && !isBehindTlsProxy)
    throw new ConfigError(
      'TLS_CERT and TLS_KEY must be set in live mode, or TERCET_TLS_PROXY=1 when a proxy in front ends TLS',
    )
  if (publicUrl === undefined)
    throw new ConfigError(
      'PUBLIC_URL must be set in live mode: the https URL that shoppers and shops reach this server at',
    )
}

/**
 * Reads and checks each value of the environment by itself. An empty value counts as absent, as container files tend to write it.
 * Throws ConfigError. Values that may hold a password are never repeated in a message. In sandbox mode it makes the data
 * folder and its `secret.key` when no TERCET_SECRET_KEY is given.
 */
export function readValues(env: Environment): Config {
  const mode = readMode(env)
  const logLevel = readLogLevel(env)
  const dataFolder = readDataFolder(env)
  const secretKey = readSecretKey(valueIn(env, 'TERCET_SECRET_KEY'), mode, dataFolder)
  const previousSecretKeys = readPreviousKeys(valueIn(env, 'TERCET_PREVIOUS_SECRET_KEYS'))
  return {
    mode,
    port: readWholeNumber(env, 'PORT', { least: 0, most: 65_535, byDefault: 8080, note: ' (any free port)' }),
    host: readHost(env),
    publicUrl: readPublicUrl(env, mode),
    databaseUrl: readUrl(env, 'DATABASE_URL', ['postgres:', 'postgresql:']),
    dataFolder,
    tls: readTls(valueIn(env, 'TLS_CERT'), valueIn(env, 'TLS_KEY')),
    isBehindTlsProxy: readFlag(env, 'TERCET_TLS_PROXY', '0'),
    hasDocs: readFlag(env, 'TERCET_DOCS', '1'),
    hasMetrics: readFlag(env, 'TERCET_METRICS', '1'),
    hasRequests: readFlag(env, 'TERCET_REQUESTS', mode === 'sandbox' ? '1' : '0'),
    smtpUrl: readUrl(env, 'SMTP_URL', ['smtp:', 'smtps:']),
    mailFrom: readMailFrom(env),
    smsUrl: readUrl(env, 'SMS_URL', ['http:', 'https:']),
    smsToken: readSmsToken(env),
    secretKey,
    previousSecretKeys,
    firstSecretKey: previousSecretKeys[0] ?? secretKey,
    logLevel,
    cells: readCells(env),
    workers: readWholeNumber(env, 'TERCET_WORKERS', { least: 1, most: 64, byDefault: 1 }),
    patienceMs: readWholeNumber(env, 'TERCET_PATIENCE_MS', { least: 1_000, most: 60_000, byDefault: usualPatienceMs }),
    anvilProgram: readAnvilProgram(env),
  }
}

/** The URL that shoppers and shops reach this server at, without a trailing slash; `port` is the one that was bound. */
export function publicUrlOf(config: Pick<Config, 'publicUrl' | 'tls' | 'host'>, port: number): string {
  return config.publicUrl ?? `${config.tls ? 'https' : 'http'}://${ownName(config.host)}:${port}`
}

/** A name under which what listens on `host` can be reached from this machine. */
function ownName(host: string): string {
  if (['127.0.0.1', '0.0.0.0', '::', 'localhost'].includes(host)) return 'localhost'
  return host.includes(':') ? `[${host.replace(/%.*$/, '')}]` : host
}

function valueIn(env: Environment, name: string): string | undefined {
  const value = env[name]?.trim()
  return value === '' ? undefined : value
}

/** Quoted, so that line breaks and control characters cannot break the one line, and cut to a readable length. */
function quoted(value: string): string {
  return JSON.stringify(value.length > 60 ? `${value.slice(0, 60)}...` : value)
}

function readMode(env: Environment): Mode {
  const value = valueIn(env, 'TERCET_MODE') ?? 'sandbox'
  if (value === 'sandbox' || value === 'live') return value
  throw new ConfigError(`TERCET_MODE must be sandbox or live, not ${quoted(value)}`)
}

function readLogLevel(env: Environment): LogLevel {
  const value = valueIn(env, 'TERCET_LOG') ?? 'warn'
  const level = logLevels.find((known) => known === value)
  if (level !== undefined) return level
  throw new ConfigError(`TERCET_LOG must be trace, debug, info, warn or error, not ${quoted(value)}`)
}

function readFlag(env: Environment, name: string, byDefault: '0' | '1'): boolean {
  const value = valueIn(env, name) ?? byDefault
  if (value === '0' || value === '1') return value === '1'
  throw new ConfigError(`${name} must be 1 or 0, not ${quoted(value)}`)
}

type Range = { readonly least: number; readonly most: number; readonly byDefault: number; readonly note?: string }

function readWholeNumber(env: Environment, name: string, { least, most, byDefault, note = '' }: Range): number {
  const value = valueIn(env, name) ?? String(byDefault)
  if (/^\d{1,5}$/.test(value) && Number(value) >= least && Number(value) <= most) return Number(value)
  throw new ConfigError(`${name} must be a whole number from ${least}${note} to ${most}, not ${quoted(value)}`)
}

/** Whether it runs is found out by running it: where it does not, chains in memory stand in. */
function readAnvilProgram(env: Environment): string | undefined {
  const value = valueIn(env, 'TERCET_ANVIL')
  if (value === undefined || (isAbsolute(value) && !value.includes('\0'))) return value
  throw new ConfigError(`TERCET_ANVIL must be the absolute path of a program, not ${quoted(value)}`)
}

function readCells(env: Environment): readonly string[] | undefined {
  const value = valueIn(env, 'TERCET_CELLS')
  if (value === undefined) return undefined
  const names = value.split(',').map((name) => name.trim())
  if (names.every(isCellName) && new Set(names).size === names.length) return names
  throw new ConfigError(`TERCET_CELLS must be names of cells with commas between, each once, not ${quoted(value)}`)
}

function readHost(env: Environment): string {
  const value = valueIn(env, 'HOST') ?? '127.0.0.1'
  if (/^[A-Za-z0-9_.:%-]{1,255}$/.test(value)) return value
  throw new ConfigError(`HOST must be an IP address or a host name without port or brackets, not ${quoted(value)}`)
}

function readDataFolder(env: Environment): string {
  const value = valueIn(env, 'TERCET_DATA') ?? './.tercet'
  if (value.includes('\0')) throw new ConfigError('TERCET_DATA must be a folder path without NUL characters')
  return isAbsolute(value) ? value : resolve(value)
}

function readPublicUrl(env: Environment, mode: Mode): string | undefined {
  const value = valueIn(env, 'PUBLIC_URL')
  if (value === undefined) return undefined
  const url = URL.parse(value)
  const allowed = mode === 'live' ? ['https:'] : ['http:', 'https:']
  const isPlain = url && allowed.includes(url.protocol) && !url.search && !url.hash && !url.username && !url.password
  if (isPlain && /^https?:\/\//i.test(value)) return url.href.replace(/\/+$/, '')
  const schemes = mode === 'live' ? 'https URL (live mode)' : 'http or https URL'
  throw new ConfigError(`PUBLIC_URL must be an absolute ${schemes} without user, query or fragment`)
}

function readMailFrom(env: Environment): string | undefined {
  const value = valueIn(env, 'MAIL_FROM')
  if (value === undefined || /^(?:[^<>@\p{Cc}]{1,100} <[^\s<>@]+@[^\s<>@]+>|[^\s<>@]+@[^\s<>@]+)$/u.test(value))
    return value
  throw new ConfigError(`MAIL_FROM must be an e-mail address, or a name with one in <>, not ${quoted(value)}`)
}

/** It goes into a header. The value is a secret and never repeated. */
function readSmsToken(env: Environment): string | undefined {
  const value = valueIn(env, 'SMS_TOKEN')
  if (value === undefined || /^[\x21-\x7e]{1,512}$/.test(value)) return value
  throw new ConfigError('SMS_TOKEN must be 1 to 512 letters, digits and signs without blanks')
}

/** Checks the form only; whether somebody answers there is found out by connecting. The value may hold a password. */
function readUrl(env: Environment, name: string, schemes: readonly string[]): string | undefined {
  const value = valueIn(env, name)
  if (value === undefined) return undefined
  const url = URL.parse(value)
  if (url && schemes.includes(url.protocol) && /^\w+:\/\//.test(value)) return value
  throw new ConfigError(`${name} must be a URL that starts with ${schemes.map((scheme) => `${scheme}//`).join(' or ')}`)
}
