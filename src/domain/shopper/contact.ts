import type { Brand } from '../../kernel/brand.ts'
import type { MessageChannel } from '../message/message.ts'

/** An e-mail address in small letters, or a phone number in the form of E.164: `+393330000001`. */
export type Contact = Brand<string, 'Contact'>

/**
 * What somebody typed, as the contact it means; undefined when it is neither. Blanks and signs inside a phone number are
 * theirs; one without a country is of `country` (`IT`), where the order tells it.
 */
export function parseContact(text: string, country?: string): Contact | undefined {
  const trimmed = text.trim()
  if (trimmed.length > longest) return undefined
  return (trimmed.includes('@') ? parseEmail(trimmed) : parsePhone(trimmed, country)) as Contact | undefined
}

export function channelOf(contact: Contact): MessageChannel {
  return contact.includes('@') ? 'email' : 'sms'
}

/** `a••••@example.com`, `+39•••••••01`: enough to know one's own again. */
export function maskContact(contact: Contact): string {
  const [name = '', host] = contact.split('@')
  if (host !== undefined) return `${name.slice(0, 1)}••••@${host}`
  return `${contact.slice(0, 3)}${'•'.repeat(Math.max(contact.length - 5, 1))}${contact.slice(-2)}`
}

const longest = 254

/**
 * One @, a host with a dot, nothing that ends a header or a list. Whether it exists is found out by the code. The classes are
 * plain ones on purpose: classes of Unicode properties, repeated, take seconds to compile.
 */
const email = /^[^\s@<>()[\]\\,;:"]+@[^\s@<>()[\]\\,;:"]+\.[^\s@.<>()[\]\\,;:"\d-]{2,}$/

function parseEmail(text: string): string | undefined {
  const isEmail = email.test(text) && !/\.\.|@\./.test(text) && !/\p{Cc}/u.test(text) && text.isWellFormed()
  return isEmail ? text.toLowerCase() : undefined
}

function parsePhone(text: string, country: string | undefined): string | undefined {
  const digits = text.replace(/[\s().\-/]/g, '').replace(/^00/, '+')
  if (/^\+[1-9]\d{7,14}$/.test(digits)) return digits
  const calling = callingCodes[country ?? '']
  if (calling === undefined || !/^\d{6,12}$/.test(digits)) return undefined
  // In most countries a zero at the beginning stands for the country; in Italy it belongs to the number.
  return `+${calling}${country === 'IT' ? digits : digits.replace(/^0/, '')}`
}

const callingCodes: Readonly<Record<string, string>> = {
  ...{ AT: '43', BE: '32', DE: '49', ES: '34', FI: '358', FR: '33', IS: '354', IT: '39', NL: '31', PT: '351' },
}
