import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type HtmlValue, html } from './html.ts'

test('escapes what could open an element or leave an attribute', () => {
  const hostile = `"><script>alert('1')</script>&amp;\``
  const safe = '&quot;&gt;&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&amp;amp;&#96;'
  assert.equal(
    html`<p title="${hostile}" lang='${hostile}'>${hostile}</p>`.toString(),
    `<p title="${safe}" lang='${safe}'>${safe}</p>`,
  )
})

test('keeps nested templates and lists of them as markup, and escapes the texts in a list', () => {
  const items = ['a<b', 'c'].map((text) => html`<li>${text}</li>`)
  assert.equal(html`<ul>${items}</ul>${['<', '>']}`.toString(), '<ul><li>a&lt;b</li><li>c</li></ul>&lt;&gt;')
})

test('prints numbers, and nothing for what is absent', () => {
  const nothing = html`${undefined}${null}${false}${''}${[]}`
  assert.equal(html`${0}${12n}${nothing}`.toString(), '012')
})

test('takes no object for markup because it looks like it', () => {
  const forged = JSON.parse('{"markup":"<b>","text":"<b>"}') as HtmlValue
  assert.equal(html`${forged}`.toString(), '[object Object]')
})

test('refuses a value outside quotes in an attribute', () => {
  for (let time = 0; time < 2; time++) assert.throws(() => html`<p class=${'x onclick=alert(1)'}>`, /between quotes/)
  assert.equal(html`<b>${'a='}${'b'}</b>`.toString(), '<b>a=b</b>')
})

test('replaces control characters and half surrogate pairs', () => {
  assert.equal(html`${'a\u0000b\u001bc\ud800d\n'}`.toString(), 'a\ufffdb\ufffdc\ufffdd\n')
})

test('leaves no character of any text that means something in markup', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const printed = html`${text}`.toString()
      assert.doesNotMatch(printed, /[<>"'`]|&(?!(amp|lt|gt|quot|#39|#96);)/)
      assert(printed.isWellFormed())
    }),
  )
})
