import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { childOf, escapeXml, readEnvelope, textOf, writeEnvelope } from './soap.ts'

const element = 'FramkvaemaAdgerd'

function around(xml: string): string {
  return `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>${xml}</s:Body></s:Envelope>`
}

test('writes a SOAP 1.1 envelope in the namespace of the gateway', () => {
  assert.equal(
    writeEnvelope(element, { Adgerd: 'KVITTUN', Faerslunumer: undefined, Kvittun: { Upphaed: '100,50' } }),
    '<?xml version="1.0" encoding="utf-8"?>' +
      '<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body>' +
      '<FramkvaemaAdgerd xmlns="http://greidslugatt.valitor.is"><Adgerd>KVITTUN</Adgerd>' +
      '<Kvittun><Upphaed>100,50</Upphaed></Kvittun></FramkvaemaAdgerd></soap:Body></soap:Envelope>',
  )
})

test('escapes what would end an element, and replaces what XML cannot hold', () => {
  assert.equal(escapeXml(`<a b="c">&'`), '&lt;a b=&quot;c&quot;&gt;&amp;&apos;')
  assert.equal(escapeXml('a\u0000b\ud800c\u0007\ufffed'), 'a\ufffdb\ufffdc\ufffd\ufffdd')
  assert.equal(escapeXml('þ 漢 😀'), 'þ 漢 😀')
})

test('reads every text that XML can hold back as it was written', () => {
  const writable = (text: string) => text.trim() === text && !/[\r\ufffe\uffff]|\p{Cc}/u.test(text)
  fc.assert(
    fc.property(fc.string({ unit: 'binary', minLength: 1 }).filter(writable), (text) => {
      const node = readEnvelope(writeEnvelope(element, { Lykilord: text }), element)
      assert.equal(textOf(node, 'Lykilord'), text)
    }),
  )
})

test('reads a text that looks escaped as what it is', () => {
  for (const text of ['&lt;', '&amp;amp;', '&#65;', '&e;', ']]>', '<!DOCTYPE a>']) {
    const node = readEnvelope(writeEnvelope(element, { Lykilord: text }), element)
    assert.equal(textOf(node, 'Lykilord'), text)
  }
})

test('keeps codes as text', () => {
  const node = readEnvelope(around(`<${element}><Villunumer>05</Villunumer></${element}>`), element)
  assert.equal(textOf(node, 'Villunumer'), '05')
})

test('reads nothing from what is not an envelope', () => {
  const bad = [
    '',
    'nonsense',
    '{"ok":true}',
    '<html><body><p>Gateway</body></html>',
    around(`<${element}><Villunumer>0</Villunumer></${element}>`).slice(0, -9),
    around('<Other/>'),
    `<a>${around(`<${element}><Villunumer>0</Villunumer></${element}>`)}</a>`,
    around(`<${element}><a/></${element}><${element}><a/></${element}>`),
    around(`<${element}>${'<a>'.repeat(50)}${'</a>'.repeat(50)}</${element}>`),
    around(`<${element}><__proto__><a>1</a></__proto__></${element}>`),
    '\u0000',
  ]
  for (const text of bad) assert.equal(readEnvelope(text, element), undefined, text.slice(0, 80))
})

test('refuses a document type, so that no entity can be defined', () => {
  const xml = `<!DOCTYPE a [<!ENTITY e "boom">]>${around(`<${element}><Villunumer>&e;</Villunumer></${element}>`)}`
  assert.equal(readEnvelope(xml, element), undefined)
  assert.equal(readEnvelope(xml.replace('DOCTYPE', 'doctype'), element), undefined)
})

test('reads no text from a child that is missing, repeated, empty or nested', () => {
  const node = readEnvelope(around(`<${element}><a>1</a><a>2</a><b/><c><d>1</d></c></${element}>`), element)
  for (const name of ['a', 'b', 'c', 'e', 'toString', '__proto__']) assert.equal(textOf(node, name), undefined, name)
  assert.equal(textOf(childOf(node, 'c'), 'd'), '1')
})
