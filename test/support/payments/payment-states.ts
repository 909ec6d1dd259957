import { readFile, writeFile } from 'node:fs/promises'
import type { Transfer } from '../../../src/domain/ledger/transfer.ts'
import type { Action, ActionOnPayment } from '../../../src/domain/payment/action.ts'
import { decide } from '../../../src/domain/payment/decide/decide.ts'
import type { Decision } from '../../../src/domain/payment/decide/decision.ts'
import type { Payment, PendingAttempt } from '../../../src/domain/payment/payment.ts'
import type { Rejection } from '../../../src/domain/payment/rejection.ts'
import { type Instant, isoOf, minute, plus } from '../../../src/kernel/instant.ts'
import { aContext, anAttempt, anAttemptId, aPayment, aPendingAttempt, aReceipt, someTime } from './factories.ts'
import { paymentStateGraph } from './payment-state-graph.ts'

const root = new URL('../../../', import.meta.url)

/** The generated pages: `contents` is what each must hold. */
export const paymentStatePages = [
  page('payment-states.md', paymentStateTable),
  page('payment-state-graph.md', paymentStateGraph),
] as const

function page(name: string, contents: () => string) {
  const path = `docs/generated/${name}`
  return { path, url: new URL(path, root), contents }
}

/** Rewrites both pages and answers their paths; `npm run update` calls it. */
export async function writePaymentStates(): Promise<readonly string[]> {
  for (const { url, contents } of paymentStatePages) await writeFile(url, contents())
  return paymentStatePages.map(({ path }) => path)
}

export async function readPage(url: URL): Promise<string> {
  return await readFile(url, 'utf8')
}

/** When everything is asked: one minute after the examples were created. */
export const now = plus(someTime, minute)
const order = { merchantReference: null, expiresAt: plus(someTime, 40n * minute) }
const pendingRefund = aPendingAttempt({ purpose: 'refund', amount: 2_500n })
const partCaptured = {
  state: 'delayed',
  captured: 4_000n,
  capturedAt: someTime,
  captures: [{ amount: 4_000n, at: someTime }],
} as const satisfies Partial<Payment>

const bank = { kind: 'redirect', url: 'https://bank.example/step' } as const

function waiting(until: Instant): PendingAttempt {
  return aPendingAttempt({ waitsFor: { action: bank, until } })
}

