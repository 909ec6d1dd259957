import assert from 'node:assert/strict'
import { Socket } from 'node:net'
import { test } from 'node:test'
import { brokenRequest, prefixOf } from './broken-request.ts'

const parts = [{ prefix: '/v/' }, { prefix: '/w/' }]

function prefixOfText(text: string): string | undefined {
  return prefixOf({ text }, parts)?.prefix
}

test('gives a text to whose prefix it shows, wherever it begins', () => {
  assert.equal(prefixOfText('GARBAGE /w/1 HTTP/1.1\r\n'), '/w/')
  assert.equal(prefixOfText('est":"of a body"}POST /v/1 HTTX\r\n'), '/v/')
  assert.equal(prefixOfText('GET /other HTTP/1.1\r\n\r\nPOST http://h/v/1 HTTX\r\n'), '/v/')
})

test('gives a text to nobody when it begins with the request line of something else', () => {
  assert.equal(prefixOfText('POST /other HTTX\r\n'), undefined)
  assert.equal(prefixOfText('POST https://host/other HTTX\r\n'), undefined)
})

test('gives what does not show whose it is to the first part that has a promise', () => {
  for (const text of ['', 'noise', 'PRI * HTTP/2.0\r\n', 'X-Header: half\r\nbroken\r\n', '\x16\x03\x01']) {
    assert.equal(prefixOfText(text), '/v/', text)
  }
  assert.equal(prefixOf({ text: '' }, []), undefined)
})

test('shows the text up to the line that could not be read, and no further', () => {
  const rawPacket = Buffer.from('GET /a HTTP/1.1\r\nbroken\r\nReferer: /v/1\r\n')
  const error = Object.assign(new Error('no'), { rawPacket, bytesParsed: 20 })
  assert.deepEqual(brokenRequest(error, new Socket()), { text: 'GET /a HTTP/1.1\r\nbroken\r\n' })
  assert.deepEqual(brokenRequest(new Error('too late'), new Socket()), { text: '' })
})
