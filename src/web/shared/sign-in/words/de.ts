import type { SignInWords } from './sign-in-words.ts'

export const de: SignInWords = {
  contact: {
    title: 'Ihre Handynummer oder E-Mail',
    text: 'Wir senden Ihnen einen Code. Sie brauchen kein Passwort.',
    labels: { both: 'Handynummer oder E-Mail-Adresse', email: 'E-Mail-Adresse', sms: 'Handynummer' },
    button: 'Weiter',
  },
  contactProblems: {
    missing: 'Geben Sie Ihre Handynummer oder E-Mail-Adresse ein',
    format: 'Geben Sie eine Nummer mit Ländervorwahl ein, wie +49 170 1234567, oder eine E-Mail-Adresse',
    no_channel: 'Dorthin können wir keinen Code senden. Bitte nehmen Sie das andere: E-Mail oder Handynummer.',
    too_many: 'Es wurden zu viele Codes angefordert. Bitte versuchen Sie es in einer Stunde erneut.',
  },
  code: {
    title: 'Geben Sie Ihren Code ein',
    text: (contact) => `Wir haben einen Code mit 6 Ziffern an ${contact} gesendet.`,
    label: 'Code',
    button: 'Weiter',
  },
  codeProblems: {
    missing: 'Geben Sie die 6 Ziffern des Codes ein',
    wrong: (left) => `Dieser Code stimmt nicht. Versuche übrig: ${left}`,
    over: 'Dieser Code gilt nicht mehr. Bitte fordern Sie einen neuen an.',
  },
  remember: 'Auf diesem Gerät angemeldet bleiben',
  resend: 'Neuen Code senden',
  tooSoon: (seconds) => `Ein Code ist unterwegs. In ${seconds} Sekunden können Sie einen weiteren anfordern.`,
  other: 'Andere Nummer oder Adresse verwenden',
  sandbox: { title: 'Testumgebung', text: (code) => `Der Code lautet immer ${code}.` },
  stale: {
    title: 'Bitte versuchen Sie es erneut',
    text: 'Die Seite war zu lange offen, oder Ihr Browser speichert keine Cookies. Es wurde nichts abgebucht.',
  },
  signOut: 'Abmelden',
}
