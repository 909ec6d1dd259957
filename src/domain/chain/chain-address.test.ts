import assert from 'node:assert/strict'
import { test } from 'node:test'
import { refusalOfChainAddress } from './chain-address.ts'

test('in live mode takes endpoints over https alone, or on this machine', () => {
  const of = (url: string, use: 'endpoint' | 'wallet' = 'endpoint') => refusalOfChainAddress(url, use, 'live')
  assert.match(of('http://node.example') ?? '', /must be https/)
  assert.match(of('http://10.0.0.5:8545') ?? '', /must be https/)
  for (const url of [
    'https://node.example/v3/key?a=b',
    'http://127.0.0.1:8545',
    'http://localhost:8545',
    'http://[::1]:1',
  ])
    assert.equal(of(url), undefined, url)
  assert.match(of('http://localhost:8545', 'wallet') ?? '', /must be https/)
})
