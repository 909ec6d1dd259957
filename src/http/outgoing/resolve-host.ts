import { promises as dns } from 'node:dns'
import { isIP } from 'node:net'
import { classifyHost } from './guard.ts'

/** Answers every address of a host name, in the order to try them. Throws when there is none; the guard judges them later. */
export type ResolveHost = (hostname: string) => Promise<readonly string[]>

/**
 * Builds the resolver of the program. It asks the name servers itself (c-ares) and does not use the operating system's
 * getaddrinfo: that one runs in a pool of a few threads, so two merchants with dead name servers would stop the
 * deliveries of all others. The consequence: names that only stand in /etc/hosts are not found, localhost excepted.
 * `servers` (`address:port`) replaces the name servers of the machine.
 */
export function createHostResolver(servers?: readonly string[]): ResolveHost {
  const resolver = new dns.Resolver({ timeout: 2000, tries: 2 })
  if (servers) resolver.setServers(servers)
  return async (hostname) => {
    if (isIP(hostname) !== 0) return [hostname]
    if (classifyHost(hostname) === 'loopback') return ['127.0.0.1', '::1']
    const [six, four] = await Promise.allSettled([resolver.resolve6(hostname), resolver.resolve4(hostname)])
    const addresses = [
      ...(four.status === 'fulfilled' ? four.value : []),
      ...(six.status === 'fulfilled' ? six.value : []),
    ]
    if (addresses.length > 0) return addresses
    // The IPv4 reason is the telling one: most names have no IPv6 address and that is not a fault.
    throw four.status === 'rejected' ? four.reason : new Error(`${hostname} has no address`)
  }
}
