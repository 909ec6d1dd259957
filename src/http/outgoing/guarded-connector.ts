import type { LookupFunction } from 'node:net'
import { isIP } from 'node:net'
import type { buildConnector } from 'undici'
import { classifyAddress } from './address.ts'
import type { UrlPolicy } from './guard.ts'
import type { ResolveHost } from './resolve-host.ts'

/** A connection that did not come about, and at which step. `refused` is the guard's own doing. */
export class ConnectionError extends Error {
  readonly step: 'refused' | 'dns' | 'connect' | 'tls' | 'timeout'

  constructor(step: ConnectionError['step'], message: string, cause?: unknown) {
    super(message, { cause })
    this.name = 'ConnectionError'
    this.step = step
  }
}

/**
 * Guards every new connection: `lookup` resolves the name, refuses it when any of its addresses is not allowed, and hands
 * exactly the judged addresses to the socket, so no second question to a name server lies between check and connect
 * (DNS rebinding). Node skips `lookup` for number hosts, so those are judged before. What the socket ended up connected
 * to is judged once more before a byte of HTTP is written. URL, Host header and TLS server name keep the name.
 */
export function guardConnector(connector: buildConnector.connector, policy: UrlPolicy): buildConnector.connector {
  return (options, callback) => {
    if (isIP(options.hostname) !== 0 && !isAllowedAddress(options.hostname, policy)) {
      // Later, as a real connection would fail: undici is still inside its own connect call here.
      queueMicrotask(() => callback(refusal(), null))
      return
    }
    connector(options, (...[error, socket]) => {
      if (error) return callback(stepOf(error, options.protocol), null)
      const peer = socket.remoteAddress
      if (peer !== undefined && isAllowedAddress(peer, policy)) return callback(null, socket)
      socket.destroy()
      // Without a peer the receiver is gone already, which is not a fault of its address.
      callback(peer === undefined ? new ConnectionError('connect', 'closed at once') : refusal(), null)
    })
  }
}

/** The `lookup` of a guarded socket: all addresses of the name, judged. One private address refuses the whole answer. */
export function guardLookup(resolve: ResolveHost, policy: UrlPolicy): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname).then(
      (addresses) => {
        const list = addresses.map((address) => ({ address, family: isIP(address) }))
        const first = list[0]
        if (first === undefined) return callback(new ConnectionError('dns', `${hostname} has no address`), '')
        if (!addresses.every((address) => isAllowedAddress(address, policy))) return callback(refusal(), '')
        return options.all ? callback(null, list) : callback(null, first.address, first.family)
      },
      (cause: unknown) => callback(new ConnectionError('dns', describeCause(cause), cause), ''),
    )
  }
}

/** True for public addresses, and for loopback ones when the policy (sandbox mode) allows them. */
function isAllowedAddress(address: string, policy: UrlPolicy): boolean {
  const kind = classifyAddress(address)
  return kind === 'public' || (kind === 'loopback' && policy.allowLoopback)
}

// The address is left out: it would tell a merchant how names resolve inside the operator's network.
function refusal(): ConnectionError {
  return new ConnectionError('refused', 'the host name leads to an address that is not public')
}

function stepOf(error: Error & { code?: string }, protocol: string): ConnectionError {
  if (error instanceof ConnectionError) return error
  const code = error.code ?? ''
  if (code === 'UND_ERR_CONNECT_TIMEOUT' || code === 'ETIMEDOUT')
    return new ConnectionError('timeout', error.message, error)
  const isTls = protocol === 'https:' && !TCP_CODES.has(code)
  return new ConnectionError(isTls ? 'tls' : 'connect', describeCause(error), error)
}

// Before the handshake only TCP can fail, and with these. A reset is left out: after TCP is connected it is the handshake
// that was broken off, and a reset instead of a connection is reported as refused.
const TCP_CODES = new Set([
  'ECONNREFUSED',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EHOSTDOWN',
  'ENETDOWN',
  'EADDRNOTAVAIL',
  'EACCES',
])

function describeCause(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause)
  // An AggregateError (all addresses failed) has no message of its own.
  return cause.message || ('code' in cause ? String(cause.code) : cause.name)
}
