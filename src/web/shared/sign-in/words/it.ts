import type { SignInWords } from './sign-in-words.ts'

export const it: SignInWords = {
  contact: {
    title: 'Il tuo numero o la tua e-mail',
    text: 'Ti inviamo un codice. Non serve una password.',
    labels: { both: 'Numero di cellulare o indirizzo e-mail', email: 'Indirizzo e-mail', sms: 'Numero di cellulare' },
    button: 'Continua',
  },
  contactProblems: {
    missing: 'Inserisci il numero di cellulare o l’indirizzo e-mail',
    format: 'Inserisci un numero con il prefisso del paese, come +39 333 0000001, o un indirizzo e-mail',
    no_channel: 'Non possiamo inviare un codice lì. Usa l’altro: e-mail o cellulare.',
    too_many: 'Sono stati chiesti troppi codici. Riprova tra un’ora.',
  },
  code: {
    title: 'Inserisci il codice',
    text: (contact) => `Abbiamo inviato un codice di 6 cifre a ${contact}.`,
    label: 'Codice',
    button: 'Continua',
  },
  codeProblems: {
    missing: 'Inserisci le 6 cifre del codice',
    wrong: (left) => `Il codice non è giusto. Tentativi rimasti: ${left}`,
    over: 'Questo codice non vale più. Chiedine uno nuovo.',
  },
  remember: 'Ricordami su questo dispositivo',
  resend: 'Invia un nuovo codice',
  tooSoon: (seconds) => `Un codice è in arrivo. Puoi chiederne un altro tra ${seconds} secondi.`,
  other: 'Usa un altro numero o indirizzo',
  sandbox: { title: 'Sandbox', text: (code) => `Il codice è sempre ${code}.` },
  stale: {
    title: 'Riprova',
    text: 'La pagina è rimasta aperta troppo a lungo, o il browser non conserva i cookie. Non ti è stato addebitato nulla.',
  },
  signOut: 'Esci',
}
