import { BlockList, isIP } from 'node:net'

export type AddressKind = 'public' | NonPublicKind
export type NonPublicKind = (typeof ranges)[number]['kind'] | 'not_an_address'

/**
 * Says what an IP address literal is for. Everything that is not certainly a public unicast address gets the name of
 * its special range, so a caller asks for `'public'` and needs no list of its own. The ranges are those of the IANA
 * special-purpose registries (RFC 6890 and its updates).
 *
 * IPv6 forms that carry an IPv4 address inside (mapped, compatible, 6to4, NAT64, Teredo) are refused whole, also when
 * the address inside is public: no receiver needs them, and a translator on the way would decide where they lead. Not
 * covered: a NAT64 prefix that an operator took from its own public space, which nobody outside can recognise.
 */
export function classifyAddress(text: string): AddressKind {
  const version = isIP(text)
  // isIP accepts a zone ("fe80::1%eth0"); a zone names an interface of this machine, so it is never a public address.
  if (version === 0 || text.includes('%')) return 'not_an_address'
  const family = version === 4 ? 'ipv4' : 'ipv6'
  const found = lists.find((list) => list.family === family && list.block.check(text, family))
  if (found) return found.kind
  if (family === 'ipv6' && !globalUnicast.check(text, 'ipv6')) return 'reserved'
  return 'public'
}

// The first match counts: a narrow range stands before the wide one that holds it.
const ranges = [
  { kind: 'unspecified', subnets: ['0.0.0.0/8', '::/128'] },
  { kind: 'loopback', subnets: ['127.0.0.0/8', '::1/128'] },
  // 169.254.169.254 is the metadata service of most clouds; then AWS over IPv6, Azure's wire server (a public number
  // that only answers inside Azure), Alibaba and Oracle.
  {
    kind: 'metadata',
    subnets: ['169.254.169.254/32', 'fd00:ec2::254/128', '168.63.129.16/32', '100.100.100.200/32', '192.0.0.192/32'],
  },
  { kind: 'private', subnets: ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'] },
  { kind: 'carrier_nat', subnets: ['100.64.0.0/10'] },
  { kind: 'link_local', subnets: ['169.254.0.0/16', 'fe80::/10'] },
  { kind: 'unique_local', subnets: ['fc00::/7'] },
  { kind: 'site_local', subnets: ['fec0::/10'] },
  {
    kind: 'documentation',
    subnets: ['192.0.2.0/24', '198.51.100.0/24', '203.0.113.0/24', '233.252.0.0/24', '2001:db8::/32', '3fff::/20'],
  },
  { kind: 'benchmarking', subnets: ['198.18.0.0/15', '2001:2::/48'] },
  { kind: 'broadcast', subnets: ['255.255.255.255/32'] },
  { kind: 'multicast', subnets: ['224.0.0.0/4', 'ff00::/8'] },
  { kind: 'ipv4_mapped', subnets: ['::ffff:0:0/96', '::ffff:0:0:0/96'] },
  { kind: 'ipv4_compatible', subnets: ['::/96'] },
  { kind: '6to4', subnets: ['2002::/16', '192.88.99.0/24'] },
  { kind: 'nat64', subnets: ['64:ff9b::/96', '64:ff9b:1::/48'] },
  { kind: 'teredo', subnets: ['2001::/32'] },
  { kind: 'reserved', subnets: ['192.0.0.0/24', '240.0.0.0/4', '2001::/23', '3ffe::/16'] },
] as const

// The families are kept in separate lists: BlockList compares across them, so the mapped range ::ffff:0:0/96 in a
// shared list would match every IPv4 address there is.
const lists = ranges.flatMap(({ kind, subnets }) =>
  (['ipv4', 'ipv6'] as const).map((family) => ({ kind, family, block: blockOf(subnets, family) })),
)

/** The only part of IPv6 from which public addresses are given out (RFC 4291 2.4); the rest is reserved. */
const globalUnicast = blockOf(['2000::/3'], 'ipv6')

function blockOf(subnets: readonly string[], family: 'ipv4' | 'ipv6'): BlockList {
  const block = new BlockList()
  for (const subnet of subnets) {
    const [network = '', bits] = subnet.split('/')
    if (network.includes(':') === (family === 'ipv6')) block.addSubnet(network, Number(bits), family)
  }
  return block
}
