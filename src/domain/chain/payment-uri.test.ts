import assert from 'node:assert/strict'
import { test } from 'node:test'
import { decodeFunctionData, erc20Abi } from 'viem'
import { anAddress } from '../../../test/support/chain/factories.ts'
import { tokenAmount } from '../../kernel/token-amount.ts'
import { type ChainId, coin } from './address.ts'
import { paymentTransaction, paymentUri } from './payment-uri.ts'

const [token, recipient] = [anAddress(50), anAddress(60)]

test('asks a wallet for a coin and for tokens of six and of eighteen decimals, in plain integers', () => {
  const chainId = 321 as ChainId
  assert.equal(
    paymentUri({ chainId, token: coin, recipient, units: tokenAmount(51_072_530_000_000_000n) }),
    `ethereum:${recipient}@321?value=51072530000000000`,
  )
  for (const units of [123_450_001n, 123_450_001_000_000_000_000n].map(tokenAmount))
    assert.equal(
      paymentUri({ chainId, token, recipient, units }),
      `ethereum:${token}@321/transfer?address=${recipient}&uint256=${units}`,
    )
})

test('prepares what a wallet sends, as others read it', () => {
  assert.deepEqual(paymentTransaction({ token: coin, recipient, units: tokenAmount(255n) }), {
    to: recipient,
    value: '0xff',
    data: '0x',
  })
  const { to, value, data } = paymentTransaction({ token, recipient, units: tokenAmount(10n ** 30n) })
  assert.deepEqual([to, value], [token, '0x0'])
  const call = decodeFunctionData({ abi: erc20Abi, data: data as `0x${string}` })
  assert.deepEqual([call.functionName, call.args], ['transfer', [recipient, 10n ** 30n]])
})
