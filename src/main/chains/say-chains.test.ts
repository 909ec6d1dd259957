import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sayChains } from './say-chains.ts'

test('says that no local chain starts beside a database of one’s own', async () => {
  assert.match(await sayChains({ databaseUrl: 'postgres://somewhere/else', anvilProgram: undefined }), /DATABASE_URL/)
})

test('says in one line what is in the way, where a program cannot run', async (t) => {
  const { platform } = process
  t.after(() => Object.defineProperty(process, 'platform', { value: platform }))
  Object.defineProperty(process, 'platform', { value: 'sunos' })
  const said = (reason: string) =>
    `KCC (321) and BSC (56) in memory, for the demo wallet alone: real ones cannot run here (${reason})`
  assert.equal(
    await sayChains({ databaseUrl: undefined, anvilProgram: undefined }),
    said(`there is no build for sunos ${process.arch}`),
  )
  assert.equal(
    await sayChains({ databaseUrl: undefined, anvilProgram: '/nowhere/anvil' }),
    said('spawn /nowhere/anvil ENOENT'),
  )
})
