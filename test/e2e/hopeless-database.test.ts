import assert from 'node:assert/strict'
import { rename } from 'node:fs/promises'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { createLogger } from '../../src/http/logger.ts'
import { readConfig } from '../../src/main/config.ts'
import { start } from '../../src/main/start.ts'
import { makeTestFolder } from '../support/folder.ts'
import { longPatience } from '../support/patience.ts'

const { folder, remove } = await makeTestFolder()
after(remove)

test(
  'tells a supervisor when the database does not start for too long, and goes on when it does after all',
  { timeout: 180_000 },
  async () => {
    const config = readConfig({ TERCET_DATA: join(folder, 'data'), PORT: '0', ...longPatience })
    const logger = createLogger({ destination: { write: () => undefined } })
    const running = await start(config, logger, { hopelessAfterMs: 500 })
    const { publicUrl, embedded } = running
    assert(embedded)
    const until = async (path: string, status: number) => {
      while ((await fetch(`${publicUrl}${path}`)).status !== status) await pause(20)
    }
    try {
      await until('/healthz', 200)
      const version = join(embedded.files, 'PG_VERSION')
      await rename(version, `${version}.away`)
      process.kill(embedded.pid(), 'SIGKILL')
      await until('/healthz', 503)
      await until('/readyz', 503)
      await rename(`${version}.away`, version)
      await until('/healthz', 200)
      await until('/readyz', 200)
    } finally {
      await running.stop()
    }
  },
)
