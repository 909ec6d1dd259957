import assert from 'node:assert/strict'
import { test } from 'node:test'
import { whyNoChains } from './why-no-chains.ts'

test('says that no local chain starts beside a database of one’s own', async () => {
  assert.match((await whyNoChains({ databaseUrl: 'postgres://somewhere/else' })) ?? '', /DATABASE_URL/)
})

test('says in one line what is in the way, where a program cannot run', async (t) => {
  const { platform } = process
  t.after(() => Object.defineProperty(process, 'platform', { value: platform }))
  Object.defineProperty(process, 'platform', { value: 'sunos' })
  assert.equal(
    await whyNoChains({ databaseUrl: undefined }),
    `cannot run here (there is no build for sunos ${process.arch}); all else works`,
  )
})
