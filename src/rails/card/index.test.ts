import assert from 'node:assert/strict'
import { test } from 'node:test'
import { inspect } from 'node:util'
import { systemClock } from '../../kernel/clock.ts'
import { createAcquirerHttp } from './acquirer-http.ts'
import { connectors } from './index.ts'

const credentials = {
  endpoint: 'https://gateway.example/greidslugatt.asmx',
  username: 'shop',
  password: 'pass word',
  posId: '5',
  currency: 'ISK',
}

function create(name: string, values: Readonly<Record<string, string>>) {
  const connector = connectors.get(name)
  assert.ok(connector)
  return connector.create(values, { http: createAcquirerHttp(), clock: systemClock })
}

test('lists each connector under the name of its acquirer', () => {
  assert.deepEqual([...connectors.keys()], ['sandbox', 'valitor_greidslugatt'])
  for (const name of connectors.keys()) {
    const made = create(name, credentials)
    assert.equal(made.ok && made.value.name, name)
  }
})

test('names the credentials that an operator must enter', () => {
  const fields = connectors.get('valitor_greidslugatt')?.fields ?? []
  assert.deepEqual(fields.map(({ name }) => name).sort(), Object.keys(credentials).sort())
  assert.deepEqual(
    fields.filter(({ kind }) => kind === 'secret').map(({ name }) => name),
    ['password'],
  )
})

test('refuses credentials by the name of the field and never quotes them', () => {
  const wrong: [keyof typeof credentials, string[]][] = [
    ['endpoint', ['', 'nowhere', 'ftp://a.example', 'http://gateway.example/', 'https://user:pw@gateway.example/']],
    ['username', ['', 'a\u0000', 'x'.repeat(101), '\ud800']],
    ['password', ['', 'tab\t']],
    ['posId', ['', '1a', '-1', '1234567890']],
    ['currency', ['', 'isk', 'XXX', '__proto__']],
  ]
  for (const [field, values] of wrong) {
    for (const value of values) {
      const made = create('valitor_greidslugatt', { ...credentials, [field]: value })
      assert.equal(made.ok ? 'accepted' : made.reason.field, field, JSON.stringify(value))
      assert.ok(value === '' || !inspect(made).includes(value))
    }
  }
  for (const endpoint of ['http://127.0.0.1:1/', 'http://localhost/', 'http://[::1]:8/']) {
    assert.ok(create('valitor_greidslugatt', { ...credentials, endpoint }).ok, endpoint)
  }
})

test('keeps the password out of a printed acquirer', () => {
  const made = create('valitor_greidslugatt', credentials)
  assert.ok(!inspect(made, { depth: 9, showHidden: true }).includes('pass word'))
})
