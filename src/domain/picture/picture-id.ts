import { createHash } from 'node:crypto'

/** Names a picture by its content, or by the address that it is fetched from: the same one has one name, so that browsers keep it until there is another. */
export function pictureIdOf(source: Uint8Array | string): string {
  return createHash('sha256').update(source).digest('hex').slice(0, 32)
}
