import { type FileHandle, open, readFile, truncate } from 'node:fs/promises'

export type Journal = {
  /** Resolves when the line is on the disk. Lines that come meanwhile are written together. */
  append(line: string): Promise<void>
  /** Resolves when everything appended so far is on the disk. */
  settled(): Promise<void>
  close(): Promise<void>
}

export type OpenedJournal = { readonly journal: Journal; readonly lines: readonly string[] }

/**
 * An append-only file of lines. A last line without its end was being written when the process died: nobody was told of
 * it, so it is cut off. A failed write rejects `append` and every later one, since the file's end is then unknown.
 */
export async function openJournal(path: string): Promise<OpenedJournal> {
  const text = await readOrEmpty(path)
  const end = text.lastIndexOf('\n') + 1
  if (end < text.length) await truncate(path, Buffer.byteLength(text.slice(0, end)))
  const file = await open(path, 'a', 0o600)
  return { journal: createJournal(file), lines: text.slice(0, end).split('\n').slice(0, -1) }
}

async function readOrEmpty(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    // A book that does not exist yet is empty; any other failure is an outage.
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return ''
    throw error
  }
}

function createJournal(file: FileHandle): Journal {
  let waiting: string[] = []
  let writing: Promise<void> = Promise.resolve()
  let next: Promise<void> | undefined
  let closed: Promise<void> | undefined
  const writeWaiting = async () => {
    const lines = waiting
    waiting = []
    next = undefined
    await file.appendFile(lines.join(''))
    await file.datasync()
  }
  const settled = () => next ?? writing
  return {
    append(line) {
      waiting.push(`${line}\n`)
      if (next === undefined) {
        next = writing.then(writeWaiting)
        writing = next
      }
      return next
    },
    settled,
    close() {
      closed ??= settled().finally(() => file.close())
      return closed
    },
  }
}
