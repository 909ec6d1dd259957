import type { SignInWords } from './sign-in-words.ts'

export const en: SignInWords = {
  contact: {
    title: 'Your phone number or e-mail',
    text: 'We send you a code. You need no password.',
    labels: { both: 'Mobile number or e-mail address', email: 'E-mail address', sms: 'Mobile number' },
    button: 'Continue',
  },
  contactProblems: {
    missing: 'Enter your mobile number or e-mail address',
    format: 'Enter a mobile number with its country, such as +39 333 0000001, or an e-mail address',
    no_channel: 'We cannot send a code there. Please use the other one: e-mail or mobile number.',
    too_many: 'Too many codes were asked for. Please try again in an hour.',
  },
  code: {
    title: 'Enter your code',
    text: (contact) => `We sent a code of 6 digits to ${contact}.`,
    label: 'Code',
    button: 'Continue',
  },
  codeProblems: {
    missing: 'Enter the 6 digits of the code',
    wrong: (left) => `This code is not right. Tries left: ${left}`,
    over: 'This code does not count any more. Please ask for a new one.',
  },
  remember: 'Remember me on this device',
  resend: 'Send a new code',
  tooSoon: (seconds) => `A code is on its way. You can ask for another in ${seconds} seconds.`,
  other: 'Use another number or address',
  sandbox: { title: 'Sandbox', text: (code) => `The code is always ${code}.` },
  stale: {
    title: 'Please try again',
    text: 'The page was open for too long, or your browser keeps no cookies. Nothing was charged.',
  },
  signOut: 'Sign out',
}
