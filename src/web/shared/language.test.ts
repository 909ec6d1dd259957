import assert from 'node:assert/strict'
import { test } from 'node:test'
import { chooseLanguage } from './language.ts'

const wishes: readonly (readonly [string | undefined, string])[] = [
  [undefined, 'en'],
  ['', 'en'],
  ['it', 'it'],
  ['it-IT,it;q=0.9,en;q=0.8', 'it'],
  ['en-GB, it;q=0.9', 'en'],
  ['en;q=0.2, it;q=0.9', 'it'],
  ['de-DE,de;q=0.9,it;q=0.5,en;q=0.4', 'de'],
  ['sv,fi;q=0.5', 'fi'],
  ['is-IS', 'is'],
  ['sv,da', 'en'],
  ['IT-ch', 'it'],
  ['italian', 'en'],
  ['it;q=0', 'en'],
  ['*;q=0.5, it;q=0.6', 'it'],
  ['it;q=NaN;q=0.5, en;q=0.7', 'en'],
  [`${'x,'.repeat(10_000)}it`, 'en'],
  ['__proto__, constructor', 'en'],
]

test('speaks the language the browser likes best, English otherwise', () => {
  for (const [header, language] of wishes) assert.equal(chooseLanguage(header), language, `${header}`.slice(0, 40))
})
