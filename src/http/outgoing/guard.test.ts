import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { UrlRefusal } from '../../kernel/url-refusal.ts'
import { classifyAddress } from './address.ts'
import { checkUrl, explainUrlRefusal } from './guard.ts'

const live = { allowLoopback: false }
const sandbox = { allowLoopback: true }

const reasonOf = (text: unknown, policy = live) => {
  const result = checkUrl(text, policy)
  return result.ok ? result.value.href : result.reason
}

const refused: Partial<Record<UrlRefusal, readonly unknown[]>> = {
  not_a_url: [
    '',
    'shop',
    'shop.example/hook',
    '//shop.example',
    'https:',
    'https://',
    'https:///shop.example',
    'https:shop.example',
    'https:/shop.example',
    'https://[::1',
    'https://256.1.1.1',
    'https://[fe80::1%25eth0]/',
    'https://[fe80::1%eth0]/',
    'https://shop.example:99999',
    'https://shop.example:-1',
    'https://exa%00mple',
    undefined,
    null,
    7,
    {},
    ['https://a.b'],
  ],
  too_long: [`https://shop.example/${'a'.repeat(2048)}`, `https://shop.example/${'é'.repeat(1000)}`],
  forbidden_character: [
    ' https://shop.example',
    'https://shop.example ',
    'https://shop.example/a b',
    'https://shop\t.example',
    'https://shop.example/\n',
    'https://shop.example/\u0000',
    '\u0000https://shop.example',
    'https://shop.example\\@evil.example',
    'https:\\\\shop.example',
    'https://shop.example/\u007f',
    'https://shop.example/\ud800',
    'https://shop.example/\u00a0',
  ],
  scheme: [
    'ftp://shop.example',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'shop.example:443/hook',
    'file://shop.example/etc',
    'gopher://shop.example',
    'ws://shop.example',
  ],
  https_required: ['http://shop.example', 'HTTP://shop.example', 'http://8.8.8.8/'],
  credentials: [
    'https://u:p@shop.example',
    'https://u@shop.example',
    'https://@shop.example',
    'https://:@shop.example',
  ],
  port: ['https://shop.example:22', 'https://shop.example:80', 'https://shop.example:0', 'https://8.8.8.8:5432'],
  host: ['https://a..example', 'https://.shop.example', 'https://shop.example..', `https://${'a'.repeat(64)}.example`],
  internal_name: [
    'https://metadata',
    'https://db/',
    'https://metadata.google.internal',
    'https://printer.local',
    'https://nas.home.arpa',
    'https://host.docker.internal',
    'https://METADATA.GOOGLE.INTERNAL.',
  ],
  loopback: [
    'https://localhost',
    'https://LOCALHOST',
    'https://localhost.',
    'https://a.localhost',
    'https://a.b.localhost.',
    'https://ⓛocalhost',
    'https://127.0.0.1',
    'https://127.0.0.1.',
    'https://127.1',
    'https://127.0.1',
    'https://2130706433',
    'https://0x7f000001',
    'https://0x7f.1',
    'https://0177.0.0.1',
    'https://017700000001',
    'https://0177.0.0.0x1',
    'https://%31%32%37.0.0.1',
    'https://１２７.0.0.1',
    'https://127。0。0。1',
    'https://127.255.255.254',
    'https://[::1]',
    'https://[0:0:0:0:0:0:0:1]',
    'http://localhost:3000',
  ],
  address_not_public: [
    'https://0',
    'https://0.0.0.0',
    'https://10.1.2.3',
    'https://167772161',
    'https://0xa.1',
    'https://012.1',
    'https://172.16.0.1',
    'https://192.168.1.1',
    'https://192.168.257',
    'https://100.64.0.1',
    'https://169.254.169.254',
    'https://2852039166',
    'https://0xA9FEA9FE',
    'https://0251.0376.0251.0376',
    'https://169.254.43518',
    'https://192.0.2.1',
    'https://198.18.0.1',
    'https://224.0.0.1',
    'https://240.0.0.1',
    'https://255.255.255.255',
    'https://4294967295',
    'https://[::]',
    'https://[::ffff:127.0.0.1]',
    'https://[::ffff:7f00:1]',
    'https://[::FFFF:8.8.8.8]',
    'https://[::127.0.0.1]',
    'https://[64:ff9b::169.254.169.254]',
    'https://[2002:7f00:1::]',
    'https://[2001:0:1::1]',
    'https://[fe80::1]',
    'https://[fc00::1]',
    'https://[fd00:ec2::254]',
    'https://[fec0::1]',
    'https://[ff02::1]',
    'https://[2001:db8::1]',
    'https://[100::1]',
  ],
}

