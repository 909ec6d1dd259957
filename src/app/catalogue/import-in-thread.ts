import { Worker } from 'node:worker_threads'
import type pg from 'pg'
import type { ImportCounts } from '../../db/catalogue/catalogue-save.ts'
import { Unavailable } from '../../engine/command.ts'
import type { Result } from '../../kernel/result.ts'
import { createMutex } from '../shared/mutex.ts'
import { asOutage } from '../shared/outage.ts'
import type { Sealer } from '../shared/seal.ts'
import { type FileRefusal, type ImportFile, importFile, type SentFile } from './import-file.ts'

type ThreadParts = {
  readonly databaseUrl: string
  readonly secretKey: Uint8Array
  readonly previousSecretKeys?: readonly Uint8Array[]
}

type Parts = ThreadParts & { readonly pool: pg.Pool; readonly sealer: Sealer }

export type ThreadTask = SentFile & ThreadParts

export type ThreadAnswer =
  | { readonly kind: 'done'; readonly result: Result<ImportCounts, FileRefusal> }
  | { readonly kind: 'unavailable'; readonly message: string }

export type ThreadedImport = {
  readonly importFile: ImportFile
  /** Ends the import that goes on: its transaction is rolled back, unless it was committing. */
  readonly close: () => Promise<void>
}

/** Beyond this an import is given up. The largest file takes a few seconds. */
const deadlineMs = 120_000

/** A file of up to some two hundred products is read in a few milliseconds, while a thread takes hundreds to start. */
const smallFile = 32_768

/** The largest file takes a third of it. A file that takes more ends its thread, not the server. */
const memory = { maxOldGenerationSizeMb: 768, maxYoungGenerationSizeMb: 64 }

/**
 * Imports catalogue files, each but a small one in a thread of its own with a connection of its own: reading 16 MB of JSON takes a second or more and cannot be
 * cut into slices, while everybody's payments go through the server's only other thread. One file at a time: a second thread
 * would take the processor from the payments.
 */
export function createThreadedImport({ pool, sealer, ...parts }: Parts): ThreadedImport {
  const exclusively = createMutex<'file'>()
  const running = new Set<Worker>()
  let isClosed = false
  const run = async ({ bytes, ...of }: SentFile) => {
    if (isClosed) throw givenUp
    const own = ownBytes(bytes)
    const worker = new Worker(new URL('./import-thread.ts', import.meta.url), {
      workerData: { ...of, ...parts, bytes: own } satisfies ThreadTask,
      transferList: [own.buffer],
      resourceLimits: memory,
      name: 'import',
    })
    running.add(worker)
    const timer = setTimeout(() => void worker.terminate(), deadlineMs)
    try {
      return await answerOf(worker)
    } finally {
      clearTimeout(timer)
      running.delete(worker)
    }
  }
  return {
    importFile: (file) =>
      file.bytes.length <= smallFile ? importHere(pool, sealer, file) : exclusively('file', () => run(file)),
    close: async () => {
      isClosed = true
      await Promise.all([...running].map((worker) => worker.terminate()))
    },
  }
}

async function importHere(pool: pg.Pool, { seal }: Sealer, file: SentFile): ReturnType<ImportFile> {
  try {
    return await importFile(pool, file, seal)
  } catch (error) {
    throw asOutage(error)
  }
}

/** A buffer may be a window on memory that other requests share, which cannot be given away. */
function ownBytes(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const { buffer } = bytes
  if (buffer instanceof ArrayBuffer && buffer.byteLength === bytes.byteLength) return new Uint8Array(buffer)
  return Uint8Array.from(bytes)
}

/** Settled when the thread has ended, so that the next one has the processor and the memory. */
async function answerOf(worker: Worker): Promise<Result<ImportCounts, FileRefusal>> {
  const ended = Promise.withResolvers<void>()
  let answer: ThreadAnswer | undefined
  let failure: unknown
  worker.on('message', (message: ThreadAnswer) => {
    answer = message
  })
  worker.on('error', (error) => {
    failure = error
  })
  worker.on('exit', () => ended.resolve())
  await ended.promise
  if (answer?.kind === 'done') return answer.result
  if (isOutOfMemory(failure)) return tooLarge
  if (failure !== undefined) throw failure
  throw answer ? new Unavailable(answer.message, { retryAfterSeconds: 1 }) : givenUp
}

const givenUp = new Unavailable('the import was given up', { retryAfterSeconds: 1 })

function isOutOfMemory(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY'
}

const tooLarge: Result<never, FileRefusal> = {
  ok: false,
  reason: { kind: 'unreadable', reason: 'takes more memory than a catalogue may' },
}
