import assert from 'node:assert/strict'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { makeTestFolder } from '../../../test/support/folder.ts'
import { systemClock } from '../../kernel/clock.ts'
import { EUR, ISK } from '../../kernel/currency.ts'
import { newAttemptId } from '../../kernel/ids.ts'
import { type Money, money } from '../../kernel/money.ts'
import { Secret } from '../../kernel/secret.ts'
import type { CardAcquirer, RailOutcome } from '../rail.ts'
import { createAcquirerHttp } from './acquirer-http.ts'
import type { Ability } from './connector.ts'
import { connectors } from './index.ts'
import { defaultSettings } from './valitor/simulator/settings.ts'
import { startSimulator } from './valitor/simulator/start-simulator.ts'

const deadlineMs = 60_000
const card = (number: string) => ({
  number: new Secret(number),
  securityCode: new Secret('123'),
  expiryMonth: 12,
  expiryYear: 2099,
})

/** Each connector with an acquirer that answers on this machine, and an amount that it takes. */
const suite: readonly { name: string; acquirer: () => Promise<CardAcquirer>; amount: Money }[] = [
  { name: 'sandbox', acquirer: () => made('sandbox', {}), amount: money(EUR, 3_000n) },
  { name: 'valitor_greidslugatt', acquirer: simulated, amount: money(ISK, 3_000n) },
]

const http = createAcquirerHttp()
const cleanups: (() => Promise<void>)[] = []

async function made(name: string, credentials: Readonly<Record<string, string>>): Promise<CardAcquirer> {
  const result = connectors.get(name)?.create(credentials, { http, clock: systemClock })
  assert(result?.ok, name)
  return result.value
}

async function simulated(): Promise<CardAcquirer> {
  const { folder, remove } = await makeTestFolder()
  const simulator = await startSimulator({ bookFile: join(folder, 'book') })
  cleanups.push(async () => {
    await simulator.kill()
    await remove()
  })
  const { url } = simulator
  const { username, password, posId, currency } = defaultSettings
  return await made('valitor_greidslugatt', { endpoint: url, username, password, posId, currency })
}

test('the suite asks every connector there is', () => {
  assert.deepEqual(suite.map(({ name }) => name).sort(), [...connectors.keys()].sort())
})

for (const { name, acquirer: start, amount } of suite) {
  describe(name, () => {
    let acquirer: CardAcquirer
    before(async () => {
      acquirer = await start()
    })
    after(async () => {
      for (const clean of cleanups.splice(0)) await clean()
    })
    const abilities = connectors.get(name)?.abilities ?? new Set<Ability>()
    const authorize = async (more: { keepsCard?: true; returnUrl?: string; number?: string } = {}) => {
      const { number = '4242424242424242', ...rest } = more
      const request = { purpose: 'authorize', attemptId: newAttemptId(), amount, card: card(number), ...rest } as const
      return { request, outcome: await acquirer.perform(request, deadlineMs) }
    }
    const referenceOf = (outcome: RailOutcome): string => {
      assert.equal(outcome.kind, 'succeeded', `${name}: ${JSON.stringify(outcome)}`)
      return outcome.kind === 'succeeded' ? outcome.railReference : ''
    }
    const tests: Record<Ability, () => Promise<void>> = {
      authorize: async () => {
        const { request, outcome } = await authorize()
        const railReference = referenceOf(outcome)
        assert.deepEqual((await acquirer.find(request.attemptId, deadlineMs)).kind, 'succeeded')
        const release = { purpose: 'release', attemptId: newAttemptId(), amount, railReference } as const
        assert.equal((await acquirer.perform(release, deadlineMs)).kind, 'succeeded')
      },
      capture: async () => {
        const railReference = referenceOf((await authorize()).outcome)
        const capture = { purpose: 'capture', attemptId: newAttemptId(), amount, railReference } as const
        const taken = referenceOf(await acquirer.perform(capture, deadlineMs))
        const refund = { purpose: 'refund', attemptId: newAttemptId(), amount, railReference: taken } as const
        assert.equal((await acquirer.perform(refund, deadlineMs)).kind, 'succeeded')
      },
      keep_card: async () => {
        const { outcome } = await authorize({ keepsCard: true })
        assert(outcome.kind === 'succeeded' && outcome.token, `${name} names the card`)
        assert.doesNotMatch(outcome.token, /4242424242424242/)
      },
      charge_kept_card: async () => {
        const { outcome } = await authorize({ keepsCard: true })
        assert(outcome.kind === 'succeeded' && outcome.token !== undefined)
        const kept = { token: outcome.token, last4: '4242' }
        for (const isShopperPresent of [false, true]) {
          const charge = {
            purpose: 'charge',
            attemptId: newAttemptId(),
            amount,
            card: kept,
            isShopperPresent,
            instalment: 2,
          } as const
          const first = await acquirer.perform(charge, deadlineMs)
          assert.equal(first.kind, 'succeeded')
          assert.deepEqual(
            await acquirer.perform(charge, deadlineMs),
            first,
            'the same again is a question about the first',
          )
        }
      },
      ask_for_3d_secure: async () => {
        const returnUrl = 'https://shop.example/back'
        const outcomes: string[] = []
        for (const number of ['4000000000003220', '4000000000003063', '4000000000003097']) {
          const { request, outcome } = await authorize({ number, returnUrl, keepsCard: true })
          assert.equal(outcome.kind, 'action_required')
          const complete = { purpose: 'complete', attemptId: request.attemptId, amount } as const
          outcomes.push((await acquirer.perform(complete, deadlineMs)).kind)
        }
        assert.deepEqual(outcomes, ['succeeded', 'declined', 'action_required'])
        const asks = await authorize({ number: '4000000000003220', returnUrl, keepsCard: true })
        const complete = { purpose: 'complete', attemptId: asks.request.attemptId, amount } as const
        const kept = await acquirer.perform(complete, deadlineMs)
        assert(kept.kind === 'succeeded' && kept.token !== undefined)
        const charge = {
          ...({ purpose: 'charge', amount, instalment: 2 } as const),
          card: { token: kept.token, last4: '3220' },
        }
        const attended = { ...charge, attemptId: newAttemptId(), isShopperPresent: true, returnUrl }
        const unattended = { ...charge, attemptId: newAttemptId(), isShopperPresent: false }
        assert.equal((await acquirer.perform(attended, deadlineMs)).kind, 'action_required', 'who is there is asked')
        assert.equal((await acquirer.perform(unattended, deadlineMs)).kind, 'succeeded', 'who is not, is not')
        assert.equal(
          (await authorize({ number: '4000000000003220' })).outcome.kind,
          'declined',
          'nobody is there to act',
        )
      },
    }
    const refusedWithout: Partial<Record<Ability, () => Promise<RailOutcome>>> = {
      charge_kept_card: () =>
        acquirer.perform(
          {
            ...{ purpose: 'charge', attemptId: newAttemptId(), amount, isShopperPresent: false, instalment: 2 },
            card: { token: 'none', last4: '4242' },
          },
          deadlineMs,
        ),
    }
    for (const ability of Object.keys(tests) as Ability[]) {
      if (abilities.has(ability)) test(`${name} can ${ability.replaceAll('_', ' ')}`, tests[ability])
      else if (refusedWithout[ability])
        test(`${name} refuses to ${ability.replaceAll('_', ' ')}, and sends nothing`, async () => {
          const outcome = await refusedWithout[ability]?.()
          assert.equal(outcome?.kind === 'declined' && outcome.isUntried, true)
        })
    }
  })
}
