import { BlockList, isIPv4, isIPv6 } from 'node:net'
import type { FastifyRequest } from 'fastify'

/**
 * Who calls: the socket's other end, or, behind a declared TLS proxy (TERCET_TLS_PROXY=1), the last entry of
 * X-Forwarded-For, which is the one that proxy wrote. Entries before it are the caller's own claims. More than one
 * proxy in a row is not covered: then the nearest one must rewrite the header.
 */
export function clientAddress(request: FastifyRequest, isBehindProxy: boolean): string {
  const socket = request.socket.remoteAddress ?? ''
  const forwarded = isBehindProxy
    ? String(request.headers['x-forwarded-for'] ?? '')
        .split(',')
        .at(-1)
        ?.trim()
    : undefined
  const address = forwarded && (isIPv4(forwarded) || isIPv6(forwarded)) ? forwarded : socket
  return withoutMapping(address)
}

/** `::ffff:192.0.2.1`, as a socket for both families calls an IPv4 peer, is `192.0.2.1`. */
function withoutMapping(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1]
  return mapped ?? address
}

/** What limits count by: the address, of IPv6 the /64 network, since a household or a rented server owns a whole one. */
export function countedAs(address: string): string {
  if (!isIPv6(address)) return address
  const [head = '', tail] = (address.split('%', 1)[0] ?? '').toLowerCase().split('::')
  const groups = head === '' ? [] : head.split(':')
  const missing = tail === undefined ? 0 : 8 - groups.length - tail.split(':').filter((group) => group !== '').length
  const all = [...groups, ...Array<string>(Math.max(missing, 0)).fill('0'), ...(tail ?? '').split(':')]
  return all
    .slice(0, 4)
    .map((group) => Number.parseInt(group || '0', 16).toString(16))
    .join(':')
}

/** Whether one of the networks (`192.0.2.0/24`, `2001:db8::/32`, one address) holds the address. Of none: anyone may call. */
export function isAllowed(networks: readonly string[], address: string): boolean {
  if (networks.length === 0) return true
  const list = new BlockList()
  for (const network of networks) {
    const [base = '', bits] = network.split('/')
    const family = isIPv4(base) ? 'ipv4' : 'ipv6'
    list.addSubnet(base, bits === undefined ? (family === 'ipv4' ? 32 : 128) : Number(bits), family)
  }
  return isIPv4(address) ? list.check(address, 'ipv4') : isIPv6(address) && list.check(address, 'ipv6')
}
