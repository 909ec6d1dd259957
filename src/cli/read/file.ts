import { open } from 'node:fs/promises'

/** At most the first bytes of a file; undefined when there is none that can be read. */
export async function readFileStart(path: string, mostBytes: number): Promise<Uint8Array | undefined> {
  try {
    await using file = await open(path)
    const { bytesRead, buffer } = await file.read(new Uint8Array(mostBytes), 0, mostBytes, 0)
    return buffer.subarray(0, bytesRead)
  } catch {
    // A refusal: the operator named a file that is not there, is a folder, or may not be read.
    return undefined
  }
}
