import { parentPort, workerData } from 'node:worker_threads'
import { connectPool } from '../../db/wire/connection.ts'
import { Unavailable } from '../../engine/command.ts'
import { asOutage } from '../shared/outage.ts'
import { createSealer } from '../shared/seal.ts'
import { importFile } from './import-file.ts'
import type { ThreadAnswer, ThreadTask } from './import-in-thread.ts'

/** The thread that import-in-thread.ts starts for one file: its only task is in its data, its only message the answer. */
const { databaseUrl, secretKey, previousSecretKeys, ...file } = workerData as ThreadTask
const pool = connectPool(databaseUrl, { max: 1, statementTimeoutMs: 60_000, applicationName: 'tercet-import' })

async function answer(): Promise<ThreadAnswer> {
  try {
    const sealer = createSealer(secretKey, previousSecretKeys)
    return { kind: 'done', result: await importFile(pool, file, sealer.seal) }
  } catch (error) {
    const known = asOutage(error)
    if (known instanceof Unavailable) return { kind: 'unavailable', message: known.message }
    throw error
  }
}

parentPort?.postMessage(await answer())
await pool.end()
