import { explainPasswordProblem, type PasswordProblem } from '../../domain/user/user.ts'

type Code = keyof typeof sentences | PasswordProblem

/** What is wrong, and a sentence that says it and what to do. */
export type PeopleRefusal = { readonly code: Code; readonly sentence: string }

const sentences = {
  invalid_email: 'This is not an e-mail address. It looks like name@example.com.',
  invitation_ended: 'This invitation was used or has ended. Ask for a new one.',
  wrong_password: 'This is not the password of your account.',
  invalid_name: 'Tell us your name, in at most 100 characters.',
  address_taken: 'Somebody has just used this address. Try again.',
  unknown_person: 'This person does not work for this shop.',
  last_owner: 'A shop keeps one owner at least. Make somebody else an owner first.',
} as const

export function peopleRefusal(code: Code): PeopleRefusal {
  return { code, sentence: isPasswordProblem(code) ? explainPasswordProblem(code) : sentences[code] }
}

function isPasswordProblem(code: Code): code is PasswordProblem {
  return !(code in sentences)
}
