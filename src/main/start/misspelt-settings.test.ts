import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { misspeltSettings } from './misspelt-settings.ts'

test('names what looks like a setting and is none, and nothing else', () => {
  const env = {
    TERCET_METRIC: '0',
    TERCET_TLSPROXY: '1',
    TERCET_DAAT: '/x',
    TERCET_LOG: 'info',
    PATH: '/bin',
    TERCET_: '',
  }
  assert.deepEqual(misspeltSettings(env), [
    { name: 'TERCET_METRIC', meant: 'TERCET_METRICS' },
    { name: 'TERCET_TLSPROXY', meant: 'TERCET_TLS_PROXY' },
    { name: 'TERCET_DAAT', meant: 'TERCET_DATA' },
  ])
  const ofOthers = [
    'TERCET_RPC',
    'TERCET_PASSWORD',
    'TERCET_SHOP_SECRET',
    'TERCET_WORKER_ROLE',
    'TERCET_TEST_DATABASE',
    'TERCET_SEED',
  ]
  assert.deepEqual(misspeltSettings(Object.fromEntries(ofOthers.map((name) => [name, '1']))), [])
})

test('knows every setting that the README has', () => {
  const readme = readFileSync(join(import.meta.dirname, '../../../README.md'), 'utf8')
  const table = readme.split('\n').filter((line) => line.startsWith('| `'))
  const names = new Set(table.flatMap((line) => line.split('|')[1]?.match(/TERCET_[A-Z_]+/g) ?? []))
  assert(names.size >= 13)
  for (const name of names) {
    assert.deepEqual(misspeltSettings({ [name]: '1' }), [])
    assert.deepEqual(misspeltSettings({ [`${name}X`]: '1' }), [{ name: `${name}X`, meant: name }])
  }
})
