import type { App } from '../../app/app.ts'
import { warnOfMissingAcquirers, warnOfUnpayable } from '../start/warn-unpayable.ts'
import type { Parts, Wired } from './parts.ts'
import { wireApp } from './wire-app.ts'
import { wireCore } from './wire-core.ts'
import { wireServer } from './wire-server.ts'

/** Builds the program out of its parts. Jobs run from here on; requests are taken once the server listens. */
export async function wire(parts: Parts): Promise<Wired> {
  const core = await wireCore(parts)
  const { app, ...uses } = wireApp(parts, core)
  if (core.isOwner && parts.config.mode === 'live') await warn(parts, app)
  const { server, isReady, ...log } = await wireServer(parts, core, app)
  return {
    server,
    engine: core.engine,
    clock: core.clock,
    startChains: core.chains.start,
    isReady,
    close: async () => {
      // What requests wait for ends first: an import, a clock that is being moved.
      core.jobs.stopMoves()
      await uses.stopImports()
      await server.close()
      await uses.close()
      await log.close()
      await core.close()
    },
  }
}

/** Jobs run already: a database that goes away now must not leave them behind. */
async function warn({ pool, logger }: Parts, { hasAcquirer }: App): Promise<void> {
  for (const look of [() => warnOfMissingAcquirers(hasAcquirer, logger), () => warnOfUnpayable(pool, logger)])
    await look().catch((error: unknown) => logger.warn({ err: error }, 'what nobody could pay could not be looked for'))
}
