import type { SignInWords } from './sign-in-words.ts'

export const fi: SignInWords = {
  contact: {
    title: 'Puhelinnumerosi tai sähköpostisi',
    text: 'Lähetämme sinulle koodin. Et tarvitse salasanaa.',
    labels: { both: 'Matkapuhelinnumero tai sähköpostiosoite', email: 'Sähköpostiosoite', sms: 'Matkapuhelinnumero' },
    button: 'Jatka',
  },
  contactProblems: {
    missing: 'Anna matkapuhelinnumerosi tai sähköpostiosoitteesi',
    format: 'Anna numero maatunnuksineen, esimerkiksi +358 40 1234567, tai sähköpostiosoite',
    no_channel: 'Sinne emme voi lähettää koodia. Käytä toista: sähköpostia tai matkapuhelinta.',
    too_many: 'Koodeja on pyydetty liian monta. Yritä tunnin kuluttua uudelleen.',
  },
  code: {
    title: 'Anna koodisi',
    text: (contact) => `Lähetimme 6-numeroisen koodin: ${contact}.`,
    label: 'Koodi',
    button: 'Jatka',
  },
  codeProblems: {
    missing: 'Anna koodin 6 numeroa',
    wrong: (left) => `Koodi ei ole oikea. Yrityksiä jäljellä: ${left}`,
    over: 'Tämä koodi ei enää kelpaa. Pyydä uusi.',
  },
  remember: 'Muista minut tällä laitteella',
  resend: 'Lähetä uusi koodi',
  tooSoon: (seconds) => `Koodi on matkalla. Voit pyytää uuden ${seconds} sekunnin kuluttua.`,
  other: 'Käytä toista numeroa tai osoitetta',
  sandbox: { title: 'Testi', text: (code) => `Koodi on aina ${code}.` },
  stale: {
    title: 'Yritä uudelleen',
    text: 'Sivu oli auki liian kauan, tai selaimesi ei säilytä evästeitä. Mitään ei veloitettu.',
  },
  signOut: 'Kirjaudu ulos',
}
