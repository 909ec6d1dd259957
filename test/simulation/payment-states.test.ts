import assert from 'node:assert/strict'
import { test } from 'node:test'
import { decide } from '../../src/domain/payment/decide/decide.ts'
import { actionKinds, paymentStates, reachable } from '../../src/domain/payment/state.ts'
import { aContext } from '../support/payments/factories.ts'
import { exampleActions, examples, now, paymentStatePages, readPage } from '../support/payments/payment-states.ts'

for (const { path, url, contents } of paymentStatePages) {
  test(`${path} says what the program does (npm run update rewrites it)`, async () => {
    assert.equal(await readPage(url), contents())
  })
}

test('the table shows every state and every action', () => {
  assert.deepEqual([...new Set(examples.map(({ payment }) => payment.state))], [...paymentStates])
  assert.deepEqual([...new Set(exampleActions.map(({ action }) => action.kind))], [...actionKinds])
})

test('every state can be reached from created', () => {
  const reached = new Set(['created'])
  for (const from of paymentStates.concat(paymentStates)) {
    for (const action of actionKinds) if (reached.has(from)) for (const to of reachable(from, action)) reached.add(to)
  }
  assert.deepEqual([...reached].sort(), [...paymentStates].sort())
})

test('every edge of the graph is taken by some example', () => {
  const edge = (from: string, action: string, to: string) => `${from} --${action}--> ${to}`
  const taken = examples.flatMap(({ payment }) =>
    exampleActions.flatMap(({ action }) => {
      const decision = decide(payment, action, aContext({ now }))
      return decision.ok ? [edge(payment.state, action.kind, decision.value.payment.state)] : []
    }),
  )
  const drawn = paymentStates.flatMap((from) =>
    actionKinds.flatMap((action) => reachable(from, action).map((to) => edge(from, action, to))),
  )
  assert.deepEqual([...new Set(taken)].sort(), drawn.sort())
})

test('what has come to its end stays there', () => {
  for (const state of ['refunded', 'voided', 'lapsed', 'failed'] as const) {
    for (const action of actionKinds) {
      for (const to of reachable(state, action)) assert.equal(to, state)
    }
  }
})
