import { isIP } from 'node:net'
import { ok, type Result, refuse } from '../../kernel/result.ts'
import type { UrlProblem, UrlRefusal } from '../../kernel/url-refusal.ts'
import { type AddressKind, classifyAddress } from './address.ts'

/** What merchant-given URLs may point at. `allowLoopback` is for sandbox mode only. */
export type UrlPolicy = {
  readonly allowLoopback: boolean
  /** Ports a public receiver may use; default 443 and 8443. Loopback receivers may use any port. */
  readonly ports?: readonly number[]
}

/** The normalised URL as text, or what is wrong with it in words. */
export function checkUrlInWords(text: unknown, policy: UrlPolicy): Result<string, UrlProblem> {
  const url = checkUrl(text, policy)
  return url.ok ? ok(url.value.href) : refuse({ reason: url.reason, sentence: explainUrlRefusal(url.reason) })
}

/** The sentence a merchant reads when the URL is refused. Says what to change, never what this network looks like inside. */
export function explainUrlRefusal(reason: UrlRefusal): string {
  return sentences[reason]
}

/**
 * Checks a merchant-given URL when it is entered: text in, normalised URL out (host in lower case and punycode, number
 * hosts as dotted quads, no trailing dot), or the reason it is refused.
 *
 * This check does not resolve the host name. Resolving here would prove nothing, since the answer may change before
 * the first delivery; the guarded client checks the resolved addresses at every connection. It is here so that a
 * merchant who types an internal address learns it at once.
 */
export function checkUrl(text: unknown, policy: UrlPolicy): Result<URL, UrlRefusal> {
  if (typeof text !== 'string') return refuse('not_a_url')
  if (text.length > MAX_URL_LENGTH) return refuse('too_long')
  if (!text.isWellFormed() || FORBIDDEN.test(text)) return refuse('forbidden_character')
  const url = URL.parse(text)
  if (url === null) return refuse('not_a_url')
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return refuse('scheme')
  // URL.parse repairs "https:host" and "https:///host"; the address of a receiver has no need of repair.
  const authority = AUTHORITY.exec(text)?.[1]
  if (authority === undefined) return refuse('not_a_url')
  if (authority.includes('@')) return refuse('credentials')
  // Percent-encoding and punycode can make the normalised form longer than what was typed.
  if (url.href.length > MAX_URL_LENGTH) return refuse('too_long')
  return checkTarget(url, policy)
}

/** What a host of a normalised URL points at, as far as its text alone tells. `host` may carry IPv6 brackets. */
export function classifyHost(host: string): AddressKind | 'name' | 'internal_name' | 'bad_name' {
  const bare = host.startsWith('[') ? host.slice(1, -1) : host
  if (isIP(bare) !== 0) return classifyAddress(bare)
  const labels = bare.split('.')
  const last = labels.at(-1) ?? ''
  // RFC 6761 6.3: every name under localhost is loopback, whatever a resolver may answer.
  if (last === 'localhost') return 'loopback'
  if (bare.length > 253 || labels.some((label) => label === '' || label.length > 63)) return 'bad_name'
  if (labels.length === 1 || INTERNAL_SUFFIX.test(bare)) return 'internal_name'
  return 'name'
}

const MAX_URL_LENGTH = 2048
const DEFAULT_PORTS: readonly number[] = [443, 8443]

function checkTarget(url: URL, policy: UrlPolicy): Result<URL, UrlRefusal> {
  if (url.hostname.endsWith('.')) url.hostname = url.hostname.slice(0, -1)
  const kind = classifyHost(url.hostname)
  const port = Number(url.port || (url.protocol === 'https:' ? 443 : 80))
  if (kind === 'bad_name' || kind === 'not_an_address') return refuse('host')
  if (kind === 'internal_name') return refuse('internal_name')
  if (kind === 'loopback' && policy.allowLoopback) return port === 0 ? refuse('port') : ok(url)
  if (kind === 'loopback') return refuse('loopback')
  if (kind !== 'name' && kind !== 'public') return refuse('address_not_public')
  if (url.protocol !== 'https:') return refuse('https_required')
  if (!(policy.ports ?? DEFAULT_PORTS).includes(port)) return refuse('port')
  return ok(url)
}

// URL.parse silently drops tabs and line breaks, trims controls and spaces at the ends and turns a backslash into a
// slash, so that what is stored would not be what another program reads in the same text.
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this looks for
const FORBIDDEN = /[\u0000-\u0020\u007f-\u00a0\\]/
const AUTHORITY = /^[a-z][a-z0-9+.-]*:\/\/([^/?#]+)/i
// Names that only mean something inside a network (RFC 6762, RFC 8375, ICANN's reserved "internal").
const INTERNAL_SUFFIX = /\.(?:local|localdomain|internal|intranet|lan|home\.arpa)$/

const sentences: Readonly<Record<UrlRefusal, string>> = {
  not_a_url: 'This is not a complete URL. It should look like https://shop.example/webhooks.',
  too_long: `The URL is longer than ${MAX_URL_LENGTH} characters.`,
  forbidden_character: 'The URL contains a space, a backslash or an invisible character.',
  scheme: 'The URL must start with https://.',
  https_required: 'The URL must start with https://, so that nobody on the way can read or change what is sent.',
  credentials: 'The URL must not contain a user name or password.',
  port: 'The port of the URL is not allowed.',
  host: 'The host name of the URL is not valid.',
  internal_name: 'The host name only has a meaning inside a private network. Use a public host name.',
  loopback: 'The URL points back at this server itself. Use a public host name.',
  address_not_public: 'The URL leads to an address that is not reachable on the public internet.',
}
