import type { Brand } from '../../kernel/brand.ts'

export type UserId = Brand<string, 'UserId'>
export type SessionId = Brand<string, 'SessionId'>

/**
 * An e-mail address as people are known by: trimmed, lower case. Undefined when it has not the form of one. Whether it exists
 * shows only when somebody follows the link that was sent to it.
 */
export function emailOf(text: string): string | undefined {
  const email = text.trim().toLowerCase()
  return email.length <= longestEmail && /^[^\s@<>"(),;:\\]+@[^\s@<>"(),;:\\]+\.[^\s@.]+$/.test(email)
    ? email
    : undefined
}

const longestEmail = 254

export type PasswordProblem = keyof typeof passwordSentences

/** The sentence for the owner of a password that is not taken. */
export function explainPasswordProblem(problem: PasswordProblem): string {
  return passwordSentences[problem]
}

const passwordSentences = {
  password_too_short: 'A password has at least 12 characters. A few unrelated words are easy to remember.',
  password_too_long: 'A password has at most 200 characters.',
  password_repeats: 'This password repeats too few characters. Use a few unrelated words.',
  password_is_own_name: 'This password is made of your own name or address. Use a few unrelated words.',
} as const

/** Why a new password is not taken; undefined when it is. */
export function passwordProblem(
  password: string,
  { email, name }: { readonly email: string; readonly name: string },
): PasswordProblem | undefined {
  if (password.length < 12) return 'password_too_short'
  if (password.length > 200) return 'password_too_long'
  if (new Set(password.toLowerCase()).size < 6) return 'password_repeats'
  const plain = password.toLowerCase()
  const own = [email, email.split('@')[0] ?? '', name, 'tercet'].map((word) => word.toLowerCase())
  if (own.some((word) => word.length > 3 && plain.replace(word, '').length < 8)) return 'password_is_own_name'
  return undefined
}
