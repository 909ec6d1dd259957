import { newPaymentId, type PaymentId } from '../kernel/ids.ts'
import { type Command, type Reply, Unavailable } from './command.ts'

/** What runs on one payment at this moment, in this process: how many commands, and how many changes they have committed. */
export type Activity = { entries: number; changes: number }

/** A command on its way through the engine, with its caller's promise. It settles once; later results are ignored. */
export class Entry {
  readonly command: Command
  /** of a new payment: chosen here, chosen again if it was another's */
  paymentId: PaymentId
  readonly deadline: number
  readonly activity: Activity
  /** `activity.changes` when the command came in: more by the time it is decided means that a rival won */
  readonly changesBefore: number
  settled = false
  readonly #resolve: (reply: Reply) => void
  readonly #reject: (error: Error) => void

  constructor(
    command: Command,
    activity: Activity,
    deadline: number,
    resolve: (reply: Reply) => void,
    reject: (error: Error) => void,
  ) {
    this.command = command
    this.paymentId = command.paymentId ?? newPaymentId(command.merchant.prefix)
    this.activity = activity
    this.changesBefore = activity.changes
    this.deadline = deadline
    this.#resolve = resolve
    this.#reject = reject
  }

  get makesPayment(): boolean {
    return this.command.paymentId === null
  }

  get paymentKey(): string {
    return paymentKeyOf(this.command.merchant.id, this.paymentId)
  }

  /** Undefined without an idempotency key. */
  get claimKey(): string | undefined {
    const claim = this.command.idempotency
    return claim && claimKeyOf(this.command.merchant.id, claim.operation, claim.key)
  }

  resolve(reply: Reply): void {
    if (this.settled) return
    this.settled = true
    this.#resolve(reply)
  }

  reject(error: Error): void {
    if (this.settled) return
    this.settled = true
    this.#reject(error)
  }

  /** Too late: whatever the database does with it now, the caller must ask again. */
  expire(): void {
    this.reject(new Unavailable('the database did not answer in time', { retryAfterSeconds: 1 }))
  }
}

export function paymentKeyOf(merchantId: number, paymentId: string): string {
  return `p/${merchantId}/${paymentId}`
}

export function claimKeyOf(merchantId: number, operation: string, key: string): string {
  return `i/${merchantId}/${operation}/${key}`
}
