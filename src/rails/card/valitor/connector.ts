import { currencyOf } from '../../../kernel/currency.ts'
import { ok, type Result, refuse } from '../../../kernel/result.ts'
import { Secret } from '../../../kernel/secret.ts'
import type { Connector, CredentialRefusal } from '../connector.ts'
import type { ValitorCredentials } from './credentials.ts'
import { createValitor, valitorName } from './valitor.ts'

export const valitorConnector: Connector = {
  name: valitorName,
  abilities: new Set(['authorize', 'capture']),
  fields: [
    { name: 'endpoint', label: 'Address of the payment gateway', kind: 'url' },
    { name: 'username', label: 'User name', kind: 'text' },
    { name: 'password', label: 'Password', kind: 'secret' },
    { name: 'posId', label: 'Terminal (POS) id', kind: 'digits' },
    { name: 'currency', label: 'Currency of the terminal', kind: 'currency' },
  ],
  check: readCredentials,
  create(values, { http }) {
    const credentials = readCredentials(values)
    return credentials.ok ? ok(createValitor(credentials.value, http)) : credentials
  },
}

/** The password is read as typed: spaces may belong to it. */
function readCredentials(values: Readonly<Record<string, string>>): Result<ValitorCredentials, CredentialRefusal> {
  const read = (field: string) => (Object.hasOwn(values, field) ? values[field] : undefined) ?? ''
  const endpoint = read('endpoint')
  const username = read('username')
  const password = read('password')
  const posId = read('posId')
  const currency = currencyOf(read('currency'))
  if (!isEndpoint(endpoint)) return no('endpoint', 'must be an https address, or http on this machine')
  if (!isPlainText(username)) return no('username', 'must be 1 to 100 printable characters')
  if (!isPlainText(password)) return no('password', 'must be 1 to 100 printable characters')
  if (!/^\d{1,9}$/.test(posId)) return no('posId', 'must be 1 to 9 digits')
  if (currency === undefined) return no('currency', 'must be an ISO 4217 code that Tercet knows')
  return ok({ endpoint, username, password: new Secret(password), posId, currency })
}

function no(field: string, message: string): { readonly ok: false; readonly reason: CredentialRefusal } {
  return refuse({ field, message })
}

/** Card numbers cross this connection, so anything but the own machine is spoken to through TLS. */
function isEndpoint(text: string): boolean {
  const url = URL.parse(text)
  if (url === null || url.username !== '' || url.password !== '') return false
  if (url.protocol === 'https:') return true
  return url.protocol === 'http:' && ['127.0.0.1', '[::1]', 'localhost'].includes(url.hostname)
}

function isPlainText(text: string): boolean {
  return text.length <= 100 && text.isWellFormed() && /^[^\p{Cc}\ufffe\uffff]+$/u.test(text)
}
