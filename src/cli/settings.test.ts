import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readSettings, serverUrl } from './settings.ts'

test('finds the server where the environment says it is', () => {
  assert.equal(serverUrl({}, undefined), 'http://localhost:8080')
  assert.equal(serverUrl({ PORT: '9000' }, undefined), 'http://localhost:9000')
  assert.equal(serverUrl({ PORT: '9000', TLS_CERT: '/c.pem', TLS_KEY: '/k.pem' }, undefined), 'https://localhost:9000')
  assert.equal(serverUrl({ PUBLIC_URL: 'https://pay.example/t/' }, undefined), 'https://pay.example/t')
  assert.equal(serverUrl({ PUBLIC_URL: 'https://pay.example' }, 'http://127.0.0.1:1/'), 'http://127.0.0.1:1')
  assert.throws(() => serverUrl({ PORT: '0' }, undefined), /--url/)
  for (const url of ['', 'x', 'ftp://a', 'http://u@a', 'http://a?b', 'http://a#b'])
    assert.throws(() => serverUrl({}, url), /--url must/)
})

test('needs neither certificates nor the secret key of a live server to look at it', () => {
  const settings = readSettings({ TERCET_MODE: 'live', DATABASE_URL: 'postgres://a/b' })
  assert.equal(settings.mode, 'live')
  assert.throws(() => settings.secretKey(), /TERCET_SECRET_KEY must be set in live mode/)
})

test('makes no secret key for a database whose server has another', () => {
  const settings = readSettings({ DATABASE_URL: 'postgres://a/b', TERCET_DATA: '/nonexistent/tercet' })
  assert.throws(() => settings.secretKey(), /same value as the server's/)
})

test('names a wrong value of the environment', () => {
  assert.throws(() => readSettings({ DATABASE_URL: 'mysql://x' }), /DATABASE_URL must be/)
})
