import type { AcquirerFault, OrderFaults } from '../app/sandbox/staff-sandbox.ts'
import type { Fault } from '../rails/card/valitor/simulator/faults.ts'
import { controlOf } from '../rails/card/valitor/simulator/start-simulator.ts'
import { simulatorUrl } from './sandbox-simulator.ts'

/** Finds the simulator where it says that it listens: it may be another process's child. */
export function createOrderFaults(folder: string): OrderFaults {
  return async (fault, count) => {
    const url = await simulatorUrl(folder)
    if (url === undefined) return false
    return await controlOf(url)
      .faults(faultsOf(fault, count))
      .then(
        () => true,
        // An outage: it is being started again, or nothing listens there any more.
        () => false,
      )
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