/** One payment of 100.00 EUR per state, and the variants that answer differently. */
export const examples: readonly { readonly name: string; readonly payment: Payment }[] = [
  { name: 'created', payment: aPayment(order) },
  { name: 'created, an authorization is being attempted', payment: aPayment({ pendingAttempt: aPendingAttempt() }) },
  {
    name: 'created, a sale is being attempted',
    payment: aPayment({ pendingAttempt: aPendingAttempt({ purpose: 'sale' }) }),
  },
  {
    name: 'created, its shopper is waited for',
    payment: aPayment({ timerAt: plus(now, minute), pendingAttempt: waiting(plus(now, minute)) }),
  },
  {
    name: 'created, its shopper did not come back',
    payment: aPayment({ timerAt: now, pendingAttempt: waiting(now) }),
  },
  {
    name: 'created for one sale, its shopper did not come back',
    payment: aPayment({
      expiresAt: null,
      timerAt: now,
      pendingAttempt: { ...waiting(now), purpose: 'sale' },
    }),
  },
  { name: 'created, its time is over', payment: aPayment({ expiresAt: now, timerAt: now }) },
  { name: 'created, in wallets of the merchant’s own', payment: aPayment({ ...order, funding: 'none' }) },
  {
    name: 'created, 40.00 received',
    payment: aPayment({ ...order, funding: 'none', received: 4_000n }),
  },
  { name: 'processing', payment: aPayment({ ...order, state: 'processing' }) },
  { name: 'processing, its time is over', payment: aPayment({ ...order, state: 'processing', expiresAt: now }) },
  { name: 'authorized', payment: aPayment({ state: 'authorized' }) },
  { name: 'authorized, its warning is due', payment: aPayment({ state: 'authorized', timerAt: now }) },
  { name: 'authorized, its time is over', payment: aPayment({ state: 'authorized', expiresAt: now, timerAt: now }) },
  { name: 'delayed', payment: aPayment({ state: 'delayed' }) },
  { name: 'delayed, its warning is due', payment: aPayment({ state: 'delayed', timerAt: now }) },
  { name: 'delayed, its time is over', payment: aPayment({ state: 'delayed', expiresAt: now, timerAt: now }) },
  { name: 'delayed, 30.00 taken off', payment: aPayment({ state: 'delayed', reduced: 3_000n }) },
  { name: 'delayed, 40.00 captured', payment: aPayment(partCaptured) },
  {
    name: 'delayed, 40.00 captured, its time is over',
    payment: aPayment({ ...partCaptured, expiresAt: now, timerAt: now }),
  },
  { name: 'captured', payment: aPayment({ state: 'captured' }) },
  {
    name: 'captured, in a wallet of the merchant’s own',
    payment: aPayment({ state: 'captured', funding: 'none', received: 10_000n, settled: 10_000n }),
  },
  { name: 'captured, 40.00 of it', payment: aPayment({ ...partCaptured, state: 'captured' }) },
  {
    name: 'captured, a refund of 25.00 is being attempted',
    payment: aPayment({ state: 'captured', pendingAttempt: pendingRefund }),
  },
  {
    name: 'captured, a refund of everything is being attempted',
    payment: aPayment({ state: 'captured', pendingAttempt: { ...pendingRefund, amount: 10_000n } }),
  },
  {
    name: 'captured, a void is being attempted',
    payment: aPayment({ state: 'captured', pendingAttempt: aPendingAttempt({ purpose: 'void' }) }),
  },
  { name: 'partially_refunded, 50.00 of it', payment: aPayment({ state: 'partially_refunded' }) },
  {
    name: 'partially_refunded, a refund of the rest is being attempted',
    payment: aPayment({ state: 'partially_refunded', pendingAttempt: { ...pendingRefund, amount: 5_000n } }),
  },
  { name: 'refunded', payment: aPayment({ state: 'refunded' }) },
  { name: 'voided', payment: aPayment({ state: 'voided' }) },
  { name: 'expired', payment: aPayment({ state: 'expired' }) },
  { name: 'expired, in wallets of the merchant’s own', payment: aPayment({ state: 'expired', funding: 'none' }) },
  { name: 'expired, voided before anybody paid', payment: aPayment({ state: 'expired', voidedAt: someTime }) },
  { name: 'lapsed', payment: aPayment({ state: 'lapsed' }) },
  { name: 'failed', payment: aPayment({ state: 'failed' }) },
  {
    name: 'failed, its sale was given up and is not answered',
    payment: aPayment({ state: 'failed', pendingAttempt: aPendingAttempt({ purpose: 'sale', abandoned: true }) }),
  },
  {
    name: 'failed, its late approval is being reversed',
    payment: aPayment({ state: 'failed', pendingAttempt: aPendingAttempt({ purpose: 'void' }) }),
  },
]

const finish = { kind: 'finish_attempt', attemptId: anAttemptId(), reversalId: anAttemptId(9) } as const

