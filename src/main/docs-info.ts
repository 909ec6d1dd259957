import type { DocsInfo } from '../http/docs.ts'
import { version } from './version.ts'

const bearer = { type: 'http', scheme: 'bearer' } as const

const description = `What this server answers, call by call. Its own pages explain the rest: docs/protocols in the repository has each contract in
full, with the order in which calls are made, what may be repeated, and how webhooks are verified.`

/** The head of the API reference: what the groups of calls are for, and which keys open them. */
export function docsInfo(publicUrl: string): DocsInfo {
  return {
    title: 'Tercet',
    version,
    description: description.replaceAll('\n', ' '),
    publicUrl,
    tags: [
      {
        name: 'Orders',
        description:
          "Scalapay's merchant API: create an order, send the shopper to its checkout, capture it when they come back. Amounts are texts in euros. Send an Idempotency-Key with everything that changes an order, and the same one when you try again.",
      },
      {
        name: 'SalesCloud',
        description:
          "SalesCloud's Payment Request API: a card payment in one call. 200 says that a payment was requested, whatever became of it; 404 that none was.",
      },
      {
        name: 'SalesCloud organization',
        description: 'Orders, refunds and the catalogue of a SalesCloud organization, with its own key.',
      },
      {
        name: 'KuPay',
        description:
          "KuPay's merchant API: ask for a payment, send the shopper to pay_url, and hear of it by a callback. The money goes straight into the merchant's own wallet.",
      },
      {
        name: 'Chains',
        description:
          "How a merchant is paid on chains: receiving addresses, which chains and tokens it takes and how, and what arrived that no payment took. Any merchant's key opens these calls; each change stands in the audit log.",
      },
      {
        name: 'Webhooks',
        description:
          "Where a merchant's events are sent to, what was sent, and how to send it again. Any merchant's key opens these calls.",
      },
      {
        name: 'Sandbox',
        description: 'Only in sandbox mode: be the shopper, move the clock, see what would have been sent.',
      },
    ],
    securitySchemes: {
      merchantKey: { ...bearer, description: "A merchant's secret key, after exactly one space." },
      organizationKey: { ...bearer, description: 'The key of a SalesCloud organization.' },
      kupayToken: { ...bearer, description: "A merchant's KuPay token." },
      instanceKey: { ...bearer, description: 'The key of a payment instance that asks for one.' },
    },
  }
}
