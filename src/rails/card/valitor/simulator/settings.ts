import { type Currency, ISK } from '../../../../kernel/currency.ts'

/** The one virtual terminal of a simulated gateway. */
export type SimulatorSettings = {
  readonly username: string
  readonly password: string
  readonly posId: string
  readonly currency: Currency
}

/** No secret: the simulator listens on this machine only and knows test cards only. */
export const defaultSettings: SimulatorSettings = { username: 'tercet', password: 'sandbox', posId: '1', currency: ISK }
