import assert from 'node:assert/strict'
import { test } from 'node:test'
import { cliRun } from '../../../test/support/cli.ts'
import { createStages } from './stages.ts'

test('says what is being done once it takes longer than a second, and nothing before', (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] })
  const { io, out } = cliRun()
  const stages = createStages(io)
  stages.onStage('starting the database')
  t.mock.timers.tick(999)
  assert.equal(out(), '')
  t.mock.timers.tick(1)
  stages.onStage('bringing the database up to date')
  stages.end()
  assert.equal(out(), 'starting the database ...\nbringing the database up to date ...\n')

  const quick = cliRun()
  const quickStages = createStages(quick.io)
  quickStages.onStage('starting the database')
  quickStages.end()
  t.mock.timers.tick(5_000)
  assert.equal(quick.out(), '')
})
