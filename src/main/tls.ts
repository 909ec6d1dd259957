import { readFileSync } from 'node:fs'
import { createSecureContext } from 'node:tls'
import { ConfigError } from './config-error.ts'

/** PEM texts. */
export type Tls = { readonly cert: string; readonly key: string }

/** Reads TLS_CERT and TLS_KEY: both or none, readable PEM files that belong together. Throws ConfigError. */
export function readTls(certPath: string | undefined, keyPath: string | undefined): Tls | undefined {
  if (certPath === undefined && keyPath === undefined) return undefined
  if (certPath === undefined) throw new ConfigError('TLS_CERT must be set when TLS_KEY is: the path of a PEM file')
  if (keyPath === undefined) throw new ConfigError('TLS_KEY must be set when TLS_CERT is: the path of a PEM file')
  const cert = readPem('TLS_CERT', certPath, /-----BEGIN (TRUSTED |X509 )?CERTIFICATE-----/)
  const key = readPem('TLS_KEY', keyPath, /-----BEGIN ([A-Z]+ )?PRIVATE KEY-----/)
  try {
    createSecureContext({ cert, key })
  } catch (error) {
    throw new ConfigError('TLS_CERT and TLS_KEY must be a certificate and its own unencrypted private key', {
      cause: error,
    })
  }
  return { cert, key }
}

function readPem(name: string, path: string, marker: RegExp): string {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    throw new ConfigError(`${name} must be the path of a readable PEM file, not ${JSON.stringify(path)}`, {
      cause: error,
    })
  }
  if (marker.test(text)) return text
  throw new ConfigError(`${name} must be a PEM file, and ${JSON.stringify(path)} holds no ${wantedIn(name)}`)
}

function wantedIn(name: string): string {
  return name === 'TLS_CERT' ? 'certificate' : 'private key'
}
