import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { type Config, type Environment, publicUrlOf, readValues } from '../main/config.ts'
import { readSecretKey } from '../main/secret-key.ts'
import { CliError } from './cli-error.ts'

export type Settings = Pick<Config, 'mode' | 'databaseUrl' | 'dataFolder' | 'cells' | 'previousSecretKeys'> & {
  /** For the commands that keep a secret: throws ConfigError when the key is missing. */
  readonly secretKey: () => Uint8Array
  /** The key when this environment has one; undefined when a command that seals nothing runs without. */
  readonly knownSecretKey: Uint8Array | undefined
}

/**
 * The environment as the server reads it, less what only a server needs: a command beside it runs without certificates, and
 * without the secret key unless it seals something.
 */
export function readSettings(env: Environment): Settings {
  const { mode, databaseUrl, dataFolder, cells, previousSecretKeys } = readForCommand(env)
  const text = env.TERCET_SECRET_KEY?.trim() || undefined
  const isKnown = text !== undefined || (mode === 'sandbox' && hasKeyFile(dataFolder))
  const secretKey = () => {
    if (text === undefined && mode === 'sandbox' && databaseUrl !== undefined) refuseStrangeFolder(dataFolder)
    return readSecretKey(text, mode, dataFolder)
  }
  const knownSecretKey = isKnown ? readSecretKey(text, mode, dataFolder) : undefined
  return { mode, databaseUrl, dataFolder, cells, previousSecretKeys, secretKey, knownSecretKey }
}

/** A key made here and now would seal what the server of that database could never open. */
function refuseStrangeFolder(dataFolder: string): void {
  if (hasKeyFile(dataFolder)) return
  throw new CliError(
    `there is no secret.key in ${dataFolder}: set TERCET_DATA or TERCET_SECRET_KEY to the same value as the server's`,
  )
}

function hasKeyFile(dataFolder: string): boolean {
  return existsSync(join(dataFolder, 'secret.key'))
}

/** Where the running server is: what the operator says, else its PUBLIC_URL, else this machine and PORT. No trailing slash. */
export function serverUrl(env: Environment, given: string | undefined): string {
  if (given !== undefined) return checkedUrl(given)
  const config = readForCommand(env)
  if (config.publicUrl === undefined && config.port === 0)
    throw new CliError('PORT is 0, which is any free port: say where the server is with --url')
  const url = publicUrlOf({ publicUrl: config.publicUrl, tls: undefined, host: config.host }, config.port)
  const isTls = config.publicUrl === undefined && Boolean(env.TLS_CERT?.trim())
  return isTls ? url.replace(/^http:/, 'https:') : url
}

function readForCommand(env: Environment): Config {
  const unused = '0'.repeat(64)
  return readValues({ ...env, TLS_CERT: '', TLS_KEY: '', TERCET_SECRET_KEY: unused })
}

function checkedUrl(text: string): string {
  const url = URL.parse(text)
  const isPlain = url && !url.search && !url.hash && !url.username && !url.password
  if (isPlain && /^https?:\/\//i.test(text)) return url.href.replace(/\/+$/, '')
  throw new CliError('--url must be the http or https URL of a Tercet server, without user, query or fragment')
}
