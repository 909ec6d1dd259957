import { createAcquirerDirectory } from '../../app/attempt/acquirer-directory.ts'
import { createPlans, type Plans } from '../../app/instalments/plans.ts'
import { tellShoppers } from '../../app/instalments/tell-shoppers.ts'
import { frequencyOf } from '../../main/frequency-of.ts'
import { createAcquirerHttp } from '../../rails/card/acquirer-http.ts'
import { createSandbox } from '../../rails/card/sandbox/sandbox.ts'
import type { Database } from '../database/database.ts'

/** Runs a command's work with acquirers of its own, and with what they collect. */
export async function withAcquirers<T>(
  { pool, mode, clock, sealer: sealerOf }: Database,
  work: (parts: { readonly plans: Plans }) => Promise<T>,
): Promise<T> {
  const http = createAcquirerHttp()
  const sealer = sealerOf()
  const sandbox = mode === 'sandbox' ? createSandbox(clock) : undefined
  const acquirers = createAcquirerDirectory(pool, sealer, sandbox, { http, clock })
  try {
    return await work({ plans: createPlans({ pool, clock, acquirers, sealer, frequencyOf, tell: tellShoppers }) })
  } finally {
    await http.close()
  }
}
