import type { Sealer } from '../../shared/seal.ts'

const mark = 'sealed:'

/** An RPC address as it is stored: sealed, since most hold a key. */
export function sealEndpoint(sealer: Pick<Sealer, 'seal'>, url: string): string {
  return mark + sealer.seal(url).toString('base64url')
}

/** The address to ask. Those of the sandbox's own chains are stored as they are. Throws when it was sealed with another key. */
export function openEndpoint(sealer: Pick<Sealer, 'open'>, stored: string): string {
  return stored.startsWith(mark) ? sealer.open(Buffer.from(stored.slice(mark.length), 'base64url')) : stored
}
