import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { channelOf, maskContact, parseContact } from './contact.ts'

test('reads phone numbers and e-mail addresses however they are typed', () => {
  const same: readonly (readonly [string, string, string?])[] = [
    ['+39 333 000 0001', '+393330000001'],
    ['0039-333-0000001', '+393330000001'],
    ['333 0000001', '+393330000001', 'IT'],
    ['0170 1234567', '+491701234567', 'DE'],
    ['02 1234567', '+39021234567', 'IT'],
    [' Ada@Example.COM ', 'ada@example.com'],
    ['böð@bókabúð.is', 'böð@bókabúð.is'],
  ]
  for (const [typed, contact, country] of same) assert.equal(parseContact(typed, country), contact, typed)
})

test('refuses what is neither, and what could mean more than one', () => {
  const not = [
    '',
    'ada',
    '333 0000001',
    '+39',
    '+0393330000001',
    'a@b',
    'a@b.c',
    'a b@c.it',
    'a@b.it,c@d.it',
    'a@b.it\r\nBcc: c@d.it',
    '<a@b.it>',
    `${'a'.repeat(260)}@b.it`,
  ]
  for (const typed of not) assert.equal(parseContact(typed), undefined, typed)
})

test('shows of a contact only what its owner needs', () => {
  const phone = parseContact('+393330000001')
  const mail = parseContact('ada@example.com')
  assert(phone && mail)
  assert.equal(maskContact(phone), '+39••••••••01')
  assert.equal(maskContact(mail), 'a••••@example.com')
  assert.deepEqual([channelOf(phone), channelOf(mail)], ['sms', 'email'])
})

test('never throws, and reads its own output as itself', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const contact = parseContact(text, 'IT')
      if (contact !== undefined) assert.equal(parseContact(contact), contact)
    }),
  )
})
