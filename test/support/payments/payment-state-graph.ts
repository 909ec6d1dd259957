import { actionKinds, type PaymentState, paymentStates, reachable } from '../../../src/domain/payment/state.ts'

/** Scalapay's names for each state (scalapay.md 12.4), or null where Scalapay's API never shows it. */
const scalapayStatus = {
  created: { order: 'created', capture: 'pending' },
  processing: null,
  authorized: { order: 'authorized', capture: 'pending' },
  delayed: { order: 'authorized', capture: 'delayed' },
  captured: { order: 'charged', capture: 'captured' },
  partially_refunded: { order: 'partially_refunded', capture: 'captured' },
  refunded: { order: 'refunded', capture: 'captured' },
  voided: { order: 'refunded_not_charged', capture: 'voided' },
  expired: { order: 'expired', capture: 'pending' },
  lapsed: { order: 'refunded_not_charged', capture: 'voided' },
  failed: null,
} as const satisfies Record<PaymentState, { order: string; capture: string } | null>

/** How a payment comes to be; these two stand outside the table of transitions. */
const beginnings = [
  ['create', 'created'],
  ['request', 'created'],
] as const

/** The graph of `transitions`, as Mermaid and as a table, with Scalapay's pair of names for each state. */
export function paymentStateGraph(): string {
  return `# States of a payment

Printed by \`npm run update\` from the table of legal transitions (\`src/domain/payment/state.ts\`), which every decision is
checked against; a test compares. Beneath each state stand Scalapay's order status and capture status.

\`\`\`mermaid
stateDiagram-v2
${[...paymentStates.map(box), ...beginnings.map(([action, to]) => `  [*] --> ${to}: ${action}`), ...edges()].join('\n')}
\`\`\`

| state | Scalapay order status | Scalapay capture status | actions it takes |
|---|---|---|---|
${paymentStates.map(row).join('\n')}
`
}

function box(state: PaymentState): string {
  const names = scalapayStatus[state]
  return `  ${state}: ${state}${names ? `<br/>${names.order} / ${names.capture}` : ''}`
}

/** One line per pair of states, with every action that leads from one to the other. */
function edges(): string[] {
  return paymentStates.flatMap((from) =>
    paymentStates.flatMap((to) => {
      const actions = actionKinds.filter((action) => reachable(from, action).includes(to))
      return actions.length === 0 ? [] : [`  ${from} --> ${to}: ${actions.join(', ')}`]
    }),
  )
}

function row(state: PaymentState): string {
  const names = scalapayStatus[state]
  const actions = actionKinds.filter((action) => reachable(state, action).length > 0).join(', ')
  return `| ${state} | ${names?.order ?? 'not shown'} | ${names?.capture ?? 'not shown'} | ${actions} |`
}
