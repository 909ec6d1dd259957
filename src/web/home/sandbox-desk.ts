import type { PaymentId } from '../../kernel/ids.ts'

/** What the sandbox's first page shows and does. Built in main, where the fixtures are known and the server's own API can be asked. */
export type SandboxDesk = {
  readonly version: string
  /** the public keys, by API */
  readonly keys: readonly { readonly api: string; readonly rows: readonly (readonly [name: string, value: string])[] }[]
  readonly cards: readonly (readonly [number: string, outcome: string])[]
  /** the key of the merchant whose order is made here */
  readonly key: string
  readonly hasDocs: boolean
  /** Makes an order of 90.00 EUR through the merchant's API, whose shopper comes back to `returnUrl`; answers its checkout's address. */
  readonly createOrder: (returnUrl: string) => Promise<string>
  /** Asks for a payment of 12.34 USD through the merchant's API, whose payer comes back to `returnUrl`; answers its page's address. */
  readonly createPayment: (returnUrl: string) => Promise<string>
  readonly captureOrder: (token: PaymentId) => Promise<void>
}
