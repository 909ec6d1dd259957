import { isIPv4, isIPv6 } from 'node:net'

/** Whether the text is an IP address or a network in CIDR form whose host bits may be set: `192.0.2.0/24`, `2001:db8::/32`. */
export function isNetwork(text: string): boolean {
  const [address = '', bits, ...rest] = text.split('/')
  if (rest.length > 0 || address.includes('%')) return false
  const width = isIPv4(address) ? 32 : isIPv6(address) ? 128 : undefined
  if (width === undefined) return false
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= width)
}