for (const [reason, urls] of Object.entries(refused)) {
  test(`refuses a URL because of ${reason.replaceAll('_', ' ')}`, () => {
    for (const url of urls ?? []) assert.equal(reasonOf(url), reason, String(url))
  })
}

test('accepts a public https URL and normalises its host only', () => {
  assert.equal(reasonOf('https://shop.example/Hook?a=1&b=%2F'), 'https://shop.example/Hook?a=1&b=%2F')
  assert.equal(reasonOf('HTTPS://Shop.Example.:443/x'), 'https://shop.example/x')
  assert.equal(reasonOf('https://münchen.example/x'), 'https://xn--mnchen-3ya.example/x')
  assert.equal(reasonOf('https://134744072/'), 'https://8.8.8.8/')
  assert.equal(reasonOf('https://[2606:4700:4700:0:0:0:0:1111]:8443/'), 'https://[2606:4700:4700::1111]:8443/')
  assert.equal(reasonOf('https://a_b.example/@me'), 'https://a_b.example/@me')
})

test('takes a URL of exactly 2048 characters', () => {
  const url = `https://shop.example/${'a'.repeat(2048 - 21)}`
  assert.equal(reasonOf(url), url)
  assert.equal(reasonOf(`${url}a`), 'too_long')
})

test('allows other ports when the operator lists them', () => {
  const policy = { allowLoopback: false, ports: [9443] }
  assert.equal(reasonOf('https://shop.example:9443/', policy), 'https://shop.example:9443/')
  assert.equal(reasonOf('https://shop.example/', policy), 'port')
})

test('allows loopback on any port and over http in sandbox mode, and nothing else more', () => {
  for (const url of [
    'http://localhost:3000/h',
    'http://127.0.0.1:1/',
    'https://[::1]:8080/',
    'http://shop.localhost:81/',
  ]) {
    assert.equal(reasonOf(url, sandbox), url)
  }
  assert.equal(reasonOf('http://2130706433:3000/', sandbox), 'http://127.0.0.1:3000/')
  assert.equal(reasonOf('http://localhost:0/', sandbox), 'port')
  assert.equal(reasonOf('http://shop.example/', sandbox), 'https_required')
  assert.equal(reasonOf('https://10.0.0.1/', sandbox), 'address_not_public')
  assert.equal(reasonOf('https://[::ffff:127.0.0.1]/', sandbox), 'address_not_public')
  assert.equal(reasonOf('https://0.0.0.0/', sandbox), 'address_not_public')
})

test('has a sentence for the merchant for every reason, without an address in it', () => {
  for (const reason of Object.keys(refused)) {
    const sentence = explainUrlRefusal(reason as UrlRefusal)
    assert.match(sentence, /^[A-Z].*\.$/)
    assert.doesNotMatch(sentence, /\d+\.\d+\.\d+/)
  }
})

test('never lets a number host through whose address is not public, however it is written', () => {
  const forms = [
    (n: number) => String(n),
    (n: number) => `0x${n.toString(16)}`,
    (n: number) => `0${n.toString(8)}`,
    (n: number) => `${n >>> 24}.${n & 0xffffff}`,
    (n: number) => `${n >>> 24}.0x${((n >>> 16) & 255).toString(16)}.0${(n & 0xffff).toString(8)}`,
  ]
  fc.assert(
    fc.property(fc.nat({ max: 0xffffffff }), fc.constantFrom(...forms), (number, form) => {
      const dotted = [24, 16, 8, 0].map((shift) => (number >>> shift) & 255).join('.')
      assert.equal(checkUrl(`https://${form(number)}/`, live).ok, classifyAddress(dotted) === 'public')
    }),
  )
})

test('answers with a value for any text whatsoever', () => {
  const text = fc.array(fc.nat({ max: 0xffff }), { maxLength: 30 }).map((units) => String.fromCharCode(...units))
  fc.assert(fc.property(text, (host) => typeof checkUrl(`https://${host}`, live).ok === 'boolean'))
})
