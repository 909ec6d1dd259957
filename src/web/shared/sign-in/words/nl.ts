import type { SignInWords } from './sign-in-words.ts'

export const nl: SignInWords = {
  contact: {
    title: 'Je mobiele nummer of e-mailadres',
    text: 'We sturen je een code. Je hebt geen wachtwoord nodig.',
    labels: { both: 'Mobiel nummer of e-mailadres', email: 'E-mailadres', sms: 'Mobiel nummer' },
    button: 'Verder',
  },
  contactProblems: {
    missing: 'Vul je mobiele nummer of e-mailadres in',
    format: 'Vul een nummer met landcode in, zoals +31 6 12345678, of een e-mailadres',
    no_channel: 'Daarheen kunnen we geen code sturen. Gebruik het andere: e-mail of mobiel.',
    too_many: 'Er zijn te veel codes aangevraagd. Probeer het over een uur opnieuw.',
  },
  code: {
    title: 'Vul je code in',
    text: (contact) => `We hebben een code van 6 cijfers gestuurd naar ${contact}.`,
    label: 'Code',
    button: 'Verder',
  },
  codeProblems: {
    missing: 'Vul de 6 cijfers van de code in',
    wrong: (left) => `Deze code klopt niet. Pogingen over: ${left}`,
    over: 'Deze code telt niet meer. Vraag een nieuwe aan.',
  },
  remember: 'Onthoud mij op dit apparaat',
  resend: 'Nieuwe code sturen',
  tooSoon: (seconds) => `Er is een code onderweg. Over ${seconds} seconden kun je een andere vragen.`,
  other: 'Ander nummer of adres gebruiken',
  sandbox: { title: 'Testomgeving', text: (code) => `De code is altijd ${code}.` },
  stale: {
    title: 'Probeer het opnieuw',
    text: 'De pagina stond te lang open, of je browser bewaart geen cookies. Er is niets afgeschreven.',
  },
  signOut: 'Uitloggen',
}
