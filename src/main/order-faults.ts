import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { AcquirerFault, OrderFaults } from '../app/sandbox/staff-sandbox.ts'
import type { Fault } from '../rails/card/valitor/simulator/faults.ts'

/** Finds the simulator where it says that it listens: it may be another process's child. */
export function createOrderFaults(folder: string): OrderFaults {
  return async (fault, count) => {
    const place = await readFile(join(folder, 'acquirer.json'), 'utf8').catch(() => '')
    const url = /"url":"(http:\/\/127\.0\.0\.1:\d{1,5})"/.exec(place)?.[1]
    if (url === undefined) return false
    const body = JSON.stringify(faultsOf(fault, count))
    const answer = await fetch(`${url}/control/faults`, {
      method: 'POST',
      body,
      signal: AbortSignal.timeout(1_000),
    }).catch(
      // An outage: it is being started again, or nothing listens there any more.
      () => undefined,
    )
    await answer?.arrayBuffer()
    return answer?.ok ?? false
  }
}

function faultsOf(fault: AcquirerFault, count: number): readonly Fault[] {
  switch (fault) {
    case 'none':
      return []
    case 'decline':
      return [{ fault, code: '05', count }]
    case 'slow':
      return [{ fault, ms: 8_000, count }]
    default:
      return [{ fault, count }]
  }
}