/** Every action, in the sizes that make a difference. */
export const exampleActions: readonly { readonly name: string; readonly action: ActionOnPayment }[] = [
  { name: 'start authorization', action: { kind: 'start_attempt', ...anAttempt({ attemptId: anAttemptId(2) }) } },
  { name: 'start sale', action: { kind: 'start_attempt', ...anAttempt({ purpose: 'sale' }) } },
  {
    name: 'start refund 25.00',
    action: { kind: 'start_attempt', ...anAttempt({ purpose: 'refund', amount: 2_500n }) },
  },
  { name: 'start void', action: { kind: 'start_attempt', ...anAttempt({ purpose: 'void' }) } },
  {
    name: 'attempt asks for the shopper',
    action: { ...finish, outcome: { kind: 'action_required', action: bank, lifeMs: 600_000 } },
  },
  { name: 'attempt succeeded', action: { ...finish, outcome: { kind: 'succeeded', railReference: 'rail-2' } } },
  {
    name: 'attempt declined',
    action: { ...finish, outcome: { kind: 'declined', reason: 'insufficient_funds', code: '51' } },
  },
  { name: 'attempt abandoned', action: { ...finish, outcome: { kind: 'abandoned' } } },
  { name: 'resume the attempt', action: { kind: 'resume_attempt', attemptId: anAttemptId() } },
  { name: 'delay 5 days', action: { kind: 'delay', periodMs: 432_000_000 } },
  { name: 'delay 1 day', action: { kind: 'delay', periodMs: 86_400_000 } },
  { name: 'delay 30 seconds', action: { kind: 'delay', periodMs: 30_000 } },
  { name: 'capture all', action: { kind: 'capture' } },
  { name: 'capture 40.00', action: { kind: 'capture', amount: 4_000n } },
  { name: 'capture 100.00', action: { kind: 'capture', amount: 10_000n } },
  { name: 'capture 0.00', action: { kind: 'capture', amount: 0n } },
  { name: 'capture part, all that is open', action: { kind: 'capture_part' } },
  { name: 'capture part 60.00', action: { kind: 'capture_part', amount: 6_000n } },
  { name: 'capture part 100.01', action: { kind: 'capture_part', amount: 10_001n } },
  { name: 'reduce 10.00', action: { kind: 'reduce', amount: 1_000n } },
  { name: 'reduce 60.00', action: { kind: 'reduce', amount: 6_000n } },
  { name: 'reduce 100.00', action: { kind: 'reduce', amount: 10_000n } },
  { name: 'close', action: { kind: 'close' } },
  { name: 'void', action: { kind: 'void' } },
  { name: 'refund 25.00', action: { kind: 'refund', amount: 2_500n } },
  { name: 'refund 50.00', action: { kind: 'refund', amount: 5_000n } },
  { name: 'refund 100.00', action: { kind: 'refund', amount: 10_000n } },
  { name: 'refund 0.00', action: { kind: 'refund', amount: 0n } },
  { name: 'received 40.00', action: { kind: 'receive', ...aReceipt({ amount: 4_000n }) } },
  { name: 'received 100.00', action: { kind: 'receive', ...aReceipt() } },
  { name: 'settled 100.00', action: { kind: 'receive', ...aReceipt({ step: 'final' }) } },
  { name: 'undone 100.00', action: { kind: 'receive', ...aReceipt({ step: 'undone' }) } },
  { name: 'update references', action: { kind: 'update_references', merchantReference: 'ORDER-2' } },
  { name: 'flag', action: { kind: 'flag', suspicion: 'reference_captured_twice' } },
  { name: 'timer', action: { kind: 'timer' } },
]

/** Every state by every action: what `decide` answers, one minute after the payment was created. */
export function paymentStateTable(): string {
  const head = `# Every state, every action

Printed by \`npm run update\` from the function that decides (\`src/domain/payment/decide/decide.ts\`); a test compares. Each section
is one payment of 100.00 EUR, asked for each action at ${isoOf(now)}, a minute after it was created. Where a request is
refused, nothing changes. A repeat is answered like the first request and moves nothing. What moved is in cents.
`
  return [head, ...examples.map(section)].join('\n')
}

/** Actions that get the same answer share a row, so that what an example allows stands out. */
function section({ name, payment }: (typeof examples)[number]): string {
  const answers = Map.groupBy(exampleActions, ({ action }) => {
    const decision = decide(payment, action, aContext({ now }))
    return `${outcomeOf(decision, payment)} | ${movesOf(decision)}`
  })
  const rows = [...answers].map(([answer, asked]) => `| ${asked.map((each) => each.name).join('; ')} | ${answer} |`)
  return [`## ${name}`, '', '| asked | answered | moves |', '|---|---|---|', ...rows, ''].join('\n')
}

function outcomeOf(decision: Decision<Action['kind']>, before: Payment): string {
  if (!decision.ok) return `refused: ${reasonOf(decision.reason)}`
  const { payment, events } = decision.value
  if (events.length === 0) return `${payment.state} (repeat)`
  const kinds = events.map((event) => event.kind).join(', ')
  const state = payment.state === before.state ? `stays ${payment.state}` : `**${payment.state}**`
  return `${state} (${kinds}${payment.pendingAttempt ? ', waiting' : ''})`
}

function reasonOf(rejection: Rejection): string {
  switch (rejection.reason) {
    case 'wrong_state':
      return `wrong_state (${rejection.state})`
    case 'amount_exceeds_open':
      return `amount_exceeds_open (${rejection.open})`
    case 'amount_below_minimum':
      return `amount_below_minimum (${rejection.minimum})`
    default:
      return rejection.reason
  }
}

function movesOf(decision: Decision<Action['kind']>): string {
  if (!decision.ok) return ''
  return decision.value.transfers.map((transfer: Transfer) => `${transfer.kind} ${transfer.amount}`).join(', ')
}
