import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { PayView } from './pay-view.ts'
import { phonePart } from './phone-part.ts'
import { payWords } from './words/index.ts'

function linksOf(pageUrl: string): string[] {
  const view = { own: '/pay/kupy/KUPYAAAAAAAA', pageUrl, words: payWords.en } as PayView
  return [
    ...phonePart(view)
      .toString()
      .matchAll(/<a [^>]*href="([^"]+)"/g),
  ].map(([, href = '']) => href.replaceAll('&amp;', '&'))
}

test('leads from a phone into the browsers of wallets, the page’s path as each of them wants it', () => {
  assert.deepEqual(linksOf('https://pay.example/pay/kupy/KUPYAAAAAAAA'), [
    'https://link.metamask.io/dapp/pay.example/pay/kupy/KUPYAAAAAAAA',
    'https://link.trustwallet.com/open_url?coin_id=60&url=https%3A%2F%2Fpay.example%2Fpay%2Fkupy%2FKUPYAAAAAAAA',
    'https://go.cb-w.com/dapp?cb_url=https%3A%2F%2Fpay.example%2Fpay%2Fkupy%2FKUPYAAAAAAAA',
  ])
})

test('has no such links on a page that no phone can reach', () => {
  assert.deepEqual(linksOf('http://localhost:8080/pay/kupy/KUPYAAAAAAAA'), [])
})
