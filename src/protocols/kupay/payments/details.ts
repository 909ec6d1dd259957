/** What is kept of a request, as JSON: what its answers, its callbacks and its page are made of, and no person's data. */
export type PaymentDetails = {
  /** which of KuPay's ways it came in by; decides how its callbacks look */
  readonly face: 'api' | 'woocommerce' | 'shopify' | 'account' | 'donation' | 'request'
  /** the merchant's own id of the order */
  readonly id: string
  readonly orderNumber: string
  /** the order's date in UTC, `2022-05-22 17:58:04` */
  readonly createdAt: string
  readonly cancelUrl: string | null
  readonly paidUrl: string | null
  readonly orderStatusUrl: string | null
  /** what it may be paid in, `321/0x...`, chain and token; absent: whatever its merchant takes */
  readonly choices?: readonly string[]
}

export function readDetails(text: string): PaymentDetails {
  return JSON.parse(text)
}
